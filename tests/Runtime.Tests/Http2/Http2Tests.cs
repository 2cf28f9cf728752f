using System.Net;
using System.Text;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Http2;

public sealed class Http2Tests
{
    [Fact]
    public async Task A_request_over_h2c_reaches_an_HTTP_1_1_backend_and_back()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nX-Foo: bar\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n"
        );
        await using TestProxy proxy = await H2cBeforeAsync(backend);
        using HttpClient client = Client();

        using HttpResponseMessage response = await client.GetAsync(new Uri($"http://127.0.0.1:{proxy.Port}/a%2Fb?c"));

        Assert.Equal(
            (HttpVersion.Version20, "ok", "bar"),
            (response.Version, await response.Content.ReadAsStringAsync(), response.Headers.GetValues("x-foo").Single())
        );
        Assert.Equal("1", response.TrailingHeaders.GetValues("x-sum").Single());
        Assert.Equal("GET /a%2Fb?c HTTP/1.1", backend.Request.Line);
        Assert.Equal($"127.0.0.1:{proxy.Port}", backend.Request.Field("Host"));
        Assert.Equal("127.0.0.1", backend.Request.Field("X-Forwarded-For"));
    }

    [Fact]
    public async Task A_body_streams_up_and_is_limited()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await H2cBeforeAsync(backend, "max_body: 1MB");
        using HttpClient client = Client();
        var uri = new Uri($"http://127.0.0.1:{proxy.Port}/");

        using HttpResponseMessage passed = await client.PostAsync(uri, new ByteArrayContent(new byte[900_000]));
        using HttpResponseMessage refused = await client.PostAsync(uri, new ByteArrayContent(new byte[1_100_000]));

        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        Assert.Equal("900000", backend.Request.Field("Content-Length"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Fact]
    public async Task A_body_that_breaks_off_resets_the_stream()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        });
        await using TestProxy proxy = await H2cBeforeAsync(backend);
        using HttpClient client = Client();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri($"http://127.0.0.1:{proxy.Port}/")));
    }

    [Fact]
    public async Task A_server_that_goes_in_the_middle_of_a_body_is_502()
    {
        await using Backend backend = new(async c => await c.Client.ReadHeadAsync());
        await using TestProxy proxy = await H2cBeforeAsync(backend);
        using Http2RawClient client = await Http2RawClient.ToAsync(proxy.Port);

        await client.SendAsync(Http2RawClient.Headers, Http2RawClient.EndHeaders, 1, Http2RawClient.Request(method: "POST"));

        Assert.Equal(502, await client.StatusAsync(1));
    }

    [Fact]
    public async Task When_the_stream_is_reset_the_upstream_hears_of_it()
    {
        var left = new TaskCompletionSource();
        var got = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            got.SetResult();
            await c.Client.ReadToEndAsync();
            left.SetResult();
        });
        await using TestProxy proxy = await H2cBeforeAsync(backend);
        using HttpClient client = Client();
        using var leaving = new CancellationTokenSource();

        Task asking = client.GetStringAsync(new Uri($"http://127.0.0.1:{proxy.Port}/"), leaving.Token);
        await got.Task;
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("32KiB", "/", 30_000, 200)]
    [InlineData("32KiB", "/", 40_000, 431)]
    [InlineData("32KiB", "/long", 30_000, 200)]
    [InlineData("32KiB", "/long", 40_000, 414)]
    [InlineData("512KiB", "/", 400_000, 200)]
    public async Task The_site_says_how_large_a_head_may_be(string limit, string path, int size, int status)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - { host: _, listen: ["127.0.0.1:PORT"], http2: true, limits: { head: {{limit}} }, proxy: "http://127.0.0.1:{{backend.Port}}" }
            """
        );
        using Http2RawClient client = await Http2RawClient.ToAsync(proxy.Port);
        byte[][] pieces =
        [
            .. (
                path == "/"
                    ? Http2RawClient.Request(more: ("x-long", new string('a', size)))
                    : Http2RawClient.Request(path + new string('a', size))
            ).Chunk(16_000),
        ];
        for (int i = 0; i < pieces.Length; i++)
        {
            int last = i == pieces.Length - 1 ? Http2RawClient.EndHeaders : 0;
            await client.SendAsync(
                i == 0 ? Http2RawClient.Headers : Http2RawClient.Continuation,
                last | (i == 0 ? Http2RawClient.EndStream : 0),
                1,
                pieces[i]
            );
        }

        Assert.Equal(status, await client.StatusAsync(1));
    }

    [Fact]
    public async Task Many_streams_of_one_connection_run_side_by_side()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await H2cBeforeAsync(backend);
        using HttpClient client = Client();

        string[] bodies = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => client.GetStringAsync(new Uri($"http://127.0.0.1:{proxy.Port}/{i}")))
        );

        Assert.All(bodies, b => Assert.Equal("ok", b));
        Assert.Equal(300, backend.Requests.Count);
    }

    [Fact]
    public async Task HTTP_1_1_is_still_spoken_beside_it_and_the_preface_may_come_in_pieces()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await H2cBeforeAsync(backend);
        Assert.Equal("ok", (await proxy.GetAsync("/")).Body);
        Assert.Equal("ok", (await proxy.AskAsync("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")).Body);

        using RawClient client = proxy.Connect();
        await client.TrickleAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        await client.SendAsync("\0\0\0\u0004\0\0\0\0\0");
        string settings = await client.ReadAsync(9);
        Assert.Equal(4, Encoding.Latin1.GetBytes(settings)[3]);
    }

    private static HttpClient Client() =>
        new() { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

    private static Task<TestProxy> H2cBeforeAsync(Backend backend, string route = "") =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                http2: true
                routes:
                  - path: /
                    proxy: http://127.0.0.1:{{backend.Port}}
                    {{route}}
            """
        );
}
