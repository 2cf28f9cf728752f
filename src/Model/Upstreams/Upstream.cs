using Confgen.Model.Units;

namespace Confgen.Model.Upstreams;

/// <summary>A group of servers that a route may proxy to.</summary>
public sealed record Upstream : SpecNode
{
    /// <summary>The name under <c>upstreams:</c>; for an inline URL the URL itself.</summary>
    public required string Name { get; init; }

    /// <summary>Whether this was written as a URL in a route instead of under <c>upstreams:</c>.</summary>
    public bool IsInline { get; init; }

    /// <summary>The name of the tunnel that leads to the service; null where there is none.</summary>
    public string? Tunnel { get; init; }

    /// <summary>The servers in the order written; at least one unless <see cref="Discover"/> is set. All speak the same scheme.</summary>
    public ValueList<UpstreamServer> Servers { get; init; } = [];

    /// <summary>Where the servers are discovered, instead of a written list.</summary>
    public SrvDiscovery? Discover { get; init; }

    /// <summary>How a server is chosen for a request. Round robin unless written, as nginx does.</summary>
    public Balance Balance { get; init; } = new(BalancePolicy.RoundRobin);

    /// <summary>Probing of the servers in the background; off unless written.</summary>
    public ActiveHealth? ActiveHealth { get; init; }

    /// <summary>Watching of the responses to real requests; off unless written.</summary>
    public PassiveHealth? PassiveHealth { get; init; }

    /// <summary>
    /// How many other servers are tried after a connect failure, default 1. A request whose bytes were sent is replayed only if its
    /// method is idempotent (RFC 9110, section 9.2.2).
    /// </summary>
    public int Retries { get; init; } = 1;

    /// <summary>
    /// Statuses of a server on which an idempotent request without a body goes to another one, within <see cref="Retries"/>; none unless
    /// written. Where no other is left the response is the client's.
    /// </summary>
    public ValueList<StatusPattern> RetryOn { get; init; } = [];

    /// <summary>Idle connections kept for reuse; what the target does by itself unless written.</summary>
    public UpstreamKeepalive? Keepalive { get; init; }

    /// <summary>How TLS is spoken to <c>https://</c> servers.</summary>
    public UpstreamTls Tls { get; init; } = new();

    /// <summary>Sizes of the buffers to and from the servers; the target's own unless written.</summary>
    public UpstreamBuffers? Buffers { get; init; }

    /// <summary>Longest wait for the head of the response; the route's read timeout unless written.</summary>
    public TimeSpan? ResponseHeaderTimeout { get; init; }

    /// <summary>What the servers speak.</summary>
    public ServerScheme Scheme =>
        Servers.Any(s => s.Address.Scheme == ServerScheme.FastCgi) ? ServerScheme.FastCgi
        : Servers.Count > 0 ? Servers[0].Address.Scheme
        : ServerScheme.Http;
}
