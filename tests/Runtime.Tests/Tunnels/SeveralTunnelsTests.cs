using Confgen.Model.Tunnels;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Tunnels;

/// <summary>More than one tunnel, other protocols, and specs that change.</summary>
public sealed class SeveralTunnelsTests
{
    private const string Secret = "fedcba9876543210";

    [Fact]
    public async Task Two_tunnels_share_a_listener_and_each_reaches_its_own_service()
    {
        await using Backend home = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhome");
        await using Backend nas = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnas");
        (int port, int control) = (FreePort.Next(), FreePort.Next());
        var spec = Specs.Read(Two(port, control, home, nas, Secret));
        await using var portal = new ProxyServer(new ProxyOptions());
        await using var bridges = new ProxyServer(new ProxyOptions { Side = TunnelSide.Bridge });
        Assert.Empty(await portal.ServeAsync(spec));
        Assert.Empty(await bridges.ServeAsync(spec));

        Assert.Equal(["home", "nas"], [await AskAsync(port, "/"), await AskAsync(port, "/nas")]);
    }

    [Fact]
    public async Task Another_secret_takes_effect_at_a_reload_of_both_sides()
    {
        await using Backend home = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhome");
        await using Backend nas = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nnas");
        (int port, int control) = (FreePort.Next(), FreePort.Next());
        await using var portal = new ProxyServer(new ProxyOptions());
        await using var bridges = new ProxyServer(new ProxyOptions { Side = TunnelSide.Bridge });
        foreach (string secret in new[] { Secret, "0123456789abcdef", Secret })
        {
            var spec = Specs.Read(Two(port, control, home, nas, secret));
            Assert.Empty(await portal.ServeAsync(spec));
            Assert.Empty(await bridges.ServeAsync(spec));
            Assert.Equal(["home", "nas"], [await AskAsync(port, "/"), await AskAsync(port, "/nas")]);
        }
    }

    [Fact]
    public async Task One_process_may_be_both_sides()
    {
        await using Backend home = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhome");
        await using Backend nas = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnas");
        int port = FreePort.Next();
        await using var both = new ProxyServer(new ProxyOptions { Side = TunnelSide.Both });
        Assert.Empty(await both.ServeAsync(Specs.Read(Two(port, FreePort.Next(), home, nas, Secret))));

        Assert.Equal("nas", await AskAsync(port, "/nas"));
    }

    [Fact]
    public async Task A_service_that_speaks_HTTP2_is_spoken_to_in_HTTP2()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\ngrpc-status: 0\r\n\r\n"
        );
        await using TestProxy service = await TestProxy.StartAsync(
            $$"""
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], http2: true, proxy: "http://127.0.0.1:{{backend.Port}}" }]
            """
        );
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync($"h2c://127.0.0.1:{service.Port}")).WithBridgeAsync();
        RawResponse response = await tunnel.GetAsync("/a%2Fb?c");

        Assert.Equal((200, "ok", "grpc-status: 0\r\n"), (response.Status, response.Body, response.Trailers));
        Assert.Equal("/a%2Fb?c", backend.Request.Target);
        await tunnel.StopBridgesAsync();
        await tunnel.ToldAsync("has gone");
    }

    private static async Task<string> AskAsync(int port, string target)
    {
        using var client = RawClient.To(port);
        await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: a.test\r\n\r\n");
        return (await client.ReadResponseAsync()).Body;
    }

    private static string Two(int port, int control, Backend home, Backend nas, string secret) =>
        $$"""
            tunnels:
              home:
                portal: { listen: "127.0.0.1:{{control}}", public: 127.0.0.1, entry: 1 }
                bridge: { forward: "http://127.0.0.1:{{home.Port}}" }
                secret: {{secret}}
              nas:
                portal: { listen: "127.0.0.1:{{control}}", public: 127.0.0.1, entry: 2 }
                bridge: { forward: "http://127.0.0.1:{{nas.Port}}" }
                secret: 0123456789abcdef
            sites:
              - host: _
                listen: "127.0.0.1:{{port}}"
                routes:
                  - { path: /, proxy: "tunnel:home" }
                  - { path: /nas, proxy: "tunnel:nas" }
            """;
}
