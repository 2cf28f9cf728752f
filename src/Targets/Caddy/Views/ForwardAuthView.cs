using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A server that is asked about each request.</summary>
[TemplateView]
internal sealed partial record ForwardAuthView
{
    public required string Server { get; init; }

    public required string Uri { get; init; }

    /// <summary>How TLS is spoken to it; null for Caddy's own way.</summary>
    public TransportView? Transport { get; init; }

    public required string DialTimeout { get; init; }

    public required string ResponseTimeout { get; init; }

    /// <summary>The headers that are copied from its response.</summary>
    public IReadOnlyList<string> Copy { get; init; } = [];

    /// <summary>The names that some applications can't tell from those.</summary>
    public IReadOnlyList<string> UnderscoreVariants { get; init; } = [];

    /// <summary>A regex of their names.</summary>
    public required string CopiedNames { get; init; }

    /// <summary>Whether the release leaves a placeholder where the response has no such header.</summary>
    public bool ClearsPlaceholders { get; init; }

    /// <summary>Where a client is sent that it refuses with 401; or null.</summary>
    public string? SignIn { get; init; }

    /// <summary>Whether that is the Location of its response, without which the response is relayed.</summary>
    public bool SignsInWhereTold { get; init; }

    /// <summary>The peers that are believed, or null.</summary>
    public string? TrustedProxies { get; init; }
}
