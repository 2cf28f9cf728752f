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

    public TlsView? Tls { get; init; }

    public LogView? Log { get; init; }

    /// <summary>The directive that leaves its requests out of the log of all; or null.</summary>
    public string? SkipLog { get; init; }

    /// <summary>What is refused everywhere.</summary>
    public required RefusalsView Refusals { get; init; }

    /// <summary>What every request goes through, where it is not shared.</summary>
    public RequestsView? Requests { get; init; }

    /// <summary>Whether the shared snippet is imported instead.</summary>
    public bool ImportsRequests { get; init; }

    /// <summary>The lines of a matcher for connections whose SNI names another site; none where there is no other.</summary>
    public IReadOnlyList<string> Misdirected { get; init; } = [];

    /// <summary>Whether a value asks for the target that a route may rewrite.</summary>
    public bool KeepsTarget { get; init; }

    /// <summary>The names of which one is the request's host; none where nothing asks for it.</summary>
    public IReadOnlyList<HostNameView> HostNames { get; init; } = [];

    /// <summary>What a request with a query matches, where a header would be empty without one; else null.</summary>
    public string? HasQuery { get; init; }

    /// <summary>Header rules that hold for every route.</summary>
    public IReadOnlyList<HeaderRulesView> Headers { get; init; } = [];

    /// <summary>The compression; null where the routes say it themselves or nothing is compressed.</summary>
    public CompressionView? Encode { get; init; }

    /// <summary>The longest body where every route has the same; null for none or several.</summary>
    public string? MaxBody { get; init; }

    /// <summary>The only route where it takes every request and its directives may stand in any order; else null.</summary>
    public RouteView? Whole { get; init; }

    /// <summary>The routes in the order in which they are tried.</summary>
    public IReadOnlyList<RouteView> Routes { get; init; } = [];

    /// <summary>Whether requests that no route takes are left over.</summary>
    public bool LeavesRest { get; init; }

    /// <summary>Header rules that hold for those, beside the ones of every route.</summary>
    public IReadOnlyList<HeaderRulesView> RestHeaders { get; init; } = [];

    /// <summary>What is done on errors; null where nothing is.</summary>
    public ErrorsView? Errors { get; init; }

    /// <summary>Whether nothing is done on errors so that no other site does something.</summary>
    public bool EndsErrors { get; init; }

    public RedirectToHttpsView? Redirect { get; init; }
}
