using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>How clients behind trusted proxies are known.</summary>
[TemplateView]
internal sealed partial record ClientsView
{
    /// <summary>The peers that are believed.</summary>
    public required string TrustedProxies { get; init; }

    /// <summary>A regex that finds the client's address in X-Forwarded-For, for releases that can't themselves; or null.</summary>
    public string? ForwardedClient { get; init; }
}
