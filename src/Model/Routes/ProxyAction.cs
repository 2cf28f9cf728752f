using Confgen.Model.Upstreams;

namespace Confgen.Model.Routes;

/// <summary>The request is forwarded to an upstream.</summary>
public sealed record ProxyAction : RouteAction
{
    /// <summary>The upstream, named or inline.</summary>
    public required Upstream Upstream { get; init; }

    /// <summary>The tunnel's name where the route says <c>proxy: tunnel:NAME</c>; else null.</summary>
    public string? Tunnel { get; init; }

    /// <summary>
    /// Whether the route streams server-sent events: nothing is buffered or compressed, each write is flushed at once, and the upstream
    /// may be silent for an hour. Default false.
    /// </summary>
    public bool Sse { get; init; }

    /// <summary>Whether WebSocket upgrades pass; default <see cref="WebSocketMode.Auto"/>.</summary>
    public WebSocketMode WebSocket { get; init; } = WebSocketMode.Auto;

    /// <summary>The longest waits on the upstream, as written; see <see cref="ReadTimeout"/> for what holds.</summary>
    public Timeouts Timeouts { get; init; } = new();

    /// <summary>How often a buffered response is flushed to the client; at the target's pleasure unless written. Zero: at once.</summary>
    public TimeSpan? FlushInterval { get; init; }

    /// <summary>The Host header that the upstream sees.</summary>
    public HostHeader Host { get; init; } = HostHeader.Preserve;

    /// <summary>
    /// Files that GET and HEAD get instead of the upstream's response, where one of <see cref="FilesAction.Try"/> is a regular file; null
    /// for none. It has no index and no listings.
    /// </summary>
    public FilesAction? FilesFirst { get; init; }

    /// <summary>How the servers are asked where they speak FastCGI; null where they speak HTTP.</summary>
    public FastCgi? FastCgi { get; init; }

    /// <summary>How addresses in the response become the client's; null leaves every byte alone.</summary>
    public ResponseRewrite? ResponseRewrite { get; init; }

    /// <summary>The shortest read timeout of a stream: one hour.</summary>
    public static readonly TimeSpan StreamReadTimeout = TimeSpan.FromHours(1);

    /// <summary>The read timeout of ordinary requests: with <see cref="Sse"/> at least <see cref="StreamReadTimeout"/>.</summary>
    public TimeSpan ReadTimeout => Sse && Timeouts.Read < StreamReadTimeout ? StreamReadTimeout : Timeouts.Read;

    /// <summary>
    /// How long an upgraded connection may idle: with <see cref="WebSocketMode.Always"/> at least <see cref="StreamReadTimeout"/>.
    /// </summary>
    public TimeSpan UpgradedTimeout =>
        WebSocket == WebSocketMode.Always && ReadTimeout < StreamReadTimeout ? StreamReadTimeout : ReadTimeout;

    /// <inheritdoc/>
    public override string Field => FastCgi is null ? "proxy" : "fastcgi";
}
