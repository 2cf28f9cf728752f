using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A route.</summary>
[TemplateView]
internal sealed partial record RouteView
{
    /// <summary>The comment with what the spec says of it.</summary>
    public required string Title { get; init; }

    /// <summary>The name of its matcher, as <c>@api</c>; empty where it takes every request.</summary>
    public string Matcher { get; init; } = "";

    /// <summary>The lines of its matcher.</summary>
    public IReadOnlyList<string> MatcherLines { get; init; } = [];

    /// <summary>The name by which <c>handle_errors</c> knows it, or null.</summary>
    public string? Mark { get; init; }

    /// <summary>Whether its requests are left out of the site's log, by this directive; or null.</summary>
    public string? SkipLog { get; init; }

    public IReadOnlyList<HeaderRulesView> Headers { get; init; } = [];

    /// <summary>Matches bytes that Caddy would encode, where they are refused; else null.</summary>
    public string? OddBytes { get; init; }

    /// <summary>Addresses that may not, or null.</summary>
    public AccessView? Access { get; init; }

    public BasicAuthView? BasicAuth { get; init; }

    public ForwardAuthView? ForwardAuth { get; init; }

    public CorsView? Cors { get; init; }

    public CompressionView? Encode { get; init; }

    public string? MaxBody { get; init; }

    /// <summary>The rewriting of the target: regex and replacement; or null.</summary>
    public string? Rewrite { get; init; }

    /// <summary>Whether the rewritten path may lack its first slash.</summary>
    public bool RewriteMayUnroot { get; init; }

    public ProxyView? Proxy { get; init; }

    /// <summary>The same for WebSocket; null where it needs no block of its own.</summary>
    public ProxyView? WebSocket { get; init; }

    public RespondView? Respond { get; init; }

    /// <summary>Location and status of a redirect, or null.</summary>
    public string? Redirect { get; init; }

    public FilesView? Files { get; init; }
}
