using System.Net;
using System.Net.Sockets;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Listening;

/// <summary>Addresses of each kind, on both sides of the proxy.</summary>
public sealed class AddressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("confgen-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_IPv6_client_is_named_by_its_address()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec("[::1]:PORT", $"http://127.0.0.1:{backend.Port}"));
        using var client = RawClient.To(new IPEndPoint(IPAddress.IPv6Loopback, proxy.Port));

        await client.SendAsync($"GET / HTTP/1.1\r\nHost: [::1]:{proxy.Port}\r\n\r\n");

        Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
        Assert.Equal(
            ("::1", "::1", $"[::1]:{proxy.Port}"),
            (backend.Request.Field("X-Forwarded-For"), backend.Request.Field("X-Real-IP"), backend.Request.Field("Host"))
        );
    }

    [Fact]
    public async Task An_address_takes_no_connection_to_another()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec("[::1]:PORT", $"http://127.0.0.1:{backend.Port}"));

        Assert.ThrowsAny<SocketException>(() => RawClient.To(proxy.Port));
    }

    [Fact]
    public async Task A_port_alone_takes_both_families_and_an_IPv4_client_stays_one()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec("PORT", $"http://127.0.0.1:{backend.Port}"));
        foreach (IPAddress address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using var client = RawClient.To(new IPEndPoint(address, proxy.Port));
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
        }

        Assert.Equal(["127.0.0.1", "::1"], backend.Requests.Select(r => r.Field("X-Forwarded-For")));
    }

    [Fact]
    public async Task An_IPv6_server_is_named_in_brackets()
    {
        await using Backend backend = new(at: new IPEndPoint(IPAddress.IPv6Loopback, 0));
        await using TestProxy proxy = await TestProxy.StartAsync(Spec("127.0.0.1:PORT", $"http://[::1]:{backend.Port}", "host: upstream"));

        Assert.Equal("ok", (await proxy.GetAsync("/")).Body);
        Assert.Equal($"[::1]:{backend.Port}", backend.Request.Field("Host"));
    }

    [Fact]
    public async Task Unix_sockets_serve_on_both_sides_and_leave_nothing_behind()
    {
        string upstream = Path.Combine(_folder, "app.sock");
        string own = Path.Combine(_folder, "proxy.sock");
        await using Backend backend = new(at: new UnixDomainSocketEndPoint(upstream));
        TestProxy proxy = await TestProxy.StartAsync(Spec("unix:" + own, "unix:" + upstream));
        await using (proxy)
        {
            // The server behind which the proxy stands runs as another user.
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(own).HasFlag(UnixFileMode.OtherWrite));
            using var client = RawClient.To(new UnixDomainSocketEndPoint(own));
            for (int i = 0; i < 2; i++)
            {
                await client.SendAsync("GET /a%2Fb? HTTP/1.1\r\nHost: a.test\r\n\r\n");
                Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
            }
        }

        Assert.Equal((2, 1), (backend.Requests.Count, backend.Connections));
        BackendRequest first = backend.Requests.First();
        Assert.Equal(("GET /a%2Fb? HTTP/1.1", "a.test", null), (first.Line, first.Field("Host"), first.Field("X-Forwarded-For")));
        Assert.False(File.Exists(own));
    }

    private static string Spec(string listen, string server, string route = "") =>
        $$"""
            sites:
              - host: _
                listen: ["{{listen}}"]
                routes:
                  - path: /
                    proxy: "{{server}}"
                    {{route}}
            """;
}
