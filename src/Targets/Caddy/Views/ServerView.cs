using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Options of listeners.</summary>
[TemplateView]
internal sealed partial record ServerView
{
    /// <summary>The listener, as <c>:443</c>; empty for all.</summary>
    public string Listener { get; init; } = "";

    /// <summary>The protocols offered, as <c>h1 h2</c>; null leaves Caddy's own.</summary>
    public string? Protocols { get; init; }

    /// <summary>Bytes of a request's head, less the 4096 that Go adds.</summary>
    public long MaxHeader { get; init; }

    /// <summary>Peers that are believed, or null.</summary>
    public string? TrustedProxies { get; init; }
}
