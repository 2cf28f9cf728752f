using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Attacks;

/// <summary>
/// Requests of HTTP/1.1 that two readers could take apart at different places. Those that have one reading alone pass as that; the others
/// are refused, and nothing behind them is taken for a request.
/// </summary>
public sealed class SmugglingTests
{
    private const string Next = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    public static TheoryData<string> Ambiguous =>
        [
            // Line ends and blanks.
            "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: y\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: y\rTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\rHost: a\r\r",
            "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\tX: y\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost\t: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX y: 1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX\0: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0001\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\u007f\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n(X): a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\u00e9: a\r\n\r\n",
            // CL.TE, TE.CL, TE.TE.
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n8\r\nSMUGGLED\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1_0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \u0661\r\n\r\n",
        ];

    public static TheoryData<string> BadChunks =>
        [
            "0x5\r\nhello\r\n0\r\n\r\n",
            "+5\r\nhello\r\n0\r\n\r\n",
            "-5\r\nhello\r\n0\r\n\r\n",
            " 5\r\nhello\r\n0\r\n\r\n",
            "5 \r\nhello\r\n0\r\n\r\n",
            "5\nhello\r\n0\r\n\r\n",
            "5\rhello\r\n0\r\n\r\n",
            "5\r\nhello\n0\r\n\r\n",
            "5\r\nhelloX\r\n0\r\n\r\n",
            "5\r\nhello\r\n\r\n0\r\n\r\n",
            "\r\n",
            "5;a\nb\r\nhello\r\n0\r\n\r\n",
            "5;a\rb\r\nhello\r\n0\r\n\r\n",
            "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n",
            "10000000000000000\r\nhello\r\n0\r\n\r\n",
            "ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
            "5\r\nhello\r\n0\r\nX : y\r\n\r\n",
            "5\r\nhello\r\n0\r\n X: y\r\n\r\n",
            "5\r\nhello\r\n0\r\nX: y\n\r\n",
            "5\r\nhello\r\n0\nGET / HTTP/1.1\r\n\r\n",
        ];

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task What_has_two_readings_is_refused(string request)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();
        await client.SendAsync(request + Next);

        Assert.Equal(400, (await client.ReadResponseAsync()).Status);
        Assert.Equal("", await client.ReadToEndAsync());
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [MemberData(nameof(BadChunks))]
    public async Task A_body_whose_end_is_doubtful_makes_no_whole_request(string body)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body + Next);

        Assert.Equal(400, (await client.ReadResponseAsync()).Status);
        Assert.Equal("", await client.ReadToEndAsync());
        Assert.DoesNotContain(backend.Requests, r => r.Target == "/smuggled" || r.Body.EndsWith("0\r\n\r\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET", "Content-Length: 35\r\n\r\n" + Next, Next)]
    [InlineData("HEAD", "Content-Length: 35\r\n\r\n" + Next, Next)]
    [InlineData("OPTIONS", "Content-Length: 35\r\n\r\n" + Next, Next)]
    [InlineData("POST", "transfer-encoding: Chunked\r\n\r\n23\r\n" + Next + "\r\n0\r\n\r\n", "23\r\n" + Next + "\r\n0\r\n\r\n")]
    [InlineData(
        "POST",
        "Transfer-Encoding: \tchunked \r\n\r\n23;ext=1\r\n" + Next + "\r\n0;ext\r\n\r\n",
        "23\r\n" + Next + "\r\n0\r\n\r\n"
    )]
    [InlineData("POST", "Content-Length: 0000000035\r\n\r\n" + Next, Next)]
    public async Task A_request_within_a_body_stays_a_body(string method, string rest, string body)
    {
        Assert.Equal(35, Next.Length);
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();
        await client.SendAsync($"{method} / HTTP/1.1\r\nHost: a\r\n{rest}GET /last HTTP/1.1\r\nHost: a\r\n\r\n");
        await client.ReadResponseAsync(isHead: method == "HEAD");
        await client.ReadResponseAsync();

        Assert.Equal([$"{method} / HTTP/1.1", "GET /last HTTP/1.1"], backend.Requests.Select(r => r.Line));
        Assert.Equal(body, backend.Requests.First().Body);
    }

    [Fact]
    public async Task What_stands_behind_a_body_changes_nothing_that_stands_before_it()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        await proxy.AskAsync(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nContent-Length: 9\r\nTransfer-Encoding: x\r\n"
                + "Host: evil\r\nX-Forwarded-For: 1.2.3.4\r\nAuthorization: evil\r\nCookie: evil\r\nX-Sum: 1\r\n\r\n"
        );

        Assert.Equal("2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n", backend.Request.Body);
        Assert.DoesNotContain("evil", backend.Request.Head, StringComparison.Ordinal);
    }
}
