namespace Confgen.Runtime.Messages;

/// <summary>The field names that the proxy itself acts on; everything else is passed as it is.</summary>
internal enum FieldKind : byte
{
    Other,
    Host,
    Connection,
    ContentLength,
    TransferEncoding,
    Upgrade,
    Expect,
    Te,
    Trailer,
    KeepAlive,
    ProxyConnection,
    ProxyAuthorization,
    Http2Settings,
    XForwardedFor,
    XForwardedProto,
    XForwardedHost,
    XForwardedMethod,
    XForwardedUri,

    /// <summary>What some proxies say beside the fields above, as <c>X-Forwarded-Port</c>: a stranger's is removed.</summary>
    XForwardedOther,
    XRealIp,
    Forwarded,
    Proxy,
    Authorization,
    Cookie,
    Origin,
    AcceptEncoding,
    ContentType,
    ContentEncoding,
    CacheControl,
    Vary,
    ETag,
    Date,
    Server,

    /// <summary>
    /// A name that a server which makes variables of names takes for one that frames or routes the message, as <c>Transfer_Encoding</c>.
    /// </summary>
    LookAlike,
}
