using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

public sealed class FaultTests
{
    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-")]
    [InlineData("hello\r\n\r\n")]
    [InlineData("<html></html>")]
    [InlineData("HTTP/1.1\r\n\r\n")]
    [InlineData("HTTP/1.1 20 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 2000 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 099 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 600 OK\r\n\r\n")]
    [InlineData("HTTP/2 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 0\n\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\0b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n")]
    [InlineData("HTTP/1.1 200 O\u0001K\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX : a\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")]
    public async Task A_broken_answer_is_502(string sent)
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync(sent);
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        RawResponse response = await proxy.GetAsync("/");

        Assert.Equal((502, ""), (response.Status, response.Body));
    }

    [Fact]
    public async Task A_head_of_60_KiB_passes_and_an_endless_one_is_502()
    {
        await using Backend large = Backend.Answering($"HTTP/1.1 200 OK\r\nX: {new string('a', 60_000)}\r\nContent-Length: 0\r\n\r\n");
        await using Backend endless = Backend.Answering($"HTTP/1.1 200 OK\r\nX: {new string('a', 400_000)}");
        await using TestProxy first = await TestProxy.BeforeAsync(large);
        await using TestProxy second = await TestProxy.BeforeAsync(endless);

        Assert.Equal(60_000, (await first.GetAsync("/")).Field("X")!.Length);
        Assert.Equal(502, (await second.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Nobody_listening_is_502()
    {
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{FreePort.Next()}}" }]
            """
        );

        Assert.Equal(502, (await proxy.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_is_502_and_never_stops_the_start()
    {
        await using TestProxy proxy = await TestProxy.StartAsync(
            """
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "http://nowhere.invalid:80" }]
            """
        );

        Assert.Equal(502, (await proxy.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_server_that_refuses_the_connection_is_passed_over_with_any_method_and_body(string method)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams: { app: { servers: ["http://127.0.0.1:{{FreePort.Next()}}", "http://127.0.0.1:{{backend.Port}}"], balance: first } }
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """
        );

        RawResponse response = await proxy.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");

        Assert.Equal("ok", response.Body);
        Assert.Equal("body", backend.Request.Body);
    }

    [Theory]
    [InlineData("GET", "", 200)]
    [InlineData("PUT", "Content-Length: 0\r\n", 200)]
    [InlineData("POST", "Content-Length: 0\r\n", 502)]
    [InlineData("PATCH", "Content-Length: 0\r\n", 502)]
    public async Task A_lost_request_is_sent_again_only_where_that_is_safe(string method, string fields, int status)
    {
        await using Backend losing = new(async c => await c.ReadRequestAsync());
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams: { app: { servers: ["http://127.0.0.1:{{losing.Port}}", "http://127.0.0.1:{{backend.Port}}"], balance: first } }
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """
        );

        RawResponse response = await proxy.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\n{fields}\r\n");

        Assert.Equal(status, response.Status);
        Assert.Equal(status == 200 ? 1 : 0, backend.Requests.Count);
    }

    [Fact]
    public async Task A_body_that_was_taken_is_never_sent_again()
    {
        await using Backend losing = new(async c => await c.ReadRequestAsync());
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams: { app: { servers: ["http://127.0.0.1:{{losing.Port}}", "http://127.0.0.1:{{backend.Port}}"], balance: first } }
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """
        );

        RawResponse response = await proxy.AskAsync("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");

        Assert.Equal(502, response.Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task A_server_that_goes_in_the_middle_of_a_body_is_502()
    {
        await using Backend backend = new(async c => await c.Client.ReadHeadAsync());
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");

        Assert.Equal(502, (await client.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task An_answer_in_the_middle_of_a_body_is_replaced_by_its_page()
    {
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadHeadAsync();
            await c.SendAsync("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 3\r\n\r\nraw");
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "errors: { 5xx: { body: sorry }, intercept: [5xx] }");
        using RawClient client = proxy.Connect();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");

        Assert.Equal((500, "sorry"), await client.ReadResponseAsync() is var response ? (response.Status, response.Body) : default);
    }

    [Fact]
    public async Task Silence_is_504()
    {
        await using Backend backend = new(async c => await c.Client.ReadToEndAsync());
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "timeouts: { read: 300ms }");

        Assert.Equal(504, (await proxy.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Silence_before_the_head_has_its_own_limit()
    {
        await using Backend backend = new(async c => await c.Client.ReadToEndAsync());
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams: { app: { servers: ["http://127.0.0.1:{{backend.Port}}"], response_header_timeout: 300ms } }
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """
        );

        Assert.Equal(504, (await proxy.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Silence_in_the_body_breaks_the_answer_off()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "timeouts: { read: 300ms }");

        RawResponse response = await proxy.GetAsync("/");

        Assert.Equal(("half", false), (response.Body, response.IsWhole));
    }

    [Fact]
    public async Task When_the_client_leaves_the_upstream_hears_of_it()
    {
        var got = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            got.SetResult();
            await c.Client.ReadToEndAsync();
            left.SetResult();
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using (RawClient client = proxy.Connect())
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await got.Task;
        }

        await left.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_body_leaves_no_whole_request()
    {
        string? received = null;
        var ended = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            received = await c.Client.ReadToEndAsync();
            ended.SetResult();
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using (RawClient client = proxy.Connect())
        {
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            await Eventually.TrueAsync(() => backend.Connections == 1, "the upstream is asked");
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("\r\n0\r\n", received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_ends_its_side_with_the_request_gets_the_answer()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await Task.Delay(400);
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.EndSending();

        Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
    }
}
