using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Upstreams;

/// <summary>What breaks a connection to a server of HTTP/2, and what that costs: its own requests and no others.</summary>
public sealed class Http2FaultTests
{
    // Frames that end a connection with everything on it; what follows gets a new one.
    [Theory]
    [InlineData("data on stream 0")]
    [InlineData("headers on a stream that never was")]
    [InlineData("continuation alone")]
    [InlineData("broken block")]
    [InlineData("huge frame")]
    [InlineData("push promise")]
    [InlineData("window overflow")]
    [InlineData("window of 0")]
    [InlineData("initial window overflow")]
    [InlineData("initial window too large")]
    [InlineData("frame size too small")]
    [InlineData("half a setting")]
    [InlineData("endless continuation")]
    [InlineData("interrupted block")]
    public async Task A_broken_connection_is_an_error_of_its_requests_alone(string fault)
    {
        await using Http2Backend server = new(async c =>
        {
            int id = (await c.RequestAsync()).Stream;
            if (c.Number > 1)
            {
                await c.HeadAsync(id, 200, ends: true);
                await c.ReadToEndAsync();
                return;
            }

            await (
                fault switch
                {
                    "data on stream 0" => c.SendAsync(Http2RawClient.Data, 0, 0, [1]),
                    "headers on a stream that never was" => c.HeadAsync(id + 2, 200, ends: true),
                    "continuation alone" => c.SendAsync(Http2RawClient.Continuation, 4, id, [0x88]),
                    "broken block" => c.SendAsync(Http2RawClient.Headers, 5, id, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]),
                    "huge frame" => c.SendAsync(Http2RawClient.Data, 0, id, new byte[20_000]),
                    "push promise" => c.SendAsync(5, 4, id, [0, 0, 0, 2, 0x88]),
                    "window overflow" => c.WindowAsync(0, int.MaxValue),
                    "window of 0" => c.WindowAsync(id, 0),
                    "initial window overflow" => OverflowAsync(c, id),
                    "initial window too large" => c.SendAsync(Http2RawClient.Settings, 0, 0, [0, 4, 0x80, 0, 0, 0]),
                    "frame size too small" => c.SendAsync(Http2RawClient.Settings, 0, 0, [0, 5, 0, 0, 0x3F, 0xFF]),
                    "half a setting" => c.SendAsync(Http2RawClient.Settings, 0, 0, [0, 4, 0]),
                    "interrupted block" => InterruptedAsync(c, id),
                    _ => EndlessAsync(c, id),
                }
            );
            await c.ReadToEndAsync();
        });
        await using TestProxy proxy = await server.ProxyAsync();

        Assert.Equal(502, (await proxy.GetAsync("/")).Status);
        Assert.Equal(200, (await proxy.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_server_that_speaks_http_1_1_is_502()
    {
        await using Backend server = Backend.Answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "h2c://127.0.0.1:{{server.Port}}" }]
            """
        );

        Assert.Equal(502, (await proxy.GetAsync("/")).Status);
    }

    private static async Task InterruptedAsync(Http2BackendConnection c, int id)
    {
        await c.SendAsync(Http2RawClient.Headers, 0, id, [0x88]);
        await c.SendAsync(Http2RawClient.Ping, 0, 0, new byte[8]);
    }

    // The stream's window is as large as can be; a larger initial one moves it beyond (RFC 9113, section 6.9.2).
    private static async Task OverflowAsync(Http2BackendConnection c, int id)
    {
        await c.WindowAsync(id, int.MaxValue - 65_535);
        await c.SendAsync(Http2RawClient.Settings, 0, 0, [0, 4, 0, 1, 0, 0]);
    }

    private static async Task EndlessAsync(Http2BackendConnection c, int id)
    {
        await c.SendAsync(Http2RawClient.Headers, 0, id, [0x88]);
        byte[] field = Http2RawClient.Block(("x-a", new string('a', 10_000)));
        for (int i = 0; i < 100; i++)
        {
            await c.SendAsync(Http2RawClient.Continuation, 0, id, field);
        }
    }
}
