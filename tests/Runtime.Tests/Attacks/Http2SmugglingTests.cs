using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http2RawClient;

namespace Confgen.Runtime.Tests.Attacks;

/// <summary>Heads of HTTP/2 that would mean something else in HTTP/1.1, where line ends and lengths are bytes among others.</summary>
public sealed class Http2SmugglingTests
{
    public static TheoryData<string, string> Fields =>
        new()
        {
            { "transfer-encoding", "chunked" },
            { "connection", "keep-alive" },
            { "connection", "x-forwarded-for" },
            { "upgrade", "websocket" },
            { "keep-alive", "1" },
            { "proxy-connection", "keep-alive" },
            { "http2-settings", "AAMAAABkAARAAAAAAAIAAAAA" },
            { "te", "gzip" },
            { "x-a", "b\r\nX-Evil: 1" },
            { "x-a", "b\nX-Evil: 1" },
            { "x-a", "b\0c" },
            { "x-a\r\nx-evil", "1" },
            { "x-a: 1\r\nx-evil", "1" },
            { "x-a", " 1" },
            { "x-a", "1\t" },
            { "x-a", " " },
            { "x a", "1" },
            { "X-Upper", "1" },
            { "", "1" },
            { ":evil", "1" },
            { ":path", "/other" },
            { ":method", "POST" },
            { "content-length", "+5" },
            { "content-length", "5, 5" },
            { "content-length", "" },
            { "content-length", "99999999999999999999" },
            { "host", "evil.test" },
        };

    public static TheoryData<string, string, string> FirstLines =>
        new()
        {
            { "/ HTTP/1.1\r\nX-Evil: 1\r\n\r\n", "GET", "a.test" },
            { "/a b", "GET", "a.test" },
            { "/a\0", "GET", "a.test" },
            { "/a#b", "GET", "a.test" },
            { "a", "GET", "a.test" },
            { "*", "OPTIONS", "a.test" },
            { "", "GET", "a.test" },
            { "http://evil.test/", "GET", "a.test" },
            { "/../x", "GET", "a.test" },
            { "/", "GET / HTTP/1.1\r\nX-Evil: 1\r\n\r\nGET", "a.test" },
            { "/", "G T", "a.test" },
            { "/", "", "a.test" },
            { "/", "GET", "a.test\r\nX-Evil: 1" },
            { "/", "GET", "a.test, b.test" },
            { "/", "GET", "u@a.test" },
            { "/", "GET", "a.test:99999" },
            { "/", "GET", "a.test/x" },
            { "/", "GET", "" },
            { "/", "CONNECT", "a.test:443" },
        };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_field_that_could_change_the_request_s_meaning_refuses_it(string name, string value)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders | EndStream, 1, Request(more: (name, value)));

        int status = await client.StatusAsync(1);
        Assert.True(status is 0 or 400 || (name == "host" && backend.Request.All("Host") is ["a.test"]), $"{status}");
        Assert.True(name == "host" || backend.Requests.IsEmpty, backend.Requests.FirstOrDefault()?.Head);
    }

    [Theory]
    [MemberData(nameof(FirstLines))]
    public async Task A_first_line_that_could_hold_another_request_refuses_it(string path, string method, string authority)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders | EndStream, 1, Request(path, method, authority));

        Assert.Contains(await client.StatusAsync(1), new[] { 0, 400 });
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("5", "abc")]
    [InlineData("2", "abcGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("0", "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")]
    public async Task A_length_that_is_not_the_body_s_never_makes_a_whole_request(string length, string body)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders, 1, Request(method: "POST", more: ("content-length", length)));
        await client.SendAsync(Data, EndStream, 1, System.Text.Encoding.ASCII.GetBytes(body));

        Assert.NotEqual(200, await client.StatusAsync(1));
        Assert.DoesNotContain(backend.Requests, r => r.Head.Contains("smuggled", StringComparison.Ordinal) || r.Body.Length > 0);
    }

    public static TheoryData<string, string> TrailerFields =>
        new()
        {
            { "x-a", "b\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a" },
            { "x-a", "b\nX-Evil: 1" },
            { "x-a", "b\rX-Evil: 1" },
            { "x-a", "b\0c" },
            { "x-a", " 1" },
            { "x-a\r\nx-evil", "1" },
            { "x-a: 1\r\nx-evil", "1" },
            { "x a", "1" },
            { "", "1" },
            { ":path", "/smuggled" },
            { "X-Upper", "1" },
            { "transfer-encoding", "chunked" },
            { "connection", "close" },
        };

    [Theory]
    [MemberData(nameof(TrailerFields))]
    public async Task A_trailer_that_could_be_another_request_refuses_this_one(string name, string value)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders, 1, Request(method: "POST"));
        await client.SendAsync(Data, 0, 1, "abc"u8.ToArray());
        await client.SendAsync(Headers, EndHeaders | EndStream, 1, Block((name, value)));

        Assert.Contains(await client.StatusAsync(1), new[] { 0, 400 });
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("transfer_encoding", "chunked")]
    [InlineData("content_length", "5")]
    [InlineData("keep_alive", "1")]
    public async Task What_looks_like_a_field_of_framing_never_reaches_the_upstream(string name, string value)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders, 1, Request(method: "POST", more: (name, value)));
        await client.SendAsync(Data, 0, 1, "abc"u8.ToArray());
        await client.SendAsync(Headers, EndHeaders | EndStream, 1, Block((name, value), ("x-a", "1")));

        Assert.Equal(200, await client.StatusAsync(1));
        Assert.DoesNotContain(name, backend.Request.Head + backend.Request.Body, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith("0\r\nx-a: 1\r\n\r\n", backend.Request.Body, StringComparison.Ordinal);
    }

    private static Task<TestProxy> PlainAsync(Backend backend) =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                http2: true
                proxy: http://127.0.0.1:{{backend.Port}}
            """
        );
}
