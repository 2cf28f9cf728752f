using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http2RawClient;

namespace Confgen.Runtime.Tests.Http2;

/// <summary>
/// A client of HTTP/2 that asks before it sends its body (RFC 9110, section 10.1.1): the server decides, as over HTTP/1.1.
/// </summary>
public sealed class ExpectationTests
{
    [Fact]
    public async Task The_client_goes_on_when_the_server_says_so()
    {
        await using Backend backend = new(async c =>
        {
            string head = await c.Client.ReadHeadAsync();
            Assert.Contains("Expect: 100-continue\r\n", head, StringComparison.Ordinal);
            await c.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
            Assert.Equal("body", await c.Client.ReadAsync(4));
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);
        await AskAsync(client);

        Assert.Equal(100, StatusOf((await client.NextAsync(Headers, Reset))!.Payload));
        await client.SendAsync(Data, EndStream, 1, "body"u8.ToArray());
        Assert.Equal(200, await client.StatusAsync(1));
    }

    [Fact]
    public async Task No_100_is_made_up_where_the_server_refuses()
    {
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadHeadAsync();
            await c.SendAsync("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);
        await AskAsync(client);

        Assert.Equal(401, await client.StatusAsync(1));
    }

    [Fact]
    public async Task A_server_that_says_nothing_gets_the_body_all_the_same()
    {
        await using Backend backend = new();
        var time = new ManualTime();
        await using TestProxy proxy = await PlainAsync(backend, time);
        using Http2RawClient client = await ToAsync(proxy.Port);
        await AskAsync(client);
        await client.SendAsync(Data, EndStream, 1, "body"u8.ToArray());
        await Eventually.TrueAsync(() => backend.Connections == 1, "the request is under way");
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(300));
                return !backend.Requests.IsEmpty;
            },
            "the server has the body"
        );

        Assert.Equal("body", backend.Request.Body);
    }

    [Fact]
    public async Task What_nobody_can_fulfil_is_refused()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders, 1, Request(method: "POST", more: ("expect", "something")));

        Assert.Equal(417, await client.StatusAsync(1));
    }

    private static ValueTask AskAsync(Http2RawClient client) =>
        client.SendAsync(Headers, EndHeaders, 1, Request(method: "POST", more: [("content-length", "4"), ("expect", "100-continue")]));

    private static Task<TestProxy> PlainAsync(Backend backend, TimeProvider? time = null) =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                http2: true
                proxy: http://127.0.0.1:{{backend.Port}}
            """,
            new ProxyOptions { Time = time ?? TimeProvider.System }
        );
}
