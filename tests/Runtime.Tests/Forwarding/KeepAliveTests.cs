using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

public sealed class KeepAliveTests
{
    [Fact]
    public async Task Connections_are_used_again_on_both_sides()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();
        for (int i = 0; i < 5; i++)
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
        }

        Assert.Equal((1, 5), (backend.Connections, backend.Requests.Count));
    }

    // Who has seen a response's end may ask again at once, by any connection.
    [Theory]
    [InlineData("Content-Length: {0}\r\n\r\n{2}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n{1}\r\n{2}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n{1}\r\n{2}\r\n0\r\nX-Trailer: {0}\r\n\r\n")]
    public async Task A_connection_is_there_for_the_next_request_when_the_client_sees_the_end_of_an_answer(string form)
    {
        const int Requests = 400;
        await using Backend backend = new(async c =>
        {
            while (true)
            {
                int number = int.Parse((await c.ReadRequestAsync()).Target[1..]);
                string body = Body(number);
                await c.SendAsync("HTTP/1.1 200 OK\r\n" + string.Format(form, body.Length, body.Length.ToString("x"), body));
            }
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        RawClient[] clients = [.. Enumerable.Range(0, 20).Select(_ => proxy.Connect())];
        for (int i = 0; i < Requests; i++)
        {
            RawClient client = clients[i % clients.Length];
            await client.SendAsync($"GET /{i} HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.Equal(Body(i), (await client.ReadResponseAsync()).Body);
        }

        Assert.Equal((1, Requests), (backend.Connections, backend.Requests.Count));
        Array.ForEach(clients, c => c.Dispose());

        // Small ones are sent together with the head, large ones by themselves.
        static string Body(int number) => string.Concat(Enumerable.Repeat(number.ToString() + ' ', number % 2 == 0 ? 1 : 4000));
    }

    [Fact]
    public async Task Requests_sent_at_once_are_answered_in_their_order()
    {
        await using Backend backend = new(async c =>
        {
            while (true)
            {
                BackendRequest request = await c.ReadRequestAsync();
                await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {request.Target.Length}\r\n\r\n{request.Target}");
            }
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync(string.Concat(Enumerable.Range(0, 20).Select(i => $"GET /{i} HTTP/1.1\r\nHost: a\r\n\r\n")));

        for (int i = 0; i < 20; i++)
        {
            Assert.Equal($"/{i}", (await client.ReadResponseAsync()).Body);
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Close\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n")]
    public async Task A_client_that_asks_for_the_end_gets_it(string request)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync(request);
        string all = await client.ReadToEndAsync();

        Assert.Contains("Connection: close\r\n", all, StringComparison.Ordinal);
        Assert.EndsWith("ok", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_connection_that_the_server_closed_meanwhile_is_not_used(string method)
    {
        var close = new SemaphoreSlim(0);
        var closed = new SemaphoreSlim(0);
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await close.WaitAsync();
            c.Client.Dispose();
            closed.Release();
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("ok", (await proxy.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")).Body);
            close.Release();
            await closed.WaitAsync();
        }

        Assert.Equal(3, backend.Connections);
    }

    [Fact]
    public async Task A_get_on_a_connection_that_closes_under_it_is_sent_again()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await c.ReadRequestAsync();
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("ok", (await proxy.GetAsync("/")).Body);
        }

        Assert.Equal(3, backend.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokgarbage")]
    [InlineData(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    )]
    public async Task What_a_server_says_unasked_goes_to_nobody(string sent)
    {
        await using Backend backend = Backend.Answering(sent);
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("ok", (await proxy.GetAsync("/")).Body);
        }

        Assert.Equal(3, backend.Connections);
    }

    [Fact]
    public async Task An_unread_small_body_is_read_over_and_a_large_one_ends_the_connection()
    {
        await using TestProxy proxy = await TestProxy.StartAsync(
            """
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes: [{ path: /, respond: { status: 200, body: here } }]
            """
        );
        using RawClient client = proxy.Connect();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbodyGET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal("here", (await client.ReadResponseAsync()).Body);
        Assert.Equal("here", (await client.ReadResponseAsync()).Body);

        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\n{new string('x', 100_000)}");
        Assert.Equal("here", (await client.ReadResponseAsync()).Body);
        await client.ReadToEndAsync();
        Assert.True(client.HasEnded);
    }
}
