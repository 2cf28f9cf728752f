namespace Confgen.Conformance.Tests.Grid;

/// <summary>How a client speaks; those named Tls over TLS.</summary>
internal enum GridClient
{
    Http10,
    Http10Kept,
    Http11,
    Http11Closing,
    Http10Tls,
    Http10KeptTls,
    Http11Tls,
    Http11ClosingTls,
    Http2,
}

/// <summary>What the origin is.</summary>
internal enum GridUpstream
{
    /// <summary>HTTP/1.1, its connections kept.</summary>
    Kept,

    /// <summary>HTTP/1.1, each response with <c>Connection: close</c>.</summary>
    Closing,

    /// <summary>HTTP/1.1, closing after each response without a word.</summary>
    Silent,

    /// <summary>HTTP/1.0.</summary>
    Http10,

    /// <summary>HTTP/2 without TLS.</summary>
    H2c,

    /// <summary>HTTP/1.1 over TLS, kept.</summary>
    Tls,

    /// <summary>HTTP/1.1 at a unix socket, kept.</summary>
    Unix,

    /// <summary>HTTP/1.1 behind a bridge of <c>confgen tunnel</c>, kept.</summary>
    Tunnel,
}

/// <summary>What the route does beside forwarding.</summary>
internal enum GridRoute
{
    Plain,

    /// <summary>gzip for clients that take it.</summary>
    Compressed,

    /// <summary>Passwords, which the client has.</summary>
    Guarded,

    /// <summary>Passwords, which the client hasn't.</summary>
    Refused,

    /// <summary>An auth server that says yes.</summary>
    Authorized,

    /// <summary>An auth server that says no, with a body.</summary>
    Unauthorized,

    /// <summary>The origin's 503 gets an error page in place of its body.</summary>
    Intercepted,

    /// <summary>A file, no origin.</summary>
    Files,

    /// <summary>An origin that refuses connections, and an error page.</summary>
    ErrorPage,
}

/// <summary>How a client reads the response.</summary>
internal enum GridReader
{
    Quick,

    /// <summary>With small buffers and pauses.</summary>
    Slow,

    /// <summary>It reads no further than the head, then leaves once the origin can't send any more.</summary>
    Stops,
}

/// <summary>How the exchange ends.</summary>
internal enum GridEnding
{
    Regular,

    /// <summary>The origin closes in the middle of its body.</summary>
    OriginCloses,

    /// <summary>The origin resets in the middle of its body (over HTTP/2: the stream).</summary>
    OriginResets,

    /// <summary>The client closes in the middle of its upload or, without one, of the response.</summary>
    ClientCloses,

    /// <summary>The client resets there.</summary>
    ClientResets,

    /// <summary>The program is told to end gracefully in the middle of the response.</summary>
    Terminate,

    /// <summary>The program gets a changed configuration in the middle of the response.</summary>
    Reload,
}

/// <summary>What else is in the messages.</summary>
internal enum GridExtra
{
    None,

    /// <summary>Trailers, both ways where the framing has them.</summary>
    Trailers,

    /// <summary>103 before the response.</summary>
    Interim,

    /// <summary>A head of 24 kB to the origin, of 6 kB from it.</summary>
    LargeHead,

    /// <summary>150 fields each way.</summary>
    ManyFields,

    /// <summary>Names of all token characters, and values with tabs, quotes, and bytes beyond ASCII.</summary>
    OddFields,

    /// <summary>A second request is sent before the first one's response has come.</summary>
    Pipelined,

    /// <summary>The client waits for 100 before its body.</summary>
    Expects,
}

/// <summary>What a client asks.</summary>
/// <param name="Method">The method.</param>
/// <param name="Length">The body's length in bytes.</param>
/// <param name="Framing">How the end of the body is told; over HTTP/2 <see cref="Wire.Framing.Length"/> is a <c>content-length</c>.</param>
internal sealed record GridRequest(string Method, long Length, Wire.Framing Framing)
{
    public override string ToString() => Framing == Wire.Framing.None ? Method : $"{Method}:{Length}:{Framing}";
}
