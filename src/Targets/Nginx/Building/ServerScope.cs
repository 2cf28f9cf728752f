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
    public NginxNames Names { get; } = new("");

    /// <summary>Locations that clients don't ask for, which follow the routes'.</summary>
    public List<LocationView> Locations { get; } = [];
}
