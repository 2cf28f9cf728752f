using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>What the templates see of a whole spec. Every text is ready to be written: quoted for its place.</summary>
[TemplateView]
internal sealed partial record CaddyfileView
{
    /// <summary>The program.</summary>
    public required ProgramView Program { get; init; }

    /// <summary>Whether the constant snippets stand in this file, instead of one beside it.</summary>
    public required bool HoldsConstants { get; init; }

    /// <summary>Whether the spec has too many routes for imports.</summary>
    public required bool WrittenOut { get; init; }

    /// <summary>The account of the certificate authority, or null.</summary>
    public string? Email { get; init; }

    /// <summary>The spec's own global options; null for none.</summary>
    public string? Raw { get; init; }

    /// <summary>The directory of the certificate authority, or null for Caddy's own choice.</summary>
    public string? AcmeCa { get; init; }

    /// <summary>The file with the authorities of that directory's certificate, or null.</summary>
    public string? AcmeCaRoot { get; init; }

    /// <summary>The key that the account is bound to by its name, or null.</summary>
    public string? AcmeKeyId { get; init; }

    /// <summary>That key.</summary>
    public string? AcmeMacKey { get; init; }

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

    /// <summary>How clients behind trusted proxies are known; null where no proxy is trusted.</summary>
    public ClientsView? Clients { get; init; }

    /// <summary>The snippets of the upstreams.</summary>
    public IReadOnlyList<UpstreamSnippetView> Upstreams { get; init; } = [];

    public IReadOnlyList<SiteView> Sites { get; init; } = [];

    /// <summary>The sites for hosts that no site has.</summary>
    public IReadOnlyList<CatchAllSitesView> CatchAllSites { get; init; } = [];

    /// <summary>Whether the global options are those of most specs that serve plain HTTP.</summary>
    public bool HasHttpOptions => !OwnRedirects && HasUsualOptions(null);

    /// <summary>Whether they are those of most specs that serve HTTPS with certificates of their own.</summary>
    public bool HasHttpsOptions => OwnRedirects && DefaultSni is not null && !HasFallbackSni && HasUsualOptions("h1 h2");

    /// <summary>Whether nothing else than these and the usual listener for plain HTTP is asked for.</summary>
    public bool IsHttpServer => HasHttpOptions && CatchAllSites is [{ IsPlain: true, Cert: null }];

    /// <summary>Whether nothing else than these and the usual listeners is asked for.</summary>
    public bool IsHttpsServer =>
        HasHttpsOptions
        && CatchAllSites is [{ IsPlain: true, Cert: null, Address: "http://" }, { IsPlain: true, Cert: not null, Address: "https://" }];

    private bool HasUsualOptions(string? protocols) =>
        Program.Imports
        && (Email ?? AcmeCa ?? AcmeCaRoot ?? AcmeKeyId) is null
        && Raw is null
        && !InternalCertificates
        && Servers is [{ Listener: "", MaxHeader: 32768, TrustedProxies: null } only]
        && only.Protocols == protocols;
}
