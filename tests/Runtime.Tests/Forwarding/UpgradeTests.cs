using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

public sealed class UpgradeTests
{
    private const string Ask =
        "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Key: x\r\n"
        + "Sec-WebSocket-Version: 13\r\n\r\n";
    private const string Yes =
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: y\r\n\r\n";

    [Fact]
    public async Task Bytes_pass_both_ways_and_each_end_is_passed_on()
    {
        await using Backend backend = new(async c =>
        {
            BackendRequest request = await c.ReadRequestAsync();
            Assert.Equal(
                ("Upgrade", "websocket", "x"),
                (request.Field("Connection"), request.Field("Upgrade"), request.Field("Sec-WebSocket-Key"))
            );
            await c.SendAsync(Yes + "hello");
            Assert.Equal("ping", await c.Client.ReadAsync(4));
            await c.SendAsync("pong");
            Assert.Equal("", await c.Client.ReadToEndAsync());
            await c.SendAsync("bye");
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync(Ask);
        RawResponse response = await client.ReadResponseAsync();
        Assert.Equal(
            (101, "Upgrade", "websocket", "y"),
            (response.Status, response.Field("Connection"), response.Field("Upgrade"), response.Field("Sec-WebSocket-Accept"))
        );
        Assert.Equal("hello", await client.ReadAsync(5));
        await client.SendAsync("ping");
        Assert.Equal("pong", await client.ReadAsync(4));
        client.EndSending();

        Assert.Equal("bye", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_refused_upgrade_is_an_ordinary_answer_and_no_tunnel()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nno"
        );
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync(Ask + "GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal(426, (await client.ReadResponseAsync()).Status);
        Assert.Equal(426, (await client.ReadResponseAsync()).Status);

        Assert.Equal(["/ws", "/second"], backend.Requests.Select(r => r.Target));
    }

    [Theory]
    [InlineData("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket, h2c\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: websocket\r\nUpgrade: h2c\r\n")]
    [InlineData("Upgrade: websocket\r\n")]
    public async Task No_other_upgrade_passes(string fields)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        Assert.Equal("ok", (await proxy.GetAsync("/", fields: fields)).Body);

        Assert.Empty(backend.Request.All("Upgrade"));
        Assert.Empty(backend.Request.All("Connection"));
        Assert.Empty(backend.Request.All("HTTP2-Settings"));
    }

    [Fact]
    public async Task Where_the_route_forbids_it_the_request_goes_on_without()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "websocket: false");

        Assert.Equal("ok", (await proxy.AskAsync(Ask)).Body);

        Assert.Empty(backend.Request.All("Upgrade"));
    }

    [Fact]
    public async Task An_idle_upgraded_connection_ends_with_the_route_s_read_timeout()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync(Yes);
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "timeouts: { read: 300ms }");
        using RawClient client = proxy.Connect();
        await client.SendAsync(Ask);
        await client.ReadResponseAsync();

        Assert.Equal("", await client.ReadToEndAsync());
    }
}
