using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>What the templates see of a whole spec. Every text is ready to be written: quoted for its place.</summary>
[TemplateView]
internal sealed partial record CaddyfileView
{
    /// <summary>The release that the file is for, as <c>2.6</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Whether global options may be written: not in files that are imported into another Caddyfile.</summary>
    public required bool Complete { get; init; }

    /// <summary>The account of the certificate authority, or null.</summary>
    public string? Email { get; init; }

    /// <summary>Whether Caddy's own redirects to https are replaced by those of the sites.</summary>
    public bool OwnRedirects { get; init; }

    /// <summary>Whether Caddy must keep its local authority out of the system's trust store.</summary>
    public bool InternalCertificates { get; init; }

    /// <summary>The host whose certificate clients without SNI get, or null.</summary>
    public string? DefaultSni { get; init; }

    /// <summary>Whether the release can give it to those that name an unknown host, too.</summary>
    public bool HasFallbackSni { get; init; }

    /// <summary>Options of the listeners; several where they differ.</summary>
    public IReadOnlyList<ServerView> Servers { get; init; } = [];

    /// <summary>What is refused everywhere.</summary>
    public required RefusalsView Refusals { get; init; }

    /// <summary>What every request goes through, where several sites share it as a snippet; null where the only site says it itself.</summary>
    public RequestsView? Requests { get; init; }

    /// <summary>Whether each site says it itself although there are several: imports would be too slow for so many.</summary>
    public bool WrittenOut { get; init; }

    /// <summary>Whether there is a snippet that keeps Caddy from adding its own Server header.</summary>
    public bool ServerHeader { get; init; }

    /// <summary>Whether rules of the spec look at the upstream's responses.</summary>
    public bool MarksResponses { get; init; }

    /// <summary>Whether there is a snippet that keeps Caddy from adding itself to Via.</summary>
    public bool Via { get; init; }

    /// <summary>Media types by file name, where files are served.</summary>
    public IReadOnlyList<MediaTypeView> MediaTypes { get; init; } = [];

    /// <summary>The media type of all other files.</summary>
    public required string DefaultMediaType { get; init; }

    /// <summary>Compressions that are used more than once.</summary>
    public IReadOnlyList<CompressionView> Compressions { get; init; } = [];

    public IReadOnlyList<SiteView> Sites { get; init; } = [];

    /// <summary>Where requests for hosts of no site are answered.</summary>
    public IReadOnlyList<CatchAllSitesView> CatchAllSites { get; init; } = [];
}
