using System.Collections.Concurrent;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.FastCgi;

/// <summary>What a FastCGI server sends, in whatever pieces and however wrong, becomes a response or an error, and nothing else.</summary>
public sealed class FastCgiTests
{
    private const string Head = "Content-Type: text/plain\r\n\r\n";

    public static TheoryData<string, string, int, string> Responses =>
        new()
        {
            { "plain", Out(Head + "hello") + End(), 200, "hello" },
            { "padded", Out(Head + "hello", padding: 7) + Out("", padding: 3) + End(padding: 255), 200, "hello" },
            { "in records of a byte", string.Concat((Head + "hello").Select(c => Out(c.ToString()))) + End(), 200, "hello" },
            { "lines that end in LF", Out("Status: 404 Not Found\nX-A: b\n\nhello") + End(), 404, "hello" },
            { "a status", Out("Status: 418\r\n" + Head + "hello") + End(), 418, "hello" },
            { "a place elsewhere", Out("Location: /there\r\n\r\n") + End(), 302, "" },
            { "errors beside it", Err("a\r\nb\0") + Out(Head + "hel") + Err(new string('x', 60_000)) + Out("lo") + End(), 200, "hello" },
            { "a length", Out("Content-Length: 5\r\n" + Head + "hello") + End(), 200, "hello" },
            { "more than its length", Out("Content-Length: 5\r\n" + Head + "hello and more") + End(), 200, "hello" },
            { "its own framing", Out("Transfer-Encoding: chunked\r\n" + Head + "hello") + End(), 200, "hello" },
        };

    public static TheoryData<string, string> NoResponses =>
        new()
        {
            { "nothing", "" },
            { "HTTP", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" },
            { "another version", Record(6, Head + "hello", version: 2) + End() },
            { "another request", Record(6, Head + "hello", id: 2) + End() },
            { "another kind", Record(11, "hello") + End() },
            { "half a record", Record(6, Head)[..12] },
            { "half a head", Out("Content-Type: text/plain\r\n") },
            { "an end without a head", End() },
            { "an end that is too short", Record(3, "abc") },
            { "a head that ends with the request", Out("Content-Type: text/plain\r\n") + End() },
            { "no fields", Out("\r\nhello") + End() },
            { "no field", Out("hello\r\n\r\n") + End() },
            { "a field with a CR", Out("X: a\rSet-Cookie: b\r\n\r\n") + End() },
            { "a field with a NUL", Out("X: a\0b\r\n\r\n") + End() },
            { "a folded field", Out("X: a\r\n b\r\n\r\n") + End() },
            { "a status of 99", Out("Status: 99\r\n\r\n") + End() },
            { "an interim status", Out("Status: 101 Switching\r\n\r\n") + End() },
            { "a status that is none", Out("Status: OK\r\n\r\n") + End() },
            { "a status with more digits", Out("Status: 2000\r\n\r\n") + End() },
            { "two lengths", Out("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello") + End() },
            { "an endless head", string.Concat(Enumerable.Repeat(Out("X: " + new string('a', 60_000) + "\r\n"), 4)) },
            { "endless fields", string.Concat(Enumerable.Repeat(Out(string.Concat(Enumerable.Repeat("X: a\r\n", 100))), 4)) },
            { "overload", Record(3, "\0\0\0\0\u0002\0\0\0") },
        };

    [Theory]
    [MemberData(nameof(Responses))]
    public async Task A_response_is_passed_on(string what, string sent, int status, string body)
    {
        Assert.NotEmpty(what);
        await using var server = new FastCgiBackend(sent);
        await using TestProxy proxy = await BeforeAsync(server);

        RawResponse response = await proxy.GetAsync("/x?y");

        Assert.Equal(status, response.Status);
        Assert.Equal(body, response.Body);
        Assert.DoesNotContain("Status", response.Head, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NoResponses))]
    public async Task What_is_no_response_is_502(string what, string sent)
    {
        Assert.NotEmpty(what);
        await using var server = new FastCgiBackend(sent);
        await using TestProxy proxy = await BeforeAsync(server);

        RawResponse response = await proxy.AskAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\n\r\nx");

        Assert.Equal(502, response.Status);
        Assert.Equal("", response.Body);
    }

    [Theory]
    [InlineData("its end is missing", false)]
    [InlineData("it is shorter than its length", true)]
    public async Task A_body_that_is_not_whole_never_looks_complete(string what, bool ends)
    {
        Assert.NotEmpty(what);
        await using var server = new FastCgiBackend(Out((ends ? "Content-Length: 10\r\n" : "") + Head + "hello") + (ends ? End() : ""));
        await using TestProxy proxy = await BeforeAsync(server);
        using RawClient client = proxy.Connect();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        string all = await client.ReadToEndAsync();

        Assert.Contains("hello", all, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n0\r\n", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_is_told_each_thing_once_and_no_name_is_taken_for_another()
    {
        await using var server = new FastCgiBackend(Out(Head) + End());
        await using TestProxy proxy = await BeforeAsync(server, "headers: { request: { set: { X-User: known } } }");

        await proxy.GetAsync(
            "/a%2Fb?c=%41",
            fields: "X-User: forged\r\nX_User: forged\r\nProxy: evil\r\nX-A: 1\r\nX-A: 2\r\nX.B: 3\r\nCookie: a=1\r\nCookie: b=2\r\n"
        );

        ILookup<string, string> told = server.Params;
        Assert.All(told, group => Assert.Single(group));
        Assert.Equal(["known"], told["HTTP_X_USER"]);
        Assert.Equal(["1, 2"], told["HTTP_X_A"]);
        Assert.Equal(["a=1; b=2"], told["HTTP_COOKIE"]);
        Assert.Equal(["/a%2Fb?c=%41"], told["REQUEST_URI"]);
        Assert.Equal(["c=%41"], told["QUERY_STRING"]);
        Assert.Equal(["/index.php"], told["SCRIPT_NAME"]);
        Assert.Equal(["/nowhere/at/all/index.php"], told["SCRIPT_FILENAME"]);
        Assert.Empty(told["PATH_INFO"]);
        Assert.Empty(told["HTTP_PROXY"]);
        Assert.Empty(told["HTTP_X.B"]);
    }

    [Theory]
    [InlineData("Content-Length: 5", "hello", 5)]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n", 5)]
    [InlineData("Content-Length: 0", "", 0)]
    public async Task The_length_of_a_body_is_known_before_it(string framing, string body, int length)
    {
        await using var server = new FastCgiBackend(Out(Head) + End());
        await using TestProxy proxy = await BeforeAsync(server);

        await proxy.AskAsync($"POST / HTTP/1.1\r\nHost: a.test\r\n{framing}\r\n\r\n{body}");

        Assert.Equal([length.ToString()], server.Params["CONTENT_LENGTH"]);
        Assert.Equal(length, server.Input.Length);
    }

    [Fact]
    public async Task A_long_body_without_a_length_goes_through_a_file()
    {
        await using var server = new FastCgiBackend(Out(Head) + End());
        await using TestProxy proxy = await BeforeAsync(server);
        string chunk = new('x', 0x10000);

        await proxy.AskAsync(
            "POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n"
                + string.Concat(Enumerable.Repeat($"10000\r\n{chunk}\r\n", 20))
                + "0\r\n\r\n"
        );

        Assert.Equal(["1310720"], server.Params["CONTENT_LENGTH"]);
        Assert.Equal(1310720, server.Input.Length);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "confgen-body-*"));
    }

    [Fact]
    public async Task What_a_server_says_of_errors_is_told_on_one_line()
    {
        var notices = new ConcurrentQueue<string>();
        await using var server = new FastCgiBackend(Err("PHP message: a\nforged line") + Out(Head) + End());
        await using TestProxy proxy = await BeforeAsync(server, options: new ProxyOptions { Notice = notices.Enqueue });

        await proxy.GetAsync("/");

        await Eventually.TrueAsync(
            () => notices.Any(n => n.Contains("PHP message: a forged line", StringComparison.Ordinal)),
            "it is told"
        );
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_request()
    {
        await using var server = new FastCgiBackend(null);
        await using TestProxy proxy = await BeforeAsync(server);
        using (RawClient client = proxy.Connect())
        {
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            await Eventually.TrueAsync(() => server.HasRequest, "the request is there");
        }

        await Eventually.TrueAsync(() => server.HasEnded, "its connection is ended");
    }

    private static Task<TestProxy> BeforeAsync(FastCgiBackend server, string route = "", ProxyOptions? options = null) =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - path: /
                    fastcgi: { server: "127.0.0.1:{{server.Port}}", root: /nowhere/at/all }
                    {{route}}
            """,
            options
        );

    private static string Out(string content, int padding = 0) => Record(6, content, padding: padding);

    private static string Err(string content) => Record(7, content);

    private static string End(int padding = 0) => Record(3, new string('\0', 8), padding: padding);

    private static string Record(int type, string content, int version = 1, int id = 1, int padding = 0) =>
        new string([
            (char)version,
            (char)type,
            (char)(id >> 8),
            (char)(id & 255),
            (char)(content.Length >> 8),
            (char)(content.Length & 255),
            (char)padding,
            '\0',
        ])
        + content
        + new string('p', padding);
}
