namespace Confgen.Model.Units;

/// <summary>What a server speaks.</summary>
public enum ServerScheme
{
    /// <summary>HTTP/1.1 in plain text.</summary>
    Http,

    /// <summary>HTTP over TLS.</summary>
    Https,

    /// <summary>HTTP/2 in plain text by prior knowledge (RFC 9113, section 3.3), as gRPC servers do.</summary>
    H2c,

    /// <summary>HTTP/1.1 over a unix socket; or FastCGI, in a route that says so; or what a stream carries.</summary>
    Unix,

    /// <summary>FastCGI.</summary>
    FastCgi,

    /// <summary>Whatever a stream carries.</summary>
    Tcp,
}
