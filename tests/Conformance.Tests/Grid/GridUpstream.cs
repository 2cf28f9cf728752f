namespace Confgen.Conformance.Tests.Grid;

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
