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
}
