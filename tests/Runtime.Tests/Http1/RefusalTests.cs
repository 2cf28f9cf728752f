using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Http1;

/// <summary>What the contract refuses on every route, before any upstream hears of it.</summary>
public sealed class RefusalTests
{
    public static TheoryData<string, int> Refused =>
        new()
        {
            // The first line.
            { "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", 400 },
            { " GET / HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /\r\nHost: a\r\n\r\n", 400 },
            { "GET\r\nHost: a\r\n\r\n", 400 },
            { "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505 },
            { "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505 },
            { "GET / http/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET / HTTP/1.10\r\nHost: a\r\n\r\n", 400 },
            { "GET / HTTP/1.1\nHost: a\n\n", 400 },
            // The target.
            { "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405 },
            { "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a\rb HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a\u0001b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a\u007fb HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET http://u@a/x HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a% HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a%4 HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /.. HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a/%2e%2E/b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a%2f..%2Fb HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a\\..\\b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            { "GET /a%5c..%5Cb HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
            // The host.
            { "GET / HTTP/1.1\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: a:x\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400 },
            { "GET / HTTP/1.1\r\nHost: [zz]\r\n\r\n", 400 },
            { "GET http://a/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
            // Where the body ends.
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcd", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\nabcd", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +4\r\n\r\nabcd", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -4\r\n\r\nabcd", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x4\r\n\r\nabcd", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4 \t4\r\n\r\nabcd", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551620\r\n\r\nabcd", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\u000b\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding\0: chunked\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nX: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n", 400 },
            { "POST / HTTP/1.1\r\nHost: a\r\nExpect: something\r\nContent-Length: 1\r\n\r\n", 417 },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_request_that_could_be_read_in_two_ways_is_refused_and_its_connection_closed(string request, int status)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        // Whatever stands behind must not be taken for a request.
        await client.SendAsync(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n");
        RawResponse response = await client.ReadResponseAsync();

        Assert.Equal(status, response.Status);
        Assert.Equal("close", response.Field("Connection"));
        Assert.Equal("", await client.ReadToEndAsync());
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task The_refusal_is_the_same_when_the_bytes_come_one_by_one()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        foreach ((string request, int status) in Refused.Select(r => r.Data).Where((_, i) => i % 4 == 0))
        {
            using RawClient client = proxy.Connect();
            await Task.WhenAny(
                client.TrickleAsync(request),
                client.ReadResponseAsync().ContinueWith(a => Assert.Equal(status, a.Result.Status), TaskScheduler.Default)
            );
        }

        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task A_head_over_the_limit_is_refused_by_what_is_too_long()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        Assert.Equal(414, (await proxy.GetAsync("/" + new string('a', 40_000))).Status);
        Assert.Equal(431, (await proxy.GetAsync("/", fields: "X: " + new string('a', 40_000) + "\r\n")).Status);
        Assert.Equal(200, (await proxy.GetAsync("/", fields: "X: " + new string('a', 30_000) + "\r\n")).Status);
    }

    [Fact]
    public async Task A_malformed_chunk_is_refused_and_the_upstream_never_sees_a_whole_request()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        RawResponse response = await proxy.AskAsync(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n3\nabc\r\n0\r\n\r\n"
        );

        Assert.Equal(400, response.Status);
        Assert.Empty(backend.Requests);
    }
}
