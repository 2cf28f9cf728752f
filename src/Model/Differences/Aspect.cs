namespace Confgen.Model.Differences;

/// <summary>A part of what becomes of a request, which can change by itself.</summary>
public enum Aspect
{
    /// <summary>Whether a site takes the request at all.</summary>
    Site,

    /// <summary>Which peers are believed about the client.</summary>
    TrustedProxies,

    /// <summary>TLS towards clients: certificate, versions, ciphers, client certificates.</summary>
    Tls,

    /// <summary>HTTP/2 and HTTP/3.</summary>
    Protocols,

    /// <summary>Lines for single programs.</summary>
    Raw,

    /// <summary>The longest head of a request.</summary>
    HeadLimit,

    /// <summary>Compression of responses.</summary>
    Compression,

    /// <summary>Who gives the response: an upstream, files, a fixed response, a redirect, or nobody.</summary>
    Response,

    /// <summary>The servers that requests are forwarded to.</summary>
    Servers,

    /// <summary>How a server is chosen.</summary>
    Balance,

    /// <summary>Health checks and retries.</summary>
    Health,

    /// <summary>TLS towards the servers.</summary>
    UpstreamTls,

    /// <summary>Kept connections and buffers towards the servers.</summary>
    UpstreamConnections,

    /// <summary>The target that the upstream sees.</summary>
    Target,

    /// <summary>The Host field that the upstream sees.</summary>
    Host,

    /// <summary>Fields that are set, added or removed on the request.</summary>
    RequestFields,

    /// <summary>Fields that are set, added or removed on the response.</summary>
    ResponseFields,

    /// <summary>How addresses in the upstream's response are rewritten.</summary>
    ResponseAddresses,

    /// <summary>Which client addresses may.</summary>
    Access,

    /// <summary>User names and passwords.</summary>
    Credentials,

    /// <summary>The server that is asked about each request.</summary>
    AuthServer,

    /// <summary>Requests allowed in a time.</summary>
    RateLimit,

    /// <summary>Cross-origin resource sharing.</summary>
    Cors,

    /// <summary>The longest request body.</summary>
    BodyLimit,

    /// <summary>The longest waits on the upstream.</summary>
    Timeouts,

    /// <summary>Streaming, WebSocket, flushing.</summary>
    Streaming,

    /// <summary>Whether targets outside of RFC 3986 are refused.</summary>
    OddTargets,

    /// <summary>Pages for errors.</summary>
    ErrorPages,

    /// <summary>The access log.</summary>
    Log,

    /// <summary>A reverse tunnel.</summary>
    Tunnel,

    /// <summary>A port whose connections are passed on as they are.</summary>
    Stream,
}
