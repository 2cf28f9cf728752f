using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A site.</summary>
[TemplateView]
internal sealed partial record SiteView
{
    /// <summary>A name for files and comments.</summary>
    public required string Name { get; init; }

    /// <summary>As <c>a.example.com, b.example.com:8443</c>.</summary>
    public required string Addresses { get; init; }

    /// <summary>The interface it listens on, or null for all.</summary>
    public string? Bind { get; init; }

    /// <summary>The site's own lines; null for none.</summary>
    public string? Raw { get; init; }

    public TlsView? Tls { get; init; }

    public LogView? Log { get; init; }

    /// <summary>Whether its requests are left out of the log of all.</summary>
    public bool SkipLog { get; init; }

    /// <summary>How clients behind trusted proxies are known; null where no proxy is trusted.</summary>
    public ClientsView? Clients { get; init; }

    /// <summary>Networks that routes ask for, where the site's block has to find out which have the client's address.</summary>
    public IReadOnlyList<ClientNetworkView> ClientNetworks { get; init; } = [];

    /// <summary>Whether it listens on a unix socket.</summary>
    public bool HasSockets { get; init; }

    /// <summary>Whether a value asks for the normalised path.</summary>
    public bool NormalizesPath { get; init; }

    /// <summary>Connections that were made for another site; null where there is no other.</summary>
    public MisdirectedView? Misdirected { get; init; }

    /// <summary>Variables that keep fields as they were sent: which a route asks for, or a value.</summary>
    public IReadOnlyList<string> SentFields { get; init; } = [];

    /// <summary>
    /// Paths that are refused because an upstream could read them as one behind other guards; null where no guards differ.
    /// </summary>
    public OtherReadingsView? OtherReadings { get; init; }

    /// <summary>Whether a value asks for the target that a route may rewrite.</summary>
    public bool KeepsTarget { get; init; }

    /// <summary>The names of which one is the request's host; none where nothing asks for it.</summary>
    public IReadOnlyList<HostNameView> HostNames { get; init; } = [];

    /// <summary>Requests for which values are not empty: a field whose value would be empty is not sent.</summary>
    public IReadOnlyList<PresenceView> Presences { get; init; } = [];

    /// <summary>Values that are found in what the client sent.</summary>
    public IReadOnlyList<ValueLookupView> Lookups { get; init; } = [];

    /// <summary>Rules on fields of responses that hold for every route, and that an error forgets.</summary>
    public IReadOnlyList<HeaderRulesView> Headers { get; init; } = [];

    /// <summary>Those that errors keep by themselves.</summary>
    public IReadOnlyList<LastingHeaderView> Lasting { get; init; } = [];

    /// <summary>The compression; null where the routes say it themselves or nothing is compressed.</summary>
    public CompressionView? Encode { get; init; }

    /// <summary>The longest body that any route takes; null where one takes any.</summary>
    public string? MaxBody { get; init; }

    /// <summary>The only route where it takes every request and its directives may stand in any order; else null.</summary>
    public RouteView? Whole { get; init; }

    /// <summary>The routes in the order in which they are tried.</summary>
    public IReadOnlyList<RouteView> Routes { get; init; } = [];

    /// <summary>Whether requests that no route takes are left over.</summary>
    public bool LeavesRest { get; init; }

    /// <summary>Header rules that hold for those, beside the ones of every route.</summary>
    public IReadOnlyList<HeaderRulesView> RestHeaders { get; init; } = [];

    public IReadOnlyList<LastingHeaderView> RestLasting { get; init; } = [];

    /// <summary>What is done on errors; null where nothing is.</summary>
    public ErrorsView? Errors { get; init; }

    /// <summary>Whether nothing is done on errors so that no other site does something.</summary>
    public bool EndsErrors { get; init; }

    /// <summary>Where plain requests are sent to https.</summary>
    public IReadOnlyList<RedirectToHttpsView> Redirects { get; init; } = [];

    /// <summary>The program, where the site is a file of its own.</summary>
    public required ProgramView Program { get; init; }
}
