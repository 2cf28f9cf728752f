namespace Confgen.Runtime.Http1;

/// <summary>The longest waits on a client. The spec has none of them: they guard the proxy and not an application.</summary>
internal static class ClientTimeouts
{
    /// <summary>For the next request of a connection; 75 s, as nginx's <c>keepalive_timeout</c>.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(75);

    /// <summary>For a whole head, from its first byte; 60 s, as nginx's <c>client_header_timeout</c>. A slow trickle doesn't prolong it.</summary>
    public static readonly TimeSpan Head = TimeSpan.FromSeconds(60);

    /// <summary>Between two reads of a body; 60 s, as nginx's <c>client_body_timeout</c>.</summary>
    public static readonly TimeSpan Body = TimeSpan.FromSeconds(60);

    /// <summary>For a write to be taken; 60 s, as nginx's <c>send_timeout</c>.</summary>
    public static readonly TimeSpan Send = TimeSpan.FromSeconds(60);

    /// <summary>For a TLS handshake; 10 s, as Kestrel's.</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(10);

    /// <summary>For a client to notice that its request was refused while it still sends; 2 s.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A client that ends its side this soon after its request has said all it had to say, and waits for the answer (as <c>nc -N</c> does).
    /// One that ends it later has left: TCP doesn't tell the two apart.
    /// </summary>
    public static readonly TimeSpan HalfClose = TimeSpan.FromMilliseconds(150);
}
