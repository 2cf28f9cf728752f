using System.Text;
using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http3RawClient;

namespace Confgen.Runtime.Tests.Http3;

/// <summary>Requests over HTTP/3 and their responses.</summary>
public sealed class Http3Tests
{
    [Fact]
    public async Task A_request_passes_and_its_answer_comes_back()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-A: b\r\nConnection: x-c\r\nX-C: d\r\n\r\nok"
        );
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);

        Response response = await client.AskAsync(Request("/a?b", more: [("x-one", "1"), ("cookie", "a=1"), ("cookie", "b=2")]));

        Assert.Equal(
            (200, "ok", "b", null, "2"),
            (response.Status, response.Body, response.Field("x-a"), response.Field("x-c"), response.Field("content-length"))
        );
        Assert.NotNull(response.Field("date"));
        BackendRequest request = backend.Request;
        Assert.Equal("GET /a?b HTTP/1.1", request.Line);
        Assert.Equal(
            ("a.test", "1", "a=1; b=2", "https", null, null),
            (
                request.Field("Host"),
                request.Field("x-one"),
                request.Field("cookie"),
                request.Field("X-Forwarded-Proto"),
                request.Field("Transfer-Encoding"),
                request.Field("Content-Length")
            )
        );
    }

    [Fact]
    public async Task A_head_may_come_in_any_pieces()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        byte[] bytes =
        [
            .. Frame(0x21, [1, 2, 3]),
            .. Request(method: "POST", more: ("content-length", "3")),
            .. Frame(Data, "abc"u8.ToArray()),
        ];
        Http3RawClient client = await ToAsync(proxy);
        for (int i = 1; i < bytes.Length; i++)
        {
            MemoryStreamPair stream = client.Connection.Open();
            await stream.SendAsync(bytes[..i]);
            await Task.Yield();
            await stream.SendAsync(bytes[i..], ends: true);
            Assert.Equal(200, (await ResponseAsync(stream)).Status);
        }

        Assert.All(backend.Requests, r => Assert.Equal("abc", r.Body));
    }

    [Fact]
    public async Task A_head_may_come_byte_by_byte()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        foreach (byte b in Request(method: "POST"))
        {
            await stream.SendAsync([b]);
        }

        await stream.SendAsync(Frame(Data, "abc"u8.ToArray()), ends: true);

        Assert.Equal(200, (await ResponseAsync(stream)).Status);
        Assert.Equal(
            ("chunked", true),
            (backend.Request.Field("Transfer-Encoding"), backend.Request.Body.Contains("abc", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Large_bodies_pass_both_ways()
    {
        string large = string.Concat(Enumerable.Range(0, 300_000).Select(i => $"{i:d8}"));
        await using Backend backend = new(async c =>
        {
            BackendRequest request = await c.ReadRequestAsync();
            await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {request.Body.Length}\r\n\r\n{request.Body}");
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend, "max_body: 10MB");
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        Task<Response> response = ResponseAsync(stream);
        await stream.SendAsync(Request(method: "POST", more: ("content-length", $"{large.Length}")));
        foreach (char[] piece in large.Chunk(10_000))
        {
            await stream.SendAsync(Frame(Data, Encoding.ASCII.GetBytes(piece)));
        }

        await stream.SendAsync([], ends: true);

        Assert.Equal(large, (await response).Body);
    }

    [Fact]
    public async Task Trailers_pass_both_ways()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n"
        );
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);

        Response response = await client.AskAsync([
            .. Request(method: "POST"),
            .. Frame(Data, "abc"u8.ToArray()),
            .. Frame(Headers, Section(("x-end", "2"))),
        ]);

        Assert.Equal("ok", response.Body);
        Assert.Equal(("x-sum", "1"), Assert.Single(response.Trailers));
        Assert.Contains("x-end: 2", backend.Request.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 200, "5")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n", 204, null)]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, "5")]
    public async Task Answers_without_body_have_none(string method, string sent, int status, string? length)
    {
        await using Backend backend = Backend.Answering(sent);
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync(Request(method: method));

        Assert.Equal((status, "", length, null), (response.Status, response.Body, response.Field("content-length"), response.Reset));
    }

    [Fact]
    public async Task Interim_answers_pass()
    {
        var hinted = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadHeadAsync();
            await c.SendAsync("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n");
            hinted.SetResult();
            Assert.Equal("abc", await c.Client.ReadAsync(3));
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        await stream.SendAsync(Request(method: "POST", more: [("content-length", "3"), ("expect", "100-continue")]));
        Task<Response> reading = ResponseAsync(stream);
        await hinted.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await stream.SendAsync(Frame(Data, "abc"u8.ToArray()), ends: true);

        Response response = await reading;

        Assert.Equal(200, response.Status);
        Assert.Equal(new[] { 100, 103 }, response.Interim);
    }

    [Fact]
    public async Task An_answer_that_was_cut_never_looks_whole()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n");
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);

        Response response = await client.AskAsync(Request());

        Assert.Equal(0x102, response.Reset);
        Assert.False(client.Connection.Closed.IsCompleted);
    }

    [Fact]
    public async Task An_answer_before_the_end_of_the_body_asks_for_no_more_of_it()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend, "max_body: 10B");
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        await stream.SendAsync(Request(method: "POST", more: ("content-length", "1000000")));

        Response response = await ResponseAsync(stream);

        Assert.Equal((413, null, 0x100), (response.Status, response.Reset, await stream.WasStopped.WaitAsync(TimeSpan.FromSeconds(20))));
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task A_body_that_turns_out_too_large_is_refused()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend, "max_body: 10B");
        Http3RawClient client = await ToAsync(proxy);

        Response response = await client.AskAsync([.. Request(method: "POST"), .. Frame(Data, new byte[6]), .. Frame(Data, new byte[6])]);

        Assert.Equal(413, response.Status);
    }

    [Fact]
    public async Task A_server_that_goes_in_the_middle_of_a_body_is_502()
    {
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadHeadAsync();
            await c.Client.ReadAsync(3);
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();

        await stream.SendAsync([.. Request(method: "POST", more: ("content-length", "10")), .. Frame(Data, "abc"u8.ToArray())]);
        Response response = await ResponseAsync(stream);

        Assert.Equal((502, null), (response.Status, response.Reset));
    }

    [Fact]
    public async Task A_connection_made_for_another_site_is_misdirected()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - { host: a.test, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{backend.Port}}" }
              - { host: b.test, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{backend.Port}}" }
            """
        );
        Http3RawClient client = await ToAsync(proxy, serverName: "a.test");

        Assert.Equal(421, (await client.AskAsync(Request(authority: "b.test"))).Status);
        Assert.Equal(200, (await client.AskAsync(Request())).Status);
        Assert.Equal(404, (await client.AskAsync(Request(authority: "c.test"))).Status);
    }

    [Theory]
    [InlineData(40_000, 0, 431)]
    [InlineData(0, 40_000, 414)]
    [InlineData(200_000, 0, 431)]
    [InlineData(20_000, 100, 200)]
    public async Task A_head_has_a_limit(int field, int path, int status)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);

        Response response = await client.AskAsync(Request("/" + new string('p', path), more: ("x-a", new string('a', field))));

        Assert.Equal(status, response.Status);
        Assert.Equal(200, (await client.AskAsync(Request())).Status);
    }

    [Fact]
    public async Task A_head_has_a_limit_of_fields()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync(
            Request(more: [.. Enumerable.Range(0, 257).Select(i => ($"x-{i}", "1"))])
        );

        Assert.Equal(431, response.Status);
    }

    [Fact]
    public async Task The_access_log_names_the_protocol()
    {
        string log = Path.GetTempFileName();
        try
        {
            await using Backend backend = new();
            await using (TestProxy proxy = await Http3Proxy.BeforeAsync(backend, site: $"log: {{ output: {log} }}"))
            {
                Assert.Equal(200, (await (await ToAsync(proxy)).AskAsync(Request("/logged"))).Status);
            }

            Assert.Contains("HTTP/3.0", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(log);
        }
    }
}
