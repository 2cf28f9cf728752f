using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

public sealed class BodyTests
{
    [Fact]
    public async Task A_counted_body_passes_as_it_is()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        string body = new('x', 300_000);

        RawResponse response = await proxy.AskAsync($"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal("ok", response.Body);
        Assert.Equal(body, backend.Request.Body);
        Assert.Equal("300000", backend.Request.Field("Content-Length"));
    }

    [Fact]
    public async Task A_chunked_body_stays_chunked_and_keeps_its_trailers()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        await proxy.AskAsync(
            "POST / HTTP/1.1\r\nHost: a\r\nTrailer: X-T\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nX-T: v\r\n"
                + "Content-Length: 9\r\nX-Forwarded-For: 1.1.1.1\r\n\r\n"
        );

        Assert.Equal("3\r\nabc\r\n0\r\nX-T: v\r\n\r\n", backend.Request.Body);
        Assert.Equal("chunked", backend.Request.Field("Transfer-Encoding"));
        Assert.Null(backend.Request.Field("Content-Length"));
    }

    [Fact]
    public async Task A_body_is_passed_on_before_it_is_whole()
    {
        var first = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadUntilAsync("part");
            first.SetResult();
            await c.Client.ReadUntilAsync("end");
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 7\r\n\r\npart");
        await first.Task;
        await client.SendAsync("end");

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
    }

    [Theory]
    [InlineData("Content-Length: 2\r\n\r\n", "ab")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "2\r\nab\r\n0\r\n\r\n")]
    [InlineData("\r\n", "ab")]
    public async Task The_head_of_an_answer_passes_before_its_body_comes(string framing, string body)
    {
        var seen = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\n" + framing);
            await seen.Task;
            await c.SendAsync(body);
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", await client.ReadHeadAsync(), StringComparison.Ordinal);
        seen.SetResult();

        Assert.Contains("ab", await client.ReadUntilAsync("ab"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_pass_one_by_one()
    {
        var next = new SemaphoreSlim(0);
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 5; i++)
            {
                await next.WaitAsync();
                await c.SendAsync($"9\r\ndata: {i}\n\n\r\n");
            }

            await c.SendAsync("0\r\n\r\n");
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "sse: true");
        using RawClient client = proxy.Connect();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadHeadAsync();
        for (int i = 0; i < 5; i++)
        {
            next.Release();
            await client.ReadUntilAsync($"data: {i}\n\n");
        }

        await client.ReadUntilAsync("0\r\n\r\n");
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 200, "5")]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, null)]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n", 204, null)]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n", 304, null)]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n", 304, "7")]
    public async Task An_answer_without_a_body_leaves_the_connection_usable(string method, string sent, int status, string? length)
    {
        await using Backend backend = Backend.Answering(sent);
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();
        for (int i = 0; i < 3; i++)
        {
            await client.SendAsync(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawResponse response = await client.ReadResponseAsync(isHead: true);
            Assert.Equal(status, response.Status);
            Assert.Equal(length, response.Field("Content-Length"));
        }

        Assert.Equal(1, backend.Connections);
    }

    [Fact]
    public async Task A_body_behind_204_never_reaches_the_client()
    {
        await using Backend backend = Backend.Answering("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello");
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        string all = await client.ReadToEndAsync();

        Assert.Equal(2, all.Split("HTTP/1.1 204").Length - 1);
        Assert.DoesNotContain("hello", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Content-Length", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trailers_of_an_answer_pass_and_never_become_fields()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nab\r\n0\r\nX-Sum: 7\r\nContent-Length: 1\r\n\r\n"
        );
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        RawResponse response = await proxy.GetAsync("/");

        Assert.Equal("ab", response.Body);
        Assert.Equal("X-Sum: 7\r\n", response.Trailers);
        Assert.Null(response.Field("X-Sum"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nhalf", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\nX", false)]
    public async Task A_body_that_breaks_off_never_looks_whole(string sent, bool reset)
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync(sent);
            await Task.Delay(50);
            if (reset)
            {
                c.Reset();
            }
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        RawResponse response = await proxy.GetAsync("/");

        Assert.Equal(200, response.Status);
        Assert.Equal("half", response.Body);
        Assert.False(response.IsWhole);
    }

    [Fact]
    public async Task A_body_that_ends_with_the_connection_is_whole_to_either_version()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.0 200 OK\r\n\r\nhello");
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        RawResponse modern = await proxy.GetAsync("/");
        RawResponse old = await proxy.AskAsync("GET / HTTP/1.0\r\nHost: a\r\n\r\n");

        Assert.Equal(("hello", true, "chunked"), (modern.Body, modern.IsWhole, modern.Field("Transfer-Encoding")));
        Assert.Equal(("hello", null), (old.Body, old.Field("Transfer-Encoding")));
    }

    [Theory]
    [InlineData("Content-Length: 11\r\n\r\n", "01234567890")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "b\r\n01234567890\r\n0\r\n\r\n")]
    public async Task A_body_over_the_limit_is_413_counted_or_chunked(string framing, string body)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "max_body: 10B");

        RawResponse response = await proxy.AskAsync("POST / HTTP/1.1\r\nHost: a\r\n" + framing + body);

        Assert.Equal(413, response.Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task A_slow_client_holds_the_server_back()
    {
        long sent = 0;
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
            string piece = new('x', 100_000);
            while (true)
            {
                await c.SendAsync(piece);
                Interlocked.Add(ref sent, piece.Length);
            }
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadHeadAsync();

        // The sockets' buffers fill, then nothing moves.
        long before = -1;
        await Eventually.TrueAsync(
            () =>
            {
                long now = Interlocked.Read(ref sent);
                bool rests = now == before && now > 0;
                before = now;
                Thread.Sleep(100);
                return rests;
            },
            "the server stops sending"
        );
        Assert.InRange(before, 1, 50_000_000);
    }
}
