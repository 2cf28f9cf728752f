using System.Net;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Tests.Rules;

/// <summary>What the upstream sees: the contract's sentences on headers.</summary>
public sealed class ForwardedHeadersTests
{
    private const string Stranger = "203.0.113.9";
    private const string Proxy = "10.0.0.1";

    [Fact]
    public void The_client_and_the_connection_are_told()
    {
        string[] headers = At(Stranger, "client", https: true);
        Assert.Contains("Host: chat.example.com:8443", headers);
        Assert.Contains("X-Forwarded-For: 203.0.113.9", headers);
        Assert.Contains("X-Forwarded-Proto: https", headers);
        Assert.Contains("X-Forwarded-Host: chat.example.com:8443", headers);
        Assert.Contains("X-Real-IP: client", headers);
        Assert.Equal(5, headers.Length); // nothing is invented
    }

    [Fact]
    public void A_stranger_is_not_believed() =>
        Assert.Equal(
            [
                "Host: chat.example.com:8443",
                "X-Forwarded-For: 203.0.113.9",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Host: chat.example.com:8443",
                "X-Real-IP: client",
            ],
            At(
                Stranger,
                "client",
                headers:
                [
                    ("X-Forwarded-For", "1.2.3.4"),
                    ("X-Forwarded-Proto", "https"),
                    ("X-Forwarded-Host", "evil"),
                    ("X-Real-IP", "1.2.3.4"),
                    ("Forwarded", "for=1.2.3.4"),
                ]
            )
        );

    [Fact]
    public void A_trusted_peers_list_is_appended_to() =>
        Assert.Equal(
            [
                "Host: chat.example.com:8443",
                "Forwarded: for=1.2.3.4",
                "X-Forwarded-For: 1.2.3.4, 5.6.7.8, 10.0.0.1",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: front.example.com",
                "X-Real-IP: client",
            ],
            At(
                Proxy,
                "client",
                headers:
                [
                    ("X-Forwarded-For", "1.2.3.4"),
                    ("x-forwarded-for", "5.6.7.8"),
                    ("X-Forwarded-Proto", "https"),
                    ("X-Forwarded-Host", "front.example.com"),
                    ("X-Real-IP", "9.9.9.9"),
                    ("Forwarded", "for=1.2.3.4"),
                ]
            )
        );

    [Fact]
    public void An_IPv4_peer_on_an_IPv6_socket_is_IPv4() =>
        Assert.Contains("X-Forwarded-For: 203.0.113.9", At("::ffff:203.0.113.9", "client"));

    [Theory]
    [InlineData("X_Forwarded_For")]
    [InlineData("x_real_ip")]
    [InlineData("X_Forwarded-Proto")]
    [InlineData("X-Forwarded_Host")]
    [InlineData("Proxy")]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("TE")]
    [InlineData("Transfer-Encoding")]
    [InlineData("HTTP2-Settings")]
    [InlineData("Proxy-Connection")]
    public void A_header_of_the_connection_or_one_that_poses_as_ours_is_removed(string name) =>
        Assert.DoesNotContain(
            At(Proxy, "client", headers: [(name, "x")]),
            h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)
        );

    [Theory]
    [InlineData("X_Custom")]
    [InlineData("Accept-Encoding")]
    [InlineData("Cookie")]
    public void Others_pass(string name) => Assert.Contains(name + ": x", At(Stranger, "client", headers: [(name, "x")]));

    [Fact]
    public void What_Connection_names_is_removed_but_never_what_the_proxy_says()
    {
        string[] headers = At(
            Stranger,
            "client",
            headers: [("Connection", "close, X-Secret, X-Forwarded-For, x-real-ip"), ("X-Secret", "1"), ("X-Other", "2")]
        );
        Assert.DoesNotContain("X-Secret: 1", headers);
        Assert.Contains("X-Other: 2", headers);
        Assert.Contains("X-Forwarded-For: 203.0.113.9", headers);
        Assert.Contains("X-Real-IP: client", headers);
    }

    [Theory]
    [InlineData(WebSocketMode.Auto, "websocket", true)]
    [InlineData(WebSocketMode.Always, "WebSocket", true)]
    [InlineData(WebSocketMode.Never, "websocket", false)]
    [InlineData(WebSocketMode.Always, "h2c", false)]
    [InlineData(WebSocketMode.Always, "h2c, websocket", false)]
    public void Upgrade_passes_for_websocket_alone(WebSocketMode mode, string upgrade, bool passes)
    {
        string[] headers = At(Stranger, "client", mode, headers: [("Upgrade", upgrade), ("Connection", "Upgrade")]);
        Assert.Equal(passes, headers.Contains("Upgrade: websocket"));
        Assert.Equal(passes ? 1 : 0, headers.Count(h => h.StartsWith("Upgrade:", StringComparison.Ordinal)));
        Assert.Equal(passes, headers.Contains("Connection: upgrade"));
    }

    [Theory]
    [InlineData(HostHeaderKind.Preserve, null, "chat.example.com:8443")]
    [InlineData(HostHeaderKind.Upstream, null, "app.internal:3000")]
    [InlineData(HostHeaderKind.Literal, "other.example.com", "other.example.com")]
    public void The_host_is_the_clients_the_servers_or_a_literal(HostHeaderKind kind, string? literal, string expected) =>
        Assert.Equal(
            expected,
            ForwardedHeaders.HostAt(
                ActionOf(WebSocketMode.Auto) with
                {
                    Host = new HostHeader(kind, literal),
                },
                RequestOf(Stranger, false, [])
            )
        );

    [Fact]
    public void The_routes_rules_have_the_last_word()
    {
        string[] headers = At(
            Stranger,
            "client",
            headers: [("Cookie", "a=b"), ("X-A", "1")],
            edits:
            [
                new HeaderEdit("cookie", Drops: true, []),
                new HeaderEdit("X-A", Drops: false, [TextTemplate.Literal("2")]),
                new HeaderEdit("X-Real-IP", Drops: true, [TextTemplate.Literal("set")]),
            ]
        );
        Assert.DoesNotContain("Cookie: a=b", headers);
        Assert.Equal(["X-A: 1", "X-A: 2"], headers.Where(h => h.StartsWith("X-A:", StringComparison.Ordinal)));
        Assert.Contains("X-Real-IP: set", headers);
    }

    private static string[] At(
        string peer,
        string client,
        WebSocketMode mode = WebSocketMode.Auto,
        bool https = false,
        (string Name, string Value)[]? headers = null,
        HeaderEdit[]? edits = null
    )
    {
        Assert.True(Cidr.TryParse("10.0.0.0/8", out Cidr trusted, out _));
        return
        [
            .. ForwardedHeaders
                .Of(RequestOf(peer, https, headers ?? []), ActionOf(mode), [trusted], client, edits ?? [], _ => "")
                .Select(h => $"{h.Key}: {h.Value}"),
        ];
    }

    private static EvaluatedRequest RequestOf(string peer, bool https, (string Name, string Value)[] headers) =>
        new(
            "GET",
            https,
            8443,
            "chat.example.com:8443",
            "/",
            headers.Select(h => new KeyValuePair<string, string>(h.Name, h.Value)).ToValueList(),
            IPAddress.Parse(peer)
        );

    private static ProxyAction ActionOf(WebSocketMode mode) =>
        new()
        {
            WebSocket = mode,
            Upstream = new Upstream
            {
                Name = "app",
                Servers = [new UpstreamServer { Address = new ServerAddress(ServerScheme.Http, "app.internal", 3000) }],
            },
        };
}
