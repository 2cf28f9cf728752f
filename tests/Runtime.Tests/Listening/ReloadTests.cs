using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Listening;

public sealed class ReloadTests
{
    [Fact]
    public async Task Another_spec_takes_over_without_losing_a_request_or_a_connection()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec("one", backend.Port));
        using RawClient kept = proxy.Connect();
        await kept.SendAsync("GET /app HTTP/1.1\r\nHost: a\r\n\r\n");
        await kept.ReadResponseAsync();
        using var ending = new CancellationTokenSource();
        int asked = 0;
        Task asking = Task.Run(async () =>
        {
            while (!ending.IsCancellationRequested)
            {
                Assert.Equal(200, (await proxy.GetAsync("/app")).Status);
                asked++;
            }
        });

        for (int i = 0; i < 20; i++)
        {
            Assert.Empty(await proxy.Server.ServeAsync(Specs.Read(TestProxy.Fill(Spec("v" + i, backend.Port), proxy.Port, proxy.Port2))));
            Assert.Equal("v" + i, (await proxy.GetAsync("/text")).Body);
        }

        await ending.CancelAsync();
        await asking;
        await kept.SendAsync("GET /text HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("v19", (await kept.ReadResponseAsync()).Body);
        Assert.True(asked > 0);
        Assert.InRange(backend.Connections, 1, 3);
    }

    [Fact]
    public async Task A_spec_that_cannot_be_served_changes_nothing()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec("one", backend.Port));

        var failures = await proxy.Server.ServeAsync(
            Specs.Read(Spec("two", backend.Port).Replace("127.0.0.1:PORT", $"127.0.0.1:{backend.Port}"))
        );

        Assert.Single(failures);
        Assert.Equal("one", (await proxy.GetAsync("/text")).Body);
    }

    [Fact]
    public async Task A_port_goes_from_every_address_to_one_and_back()
    {
        await using TestProxy proxy = await TestProxy.StartAsync("""sites: [{ host: _, listen: PORT, respond: every }]""");

        foreach ((string listen, string text) in new[] { ("127.0.0.1:PORT", "one"), ("PORT", "every") })
        {
            Assert.Empty(
                await proxy.Server.ServeAsync(
                    Specs.Read(TestProxy.Fill($"sites: [{{ host: _, listen: '{listen}', respond: {text} }}]", proxy.Port, proxy.Port2))
                )
            );
            Assert.Equal(text, (await proxy.GetAsync("/")).Body);
            Assert.Single(proxy.Server.Addresses);
        }
    }

    [Fact]
    public async Task A_port_that_another_proxy_has_is_not_shared()
    {
        await using TestProxy proxy = await TestProxy.StartAsync("""sites: [{ host: _, listen: ["127.0.0.1:PORT"], respond: first }]""");
        foreach (string listen in new[] { "127.0.0.1:PORT", "PORT" })
        {
            await using var second = new ProxyServer(new ProxyOptions());
            var failures = await second.ServeAsync(
                Specs.Read(TestProxy.Fill($"sites: [{{ host: _, listen: ['{listen}'], respond: second }}]", proxy.Port, proxy.Port2))
            );
            Assert.Contains("another program listens there already", Assert.Single(failures).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_upgraded_connection_lives_on()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await c.SendAsync(await c.Client.ReadAsync(4));
        });
        await using TestProxy proxy = await TestProxy.StartAsync(Spec("one", backend.Port));
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET /app HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        await client.ReadResponseAsync();

        await proxy.Server.ServeAsync(Specs.Read(TestProxy.Fill(Spec("two", backend.Port), proxy.Port, proxy.Port2)));
        await client.SendAsync("ping");

        Assert.Equal("ping", await client.ReadAsync(4));
    }

    [Fact]
    public async Task The_end_waits_for_requests_under_way()
    {
        var wait = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await wait.Task;
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
        });
        await using TestProxy proxy = await TestProxy.StartAsync(Spec("one", backend.Port));
        using RawClient idle = proxy.Connect();
        Task<RawResponse> asking = proxy.GetAsync("/app");
        await Eventually.TrueAsync(() => backend.Requests.Count == 1, "the request is under way");

        Task stopping = proxy.Server.StopAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("", await idle.ReadToEndAsync());
        wait.SetResult();

        RawResponse response = await asking;
        Assert.Equal(("done", "close"), (response.Body, response.Field("Connection")));
        await stopping;
    }

    [Fact]
    public async Task What_cannot_be_served_is_an_error_at_its_place()
    {
        await using var server = new ProxyServer(new ProxyOptions());

        var failures = await server.ServeAsync(
            Specs.Read(
                $$"""
                sites:
                  - { host: _, listen: ["127.0.0.1:{{FreePort.Next()}}"], tls: auto, respond: ok }
                """
            )
        );

        Assert.Equal(2, Assert.Single(failures).At.Line);
    }

    private static string Spec(string text, int backend) =>
        $$"""
            upstreams: { app: { servers: ["http://127.0.0.1:{{backend}}"] } }
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes: [{ path: /text, respond: { body: {{text}} } }, { path: /app, proxy: app }]
            """;
}
