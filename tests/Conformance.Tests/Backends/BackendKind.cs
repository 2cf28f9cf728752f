namespace Confgen.Conformance.Tests.Backends;

/// <summary>What stands behind a backend's name.</summary>
internal enum BackendKind
{
    /// <summary>A server over TCP.</summary>
    Tcp,

    /// <summary>A server over TLS.</summary>
    Tls,

    /// <summary>A server over TLS that wants the client's certificate.</summary>
    MutualTls,

    /// <summary>A server at a unix socket.</summary>
    Unix,

    /// <summary>A port that refuses connections.</summary>
    Refusing,

    /// <summary>A port whose queue is full: connections are neither taken nor refused.</summary>
    Full,
}
