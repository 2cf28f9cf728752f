using System.Net.Sockets;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Tunnels;

/// <summary>Requests through a tunnel: what a route does for any other upstream holds there too.</summary>
public sealed class TunnelTests
{
    [Fact]
    public async Task A_request_reaches_the_service_with_the_clients_address()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        RawResponse response = await tunnel.GetAsync("/a%2Fb//c?q=%26&?");

        Assert.Equal((200, "ok"), (response.Status, response.Body));
        Assert.Equal("GET /a%2Fb//c?q=%26&? HTTP/1.1", service.Request.Line);
        Assert.Equal("a.test", service.Request.Field("Host"));
        Assert.Equal("127.0.0.1", service.Request.Field("X-Forwarded-For"));
        Assert.Equal("127.0.0.1", service.Request.Field("X-Real-IP"));
    }

    [Fact]
    public async Task The_routes_own_rules_hold()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await (
            await TestTunnel.StartAsync(
                service,
                "headers: { request: { set: { X-Mark: one } }, response: { set: { X-Served-By: portal } } }\ndeny: [192.0.2.0/24]\n"
                    + "max_body: 10B"
            )
        ).WithBridgeAsync();
        RawResponse response = await tunnel.GetAsync();

        Assert.Equal("portal", response.Field("X-Served-By"));
        Assert.Equal("one", service.Request.Field("X-Mark"));
        Assert.Equal(413, (await tunnel.AskAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 11\r\n\r\n")).Status);
    }

    [Fact]
    public async Task The_upstreams_host_is_the_services()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service, "host: upstream")).WithBridgeAsync();
        Assert.Equal(200, (await tunnel.GetAsync()).Status);
        Assert.Equal($"127.0.0.1:{service.Port}", service.Request.Field("Host"));
    }

    [Fact]
    public async Task A_kept_connection_serves_one_request_after_the_other()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await tunnel.GetAsync()).Status);
        }

        Assert.Equal(1, service.Connections);
    }

    [Fact]
    public async Task Bodies_are_as_they_were_sent_both_ways()
    {
        string body = new('x', 2_000_000);
        await using var service = new Backend(async c =>
        {
            BackendRequest request = await c.ReadRequestAsync();
            await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {request.Body.Length}\r\n\r\n{request.Body}");
        });
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        RawResponse response = await tunnel.AskAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.True(response.Body == body);
    }

    [Fact]
    public async Task Over_TLS_it_is_the_same()
    {
        using var certificates = new Certificates();
        (string cert, string key) = certificates.Issue("localhost");
        await using var service = new Backend();
        await using TestTunnel tunnel = await TestTunnel.StartAsync(
            service,
            portal: $", tls: {{ cert: {cert}, key: {key} }}",
            bridge: $", ca: {certificates.Authority}"
        );
        await tunnel.WithBridgeAsync();

        Assert.Equal(200, (await tunnel.GetAsync()).Status);
    }

    [Fact]
    public async Task A_portal_whose_certificate_is_not_trusted_gets_no_bridge()
    {
        using var certificates = new Certificates();
        (string cert, string key) = certificates.Issue("localhost");
        await using var service = new Backend();
        await using TestTunnel tunnel = await TestTunnel.StartAsync(service, portal: $", tls: {{ cert: {cert}, key: {key} }}");
        await tunnel.WithBridgeAsync();

        await tunnel.ToldAsync("can't connect to localhost:" + tunnel.ControlPort);
        Assert.DoesNotContain(tunnel.Notices, n => n.Contains("has come", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_come_one_by_one()
    {
        using var next = new SemaphoreSlim(0);
        await using var service = new Backend(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 1; i <= 3; i++)
            {
                await next.WaitAsync();
                await c.SendAsync($"9\r\ndata: {i}\n\n\r\n");
            }
        });
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service, "sse: true")).WithBridgeAsync();
        using RawClient client = tunnel.Connect();
        await client.SendAsync("GET /events HTTP/1.1\r\nHost: a.test\r\n\r\n");
        await client.ReadHeadAsync();
        for (int i = 1; i <= 3; i++)
        {
            next.Release();
            await client.ReadUntilAsync($"data: {i}\n\n");
        }
    }

    [Fact]
    public async Task An_upgraded_connection_carries_bytes_both_ways()
    {
        await using var service = new Backend(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            while (await c.Client.ReadUntilAsync("\n") is { } line)
            {
                await c.SendAsync("echo " + line);
            }
        });
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        using RawClient client = tunnel.Connect();
        await client.SendAsync(
            "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        );
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        foreach (string word in new[] { "one\n", new string('x', 100_000) + "\n", "\u0000\u00FF\n" })
        {
            await client.SendAsync(word);
            Assert.Equal("echo " + word, await client.ReadUntilAsync("\n"));
        }
    }

    [Fact]
    public async Task A_service_that_is_down_is_502_and_the_tunnel_lives_on()
    {
        var service = new Backend();
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        int port = service.Port;
        await service.DisposeAsync();

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(502, (await tunnel.GetAsync()).Status);
        }

        await tunnel.ToldAsync($"http://127.0.0.1:{port} can't be reached");
    }

    [Fact]
    public async Task Many_requests_at_once_each_get_a_connection_and_spares_are_trimmed_to_what_was_asked_for()
    {
        const int Count = 100;
        await using var service = new HeldService();
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service.Backend, bridge: ", connections: 2")).WithBridgeAsync();
        Task<RawResponse>[] asking = [.. Enumerable.Range(0, Count).Select(_ => tunnel.GetAsync())];
        // All of them are at the service before the first one is answered: none waits for another.
        await service.ArrivedAsync(Count);

        service.Response(Count);
        Assert.All(await Task.WhenAll(asking), a => Assert.Equal(200, a.Status));
    }

    [Fact]
    public async Task A_client_that_reads_nothing_holds_nobody_else_up()
    {
        // More than all buffers on the way hold, so that the service must wait.
        const int Much = 64_000_000;
        long sent = 0;
        await using var service = new Backend(async c =>
        {
            BackendRequest request = await c.ReadRequestAsync();
            if (request.Target == "/slow")
            {
                await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Much}\r\n\r\n");
                string piece = new('x', 64_000);
                for (int i = 0; i < Much / piece.Length; i++)
                {
                    await c.SendAsync(piece);
                    Interlocked.Add(ref sent, piece.Length);
                }
            }

            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service, bridge: ", connections: 1")).WithBridgeAsync();
        using RawClient slow = tunnel.Connect();
        await slow.SendAsync("GET /slow HTTP/1.1\r\nHost: a.test\r\n\r\n");
        await slow.ReadHeadAsync();
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await tunnel.GetAsync("/quick")).Status);
        }

        Assert.True(Interlocked.Read(ref sent) < Much, "the service could send everything although nobody took it");
    }

    [Fact]
    public async Task When_the_client_leaves_the_services_connection_ends()
    {
        var ended = new TaskCompletionSource();
        await using var service = new Backend(async c =>
        {
            await c.ReadRequestAsync();
            try
            {
                await c.Client.ReadToEndAsync();
            }
            finally
            {
                ended.SetResult();
            }
        });
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        using (RawClient client = tunnel.Connect())
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            await Eventually.TrueAsync(() => !service.Requests.IsEmpty, "the request arrives");
            client.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Socket.Dispose();
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
