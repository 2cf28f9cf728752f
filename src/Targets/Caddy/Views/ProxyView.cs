using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A reverse proxy.</summary>
[TemplateView]
internal sealed partial record ProxyView
{
    /// <summary>The matcher of its requests, as <c>@api</c>; empty where it takes all that come to it.</summary>
    public string Matcher { get; init; } = "";

    /// <summary>The only server, where nothing else is to be said of the upstream; else null.</summary>
    public string? Address { get; init; }

    /// <summary>The upstream.</summary>
    public required UpstreamView Upstream { get; init; }

    /// <summary>The snippet that holds it; null where it is written out.</summary>
    public string? UpstreamSnippet { get; init; }

    /// <summary>What else there is to say of connections to it; null for nothing.</summary>
    public TransportView? Transport { get; init; }

    /// <summary>The snippet that holds this; null where it is written out.</summary>
    public string? TransportSnippet { get; init; }

    /// <summary>The longest wait for a connection.</summary>
    public required string Connect { get; init; }

    /// <summary>The longest wait for the head of a response; null where the transport can't limit it.</summary>
    public string? Read { get; init; }

    /// <summary>The longest silence of an upgraded connection; null where nothing is upgraded, or where Caddy has no such limit.</summary>
    public string? Upgraded { get; init; }

    /// <summary>Whether WebSocket upgrades are dropped.</summary>
    public bool DropsUpgrade { get; init; }

    /// <summary>Lines of <c>request_header</c>, for fields of the client that several lines replace.</summary>
    public IReadOnlyList<string> EarlyHeaders { get; init; } = [];

    /// <summary>Whether passive health by failures alone is all that is to be said beside the server.</summary>
    public bool Watched => Address is not null && Upstream.FailDuration is not null;
}
