using Confgen.Compiler.Schema;
using Confgen.Model.Streams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>stream.proxy_protocol</c>.</summary>
public static class ProxyProtocolFields
{
    public static readonly BooleanField Accept = new(
        "accept",
        "Each connection begins with a header, of version 1 or 2, which says who the client is; one without is closed. Whoever reaches the "
            + "port is believed, so only the load balancer may.",
        new ProxyProtocol().Accept
    );

    public static readonly WordField<ProxyHeaderVersion> Send = new(
        "send",
        "Each connection to a server begins with a header of this version. A server that doesn't expect it takes it for the client's.",
        new ProxyProtocol().Send,
        [("off", ProxyHeaderVersion.None), ("v1", ProxyHeaderVersion.V1), ("v2", ProxyHeaderVersion.V2)]
    );

    public static readonly ObjectSchema Schema = new(
        "stream.proxy_protocol",
        "The PROXY protocol on both sides of a stream.",
        Accept,
        Send
    );
}
