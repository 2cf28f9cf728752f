using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>stream</c>.</summary>
public static class StreamFields
{
    public static readonly Field Listen = new(
        "listen",
        new TypeSchema.ListOf(TypeSchema.Listener, AllowSingle: true) { NotEmpty = true },
        "Where it listens: ports, addresses with a port, unix sockets. No site listens there."
    )
    {
        Required = true,
        Example = "25",
    };

    public static readonly Field Upstream = new(
        "upstream",
        TypeSchema.StreamUpstream,
        "Where connections go. Beside `sni` it takes those that no name takes: another name, none, or no TLS; they are closed without it."
    )
    {
        Example = "tcp://127.0.0.1:2525",
    };

    public static readonly Field Sni = new(
        "sni",
        new TypeSchema.MapOf("host", TypeSchema.StreamUpstream),
        "Where TLS connections go by the name in their handshake (SNI). TLS is passed on as it is. `*.` stands for one label."
    )
    {
        Example = "{ mail.example.com: \"tcp://127.0.0.1:8443\" }",
    };

    public static readonly Field ProxyProtocol = new(
        "proxy_protocol",
        new TypeSchema.Fields(() => ProxyProtocolFields.Schema),
        "The PROXY protocol, which carries the client's address."
    )
    {
        Example = "{ send: v1 }",
    };

    public static readonly Field Timeouts = new(
        "timeouts",
        new TypeSchema.Fields(() => StreamTimeoutsFields.Schema),
        "The longest waits. A PROXY header and a ClientHello must have come after 10s, whatever is written here."
    )
    {
        Example = "{ idle: 1h }",
    };

    public static readonly ObjectSchema Schema = new(
        "stream",
        "A port whose connections are passed on as they are: TCP, and TLS that isn't terminated.",
        Listen,
        Upstream,
        Sni,
        ProxyProtocol,
        Timeouts
    )
    {
        OneIsRequired = ["upstream", "sni"],
    };

    /// <summary>Every field of streams.</summary>
    public static readonly IReadOnlyList<Field> All =
    [
        Listen,
        Upstream,
        Sni,
        ProxyProtocol,
        Timeouts,
        ProxyProtocolFields.Accept,
        ProxyProtocolFields.Send,
        StreamTimeoutsFields.Connect,
        StreamTimeoutsFields.Idle,
    ];
}
