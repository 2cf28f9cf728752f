namespace Confgen.Runtime.Http1;

/// <summary>The longest waits on a client. The spec has none of them: they guard the proxy and not an application.</summary>
internal static class ClientTimeouts
{
    /// <summary>For the next request of a connection; 75 s, as nginx's <c>keepalive_timeout</c>.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(75);

    /// <summary>
    /// For a whole head, from its first byte; 60 s, as nginx's <c>client_header_timeout</c>. A slow trickle doesn't prolong it.
    /// </summary>
    public static readonly TimeSpan Head = TimeSpan.FromSeconds(60);

    /// <summary>Between two reads of a body; 60 s, as nginx's <c>client_body_timeout</c>.</summary>
    public static readonly TimeSpan Body = TimeSpan.FromSeconds(60);

    /// <summary>For a write to be taken; 60 s, as nginx's <c>send_timeout</c>.</summary>
    public static readonly TimeSpan Send = TimeSpan.FromSeconds(60);

    /// <summary>For a TLS handshake; 10 s, as Kestrel's.</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For a response to begin and end after the client has ended its side; 500 ms. Behind it the client counts as gone, and the upstream's
    /// exchange is ended: TCP doesn't tell one that waits (as <c>nc -N</c>) from one that has left.
    /// </summary>
    public static readonly TimeSpan HalfClose = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two looks whether the client has ended its side behind bytes that wait to be read; 250 ms.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
}
