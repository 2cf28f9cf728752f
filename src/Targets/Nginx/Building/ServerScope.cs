using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>What the locations of one server share.</summary>
/// <param name="site">The site's name among names.</param>
/// <param name="siteHeaders">The response headers of every route.</param>
internal sealed class ServerScope(string site, ResponseHeaders siteHeaders)
{
    /// <summary>The site's name among names.</summary>
    public string Site { get; } = site;

    /// <summary>The response headers that every location inherits unless it has its own.</summary>
    public ResponseHeaders SiteHeaders { get; } = siteHeaders;

    /// <summary>Names of named and internal locations.</summary>
    public NginxNames Names { get; } = new("", reserved: [NotFound]);

    /// <summary>The named location that responds where no route takes the request, without its <c>@</c>.</summary>
    public const string NotFound = "not_found";

    /// <summary>What the name of a location for upgraded connections has behind that of the location for ordinary requests.</summary>
    public const string UpgradedSuffix = "_upgraded";

    /// <summary>Locations that clients don't ask for, which follow the routes'.</summary>
    public List<LocationView> Locations { get; } = [];
}
