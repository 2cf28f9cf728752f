using Confgen.Compiler.Schema;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>upstream</c>.</summary>
public static class UpstreamFields
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(1);
    private static readonly Upstream _default = new() { Name = "" };

    public static readonly Field Servers = new(
        "servers",
        new TypeSchema.ListOf(
            new TypeSchema.AnyOf(TypeSchema.ServerUrl, new TypeSchema.Fields(() => ServerFields.Schema)),
            AllowSingle: true
        )
        {
            NotEmpty = true,
        },
        "The servers, all of one scheme: `http://`, `https://`, `h2c://`, `fastcgi://` or `unix:`."
    )
    {
        Example = "[http://127.0.0.1:3000]",
    };

    public static readonly Field Discover = new(
        "discover",
        new TypeSchema.Fields(() => DiscoverFields.Schema),
        "Takes the servers from DNS instead of a list."
    );

    public static readonly Field Balance = new("balance", BalanceFields.Type, "How a server is chosen for a request.")
    {
        Default = "round_robin",
        Example = "least_conn",
    };

    public static readonly Field Health = new(
        "health",
        new TypeSchema.Fields(() => HealthFields.Schema),
        "When a server is out of service."
    );

    public static readonly IntegerField Retries = new(
        "retries",
        "How many other servers are tried after a connect failure. A request whose bytes were sent is replayed only if "
            + "its method is idempotent.",
        _default.Retries,
        0,
        100
    );

    public static readonly Field RetryOn = new(
        "retry_on",
        new TypeSchema.ListOf(TypeSchema.Status, AllowSingle: true),
        "Statuses of a server on which an idempotent request without a body goes to another server, within `retries`. The last "
            + "server's response is the client's."
    )
    {
        Example = "[502, 503]",
    };

    public static readonly Field Keepalive = new(
        "keepalive",
        new TypeSchema.Fields(() => KeepaliveFields.Schema),
        "Idle connections kept for reuse; the program's own unless written."
    );

    public static readonly Field Tls = new(
        "tls",
        new TypeSchema.Fields(() => UpstreamTlsFields.Schema),
        "How TLS is spoken to `https://` servers."
    );

    public static readonly Field Buffers = new(
        "buffers",
        new TypeSchema.Fields(() => BuffersFields.Schema),
        "Sizes of the buffers to and from the servers; the program's own unless written."
    );

    public static readonly DurationField ResponseHeaderTimeout = new(
        "response_header_timeout",
        "Longest wait for the head of a response; over it 504. The route's `timeouts.read` unless written.",
        null,
        _tick
    )
    {
        Example = "30s",
    };

    public static readonly ObjectSchema Schema = new(
        "upstream",
        "A group of servers that routes proxy to.",
        Servers,
        Discover,
        Balance,
        Health,
        Retries,
        RetryOn,
        Keepalive,
        Tls,
        Buffers,
        ResponseHeaderTimeout,
        FragmentFields.Use
    )
    {
        OneIsRequired = ["servers", "discover"],
        NotBeside = [("servers", ["discover"])],
        Refuses =
        [
            // Which protocol is spoken, and whether with TLS, can't depend on the server that is chosen.
            new Shape.All(Speaks("https:"), Speaks("h2c:")),
            new Shape.All(Speaks("https:"), Speaks("(http|unix):")),
            new Shape.All(Speaks("h2c:"), Speaks("(http|unix):")),
            new Shape.All(new Shape.With("tls", Shape.Anything), Speaks("(http|h2c|unix):")),
            // One must be there while the backups wait.
            new Shape.With(
                "servers",
                new Shape.Each(new Shape.OneOf(new Shape.With("down", Shape.True), new Shape.With("backup", Shape.True)))
            ),
        ],
    };

    private static Shape.With Speaks(string schemes)
    {
        var url = new Shape.Text($"^{schemes}");
        return new Shape.With("servers", new Shape.Some(new Shape.OneOf(url, new Shape.With("url", url))));
    }
}
