namespace Confgen.Model.Templates;

/// <summary>What a placeholder stands for.</summary>
public enum Placeholder
{
    /// <summary>An identifier made for the request: 32 hexadecimal digits or a UUID.</summary>
    RequestId,

    /// <summary>The client's address, after trusted proxies.</summary>
    ClientIp,

    /// <summary>The request's host, without its port.</summary>
    Host,

    /// <summary><c>http</c> or <c>https</c>.</summary>
    Scheme,

    /// <summary>The method.</summary>
    Method,

    /// <summary>The normalised path.</summary>
    Path,

    /// <summary>The raw target, path and query.</summary>
    Uri,

    /// <summary>The raw query, without the question mark.</summary>
    Query,

    /// <summary>The chosen server's host and port.</summary>
    UpstreamHostPort,

    /// <summary>The port that the request came to; empty on a unix socket.</summary>
    Port,

    /// <summary>The request's field of a name: its lines joined by <c>, </c> (RFC 9110, section 5.3), empty where there is none.</summary>
    Header,

    /// <summary>The value of the request's first cookie of a name, as it was sent, with its quotes; empty where there is none.</summary>
    Cookie,

    /// <summary>The raw value of the query's first parameter of a name, not decoded; empty where there is none.</summary>
    QueryValue,

    /// <summary>
    /// What a group of the route's regex matched in the normalised path; empty where it took no part, or where <see cref="Path"/> is empty.
    /// </summary>
    Group,
}
