using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>What every request goes through before a route sees it.</summary>
[TemplateView]
internal sealed partial record RequestsView
{
    /// <summary>The placeholder of the client's address.</summary>
    public required string ClientAddress { get; init; }

    /// <summary>The peers that are believed, or null.</summary>
    public string? TrustedProxies { get; init; }

    /// <summary>Whether the release leaves an IPv4 address in the spelling of IPv6 in which a trusted proxy wrote it.</summary>
    public bool UnmapsClient { get; init; }

    /// <summary>Whether a site listens on a unix socket.</summary>
    public bool HasSockets { get; init; }

    /// <summary>Whether the release must be kept from adding itself to Via.</summary>
    public bool DropsVia { get; init; }

    /// <summary>Whether rules of the spec look at the upstream's responses: compression, or <c>cache_control</c>.</summary>
    public bool MarksResponses { get; init; }

    /// <summary>Whether a proxied route has a <c>cache_control</c>, which is for responses that succeed.</summary>
    public bool KeepsSuccess { get; init; }

    /// <summary>Whether a value asks for the normalised path.</summary>
    public bool NormalizesPath { get; init; }

    /// <summary>A regex that finds the client's address in X-Forwarded-For, for releases that can't themselves; or null.</summary>
    public string? ForwardedClient { get; init; }
}
