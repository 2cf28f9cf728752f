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

    /// <summary>Its conditions; null where it takes every request.</summary>
    public MatcherView? Conditions { get; init; }

    /// <summary>The route's own lines; null for none.</summary>
    public string? Raw { get; init; }

    /// <summary>The name by which <c>handle_errors</c> knows it, or null.</summary>
    public string? Mark { get; init; }

    /// <summary>Whether its requests are left out of the site's log.</summary>
    public bool SkipLog { get; init; }

    /// <summary>Whether its directives are few and may each have its matcher, so that it needs no block.</summary>
    public bool IsFlat { get; init; }

    /// <summary>The rules on fields of its responses that errors keep by themselves.</summary>
    public IReadOnlyList<LastingHeaderView> Lasting { get; init; } = [];

    /// <summary>The Cache-Control of responses that succeed, or null.</summary>
    public string? CacheControl { get; init; }

    /// <summary>The rules on fields of responses that succeed, or null.</summary>
    public SuccessHeadersView? SuccessHeaders { get; init; }

    public IReadOnlyList<HeaderRulesView> Headers { get; init; } = [];

    /// <summary>Whether bytes that Caddy would encode are refused.</summary>
    public bool RefusesOddBytes { get; init; }

    /// <summary>Addresses that may not, or null.</summary>
    public AccessView? Access { get; init; }

    public BasicAuthView? BasicAuth { get; init; }

    public ForwardAuthView? ForwardAuth { get; init; }

    public CorsView? Cors { get; init; }

    public CompressionView? Encode { get; init; }

    public string? MaxBody { get; init; }

    /// <summary>How many segments of the path are removed; 0 for none, or where <see cref="Rewrite"/> says it.</summary>
    public int Strips { get; init; }

    /// <summary>One <see langword="true"/> for each of them.</summary>
    public IReadOnlyList<bool> Stripped => [.. Enumerable.Repeat(true, Strips)];

    /// <summary>The rewriting of the target: regex and replacement; or null.</summary>
    public string? Rewrite { get; init; }

    /// <summary>Whether the rewritten path may lack its first slash.</summary>
    public bool RewriteMayUnroot { get; init; }

    /// <summary>Files that go before the proxy, or null.</summary>
    public FilesFirstView? FilesFirst { get; init; }

    public ProxyView? Proxy { get; init; }

    /// <summary>Scripts that the proxy's servers run, or null.</summary>
    public FastCgiView? FastCgi { get; init; }

    public RespondView? Respond { get; init; }

    /// <summary>Whether the connection is closed without a response.</summary>
    public bool Closes { get; init; }

    /// <summary>Location and status of a redirect, or null.</summary>
    public string? Redirect { get; init; }

    public FilesView? Files { get; init; }
}
