using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

public sealed class InterimTests
{
    [Fact]
    public async Task The_upstream_decides_about_100_continue()
    {
        await using Backend backend = new(async c =>
        {
            string head = await c.Client.ReadHeadAsync();
            Assert.Contains("Expect: 100-continue\r\n", head, StringComparison.Ordinal);
            await c.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
            await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{await c.Client.ReadAsync(4)}");
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        await client.SendAsync("body");

        Assert.Equal("body", (await client.ReadResponseAsync()).Body);
    }

    [Fact]
    public async Task No_100_is_made_up_where_the_upstream_refuses()
    {
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadHeadAsync();
            await c.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 403 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task Early_hints_pass_to_HTTP_1_1_and_not_to_1_0()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        );
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient modern = proxy.Connect();
        using RawClient old = proxy.Connect();

        await modern.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await old.SendAsync("GET / HTTP/1.0\r\nHost: a\r\n\r\n");

        Assert.Equal("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", await modern.ReadHeadAsync());
        Assert.StartsWith("HTTP/1.1 200", await modern.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await old.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_while_the_client_still_sends_passes_at_once()
    {
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadHeadAsync();
            await c.SendAsync("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nfirst");
        RawResponse response = await client.ReadResponseAsync();

        Assert.Equal((403, "no"), (response.Status, response.Body));
    }
}
