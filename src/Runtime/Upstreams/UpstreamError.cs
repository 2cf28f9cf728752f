using Confgen.Files;

namespace Confgen.Runtime.Upstreams;

/// <summary>
/// Why there is no response of a server, or no whole one. Status, log text and metric label of each cause are here and nowhere else.
/// </summary>
internal sealed record UpstreamError
{
    /// <summary>The name of the server has no address.</summary>
    public static readonly UpstreamError NameNotResolved = new("name_not_resolved", 502, RetryRule.Always, "its name has no address");

    /// <summary>Nothing listens there.</summary>
    public static readonly UpstreamError ConnectRefused = new("connect_refused", 502, RetryRule.Always, "the connection was refused");

    /// <summary>The connection failed in another way, as without a route or a socket file.</summary>
    public static readonly UpstreamError ConnectFailed = new("connect_failed", 502, RetryRule.Always, "no connection could be made");

    /// <summary>The proxy has as many connections and files open as the system allows it: no fault of the server.</summary>
    public static readonly UpstreamError NoDescriptors = new(
        "no_descriptors",
        503,
        RetryRule.Always,
        $"no descriptor is left for a connection; {Descriptors.WayOut}"
    );

    /// <summary>No connection within <c>timeouts.connect</c>, TLS included.</summary>
    public static readonly UpstreamError ConnectTimedOut = new(
        "connect_timeout",
        502,
        RetryRule.Always,
        "no connection within timeouts.connect"
    );

    /// <summary>The TLS handshake failed, the check of the certificate included.</summary>
    public static readonly UpstreamError TlsFailed = new("tls_failed", 502, RetryRule.Always, "the TLS handshake failed");

    /// <summary>No bridge of the tunnel is connected.</summary>
    public static readonly UpstreamError NoBridge = new("no_bridge", 503, RetryRule.Always, "no bridge of the tunnel is connected");

    /// <summary>The bridge of the tunnel can't reach its service.</summary>
    public static readonly UpstreamError ServiceUnreachable = new(
        "service_unreachable",
        502,
        RetryRule.Always,
        "the bridge of the tunnel can't reach its service"
    );

    /// <summary>The server said that it did not process the request (RFC 9113, sections 6.8 and 8.7).</summary>
    public static readonly UpstreamError NotProcessed = new("not_processed", 502, RetryRule.Always, "the server refused the stream");

    /// <summary>The server took nothing of the request for <c>timeouts.send</c>.</summary>
    public static readonly UpstreamError SendTimedOut = new(
        "send_timeout",
        504,
        RetryRule.IfIdempotent,
        "it took nothing of the request for timeouts.send"
    );

    /// <summary>The server sent nothing for <c>timeouts.read</c>, or no head within <c>response_header_timeout</c>.</summary>
    public static readonly UpstreamError ReadTimedOut = new(
        "read_timeout",
        504,
        RetryRule.IfIdempotent,
        "it sent nothing for timeouts.read or response_header_timeout"
    );

    /// <summary>The connection, or the stream, ended before any byte of a response.</summary>
    public static readonly UpstreamError ClosedEarly = new(
        "closed_early",
        502,
        RetryRule.IfIdempotent,
        "it closed the connection without a response"
    );

    /// <summary>What the server sent is no response, or none that was asked for.</summary>
    public static readonly UpstreamError Malformed = new("malformed", 502, RetryRule.Never, "its response is malformed");

    /// <summary>The body of the response broke off: the client sees a response that was cut.</summary>
    public static readonly UpstreamError BodyCut = new("body_cut", 502, RetryRule.Never, "the body of its response broke off");

    /// <summary>Every server fails its probes, is ejected or out of service, or was tried already.</summary>
    public static readonly UpstreamError NoServerUp = new("no_server_up", 503, RetryRule.Never, "no server is up");

    /// <summary>Every server that is up has <c>max_conns</c> requests.</summary>
    public static readonly UpstreamError AllServersBusy = new(
        "all_servers_busy",
        503,
        RetryRule.Never,
        "every server that is up has max_conns requests"
    );

    /// <summary>Every cause, in the order of <see cref="Index"/>.</summary>
    public static readonly IReadOnlyList<UpstreamError> All =
    [
        NameNotResolved,
        ConnectRefused,
        ConnectFailed,
        NoDescriptors,
        ConnectTimedOut,
        TlsFailed,
        NoBridge,
        ServiceUnreachable,
        NotProcessed,
        SendTimedOut,
        ReadTimedOut,
        ClosedEarly,
        Malformed,
        BodyCut,
        NoServerUp,
        AllServersBusy,
    ];

    private static int _count;

    private UpstreamError(string label, int status, RetryRule retry, string text) =>
        (Label, Status, Retry, Text, Index) = (label, status, retry, text, _count++);

    /// <summary>The cause in metrics, access logs and JSON.</summary>
    public string Label { get; }

    /// <summary>The status that the client gets, where no response has begun.</summary>
    public int Status { get; }

    /// <summary>Whether the request may be sent again.</summary>
    public RetryRule Retry { get; }

    /// <summary>The cause in the proxy's own log.</summary>
    public string Text { get; }

    /// <summary>The place of the cause in an array of counts.</summary>
    public int Index { get; }

    /// <summary>What is known beside the cause, as the reason why a certificate is not trusted; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>Whether another error has the same cause.</summary>
    public bool Is(UpstreamError other) => Index == other.Index;

    /// <summary>The text with its detail.</summary>
    public override string ToString() => Detail is null ? Text : $"{Text}: {Detail}";
}
