using System.IO.Compression;
using System.Text;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Files;

public sealed class FileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("confgen-files-").FullName;

    public FileTests()
    {
        Directory.CreateDirectory(Root + "/sub");
        Directory.CreateDirectory(Root + "/bare");
        File.WriteAllText(Root + "/index.html", "home");
        File.WriteAllText(Root + "/sub/index.html", "sub");
        File.WriteAllText(Root + "/a b.txt", "0123456789");
        File.WriteAllText(Root + "/app.js", "plain");
        File.WriteAllText(Root + "/app.js.gz", "packed");
        File.WriteAllText(_folder + "/secret.txt", "secret");
        File.CreateSymbolicLink(Root + "/out.txt", _folder + "/secret.txt");
        File.CreateSymbolicLink(Root + "/in.txt", Root + "/index.html");
        Directory.CreateSymbolicLink(Root + "/up", _folder);
    }

    private string Root => _folder + "/root";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/", 200, "home")]
    [InlineData("/index.html", 200, "home")]
    [InlineData("/sub/", 200, "sub")]
    [InlineData("/a%20b.txt", 200, "0123456789")]
    [InlineData("//a%20b.txt", 200, "0123456789")]
    [InlineData("/in.txt", 200, "home")]
    [InlineData("/none", 404, "")]
    [InlineData("/bare/", 404, "")]
    [InlineData("/index.html/", 404, "")]
    [InlineData("/out.txt", 404, "")]
    [InlineData("/up/secret.txt", 404, "")]
    [InlineData("/../secret.txt", 400, "")]
    [InlineData("/%2e%2e/secret.txt", 400, "")]
    [InlineData("/..%2fsecret.txt", 400, "")]
    [InlineData("/sub/..%5c..%5csecret.txt", 400, "")]
    [InlineData("/a%00.txt", 400, "")]
    public async Task A_file_is_served_and_nothing_outside_the_root(string target, int status, string body)
    {
        await using TestProxy proxy = await StartAsync("");

        RawResponse response = await proxy.GetAsync(target);

        Assert.Equal((status, body), (response.Status, response.Body));
    }

    [Fact]
    public async Task A_directory_without_its_slash_redirects_only_where_it_has_an_index()
    {
        await using TestProxy proxy = await StartAsync("");

        RawResponse response = await proxy.GetAsync("/sub?x");
        Assert.Equal((308, "/sub/?x"), (response.Status, response.Field("Location")));
        Assert.Equal(404, (await proxy.GetAsync("/bare")).Status);
        Assert.Equal("/sub/", (await proxy.GetAsync("//sub")).Field("Location"));
    }

    [Fact]
    public async Task Other_methods_are_405_and_HEAD_has_no_body()
    {
        await using TestProxy proxy = await StartAsync("");

        RawResponse post = await proxy.AskAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
        RawResponse head = await proxy.AskAsync("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal((405, "GET, HEAD"), (post.Status, post.Field("Allow")));
        Assert.Equal((200, "4"), (head.Status, head.Field("Content-Length")));
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=7-", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-2", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=-99", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=8-99", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("bytes=-0", 416, "", "bytes */10")]
    [InlineData("bytes=3-1", 200, "0123456789", null)]
    [InlineData("bytes=0-1,3-4", 200, "0123456789", null)]
    [InlineData("lines=0-1", 200, "0123456789", null)]
    [InlineData("bytes=a-b", 200, "0123456789", null)]
    [InlineData("bytes=99999999999999999999-", 200, "0123456789", null)]
    public async Task Ranges_are_cut_out(string range, int status, string body, string? contentRange)
    {
        await using TestProxy proxy = await StartAsync("");

        RawResponse response = await proxy.GetAsync("/a%20b.txt", fields: $"Range: {range}\r\n");

        Assert.Equal((status, body, contentRange), (response.Status, response.Body, response.Field("Content-Range")));
    }

    [Fact]
    public async Task Conditional_requests_compare_the_validators()
    {
        await using TestProxy proxy = await StartAsync("");
        RawResponse first = await proxy.GetAsync("/a%20b.txt");
        string tag = first.Field("ETag")!;
        string date = first.Field("Last-Modified")!;

        Assert.Equal(304, (await proxy.GetAsync("/a%20b.txt", fields: $"If-None-Match: \"x\", {tag}\r\n")).Status);
        Assert.Equal(304, (await proxy.GetAsync("/a%20b.txt", fields: $"If-Modified-Since: {date}\r\n")).Status);
        Assert.Equal(200, (await proxy.GetAsync("/a%20b.txt", fields: $"If-None-Match: \"x\"\r\nIf-Modified-Since: {date}\r\n")).Status);
        Assert.Equal(412, (await proxy.GetAsync("/a%20b.txt", fields: "If-Match: \"x\"\r\n")).Status);
        Assert.Equal(206, (await proxy.GetAsync("/a%20b.txt", fields: $"If-Range: {tag}\r\nRange: bytes=0-1\r\n")).Status);
        Assert.Equal(200, (await proxy.GetAsync("/a%20b.txt", fields: "If-Range: \"x\"\r\nRange: bytes=0-1\r\n")).Status);
    }

    [Fact]
    public async Task Tried_paths_come_in_their_order_and_compressed_twins_are_taken()
    {
        await using TestProxy proxy = await StartAsync(", try: [\"{path}\", \"/index.html\"], precompressed: [gzip]");

        Assert.Equal("home", (await proxy.GetAsync("/any/where")).Body);
        RawResponse packed = await proxy.GetAsync("/app.js", fields: "Accept-Encoding: br;q=0, gzip\r\n");
        RawResponse plain = await proxy.GetAsync("/app.js", fields: "Accept-Encoding: gzip;q=0\r\n");
        Assert.Equal(("packed", "gzip", "Accept-Encoding"), (packed.Body, packed.Field("Content-Encoding"), packed.Field("Vary")));
        Assert.Equal(("plain", null), (plain.Body, plain.Field("Content-Encoding")));
        Assert.Equal(plain.Field("Content-Type"), packed.Field("Content-Type"));
    }

    [Fact]
    public async Task Answers_are_compressed_where_that_helps_and_streams_are_flushed()
    {
        string text = string.Concat(Enumerable.Repeat("all work and no play ", 200));
        await using Backend backend = new(async c =>
        {
            while (true)
            {
                BackendRequest request = await c.ReadRequestAsync();
                string type =
                    request.Target == "/image" ? "image/png"
                    : request.Target == "/events" ? "text/event-stream"
                    : "application/json";
                string body = request.Target == "/short" ? "short" : text;
                await c.SendAsync(
                    $"HTTP/1.1 200 OK\r\nContent-Type: {type}; charset=utf-8\r\nETag: \"a\"\r\nContent-Length: {body.Length}\r\n\r\n{body}"
                );
            }
        });
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], compress: [br, gzip], routes: [{ path: /, proxy: "http://127.0.0.1:{{backend.Port}}" }] }]
            """
        );

        RawResponse packed = await proxy.GetAsync("/", fields: "Accept-Encoding: gzip\r\n");
        Assert.Equal(
            ("gzip", "Accept-Encoding", "W/\"a\"", true),
            (packed.Field("Content-Encoding"), packed.Field("Vary"), packed.Field("ETag"), packed.IsWhole)
        );
        using var unpacked = new StreamReader(
            new GZipStream(new MemoryStream(Encoding.Latin1.GetBytes(packed.Body)), CompressionMode.Decompress)
        );
        Assert.Equal(text, await unpacked.ReadToEndAsync());
        Assert.Equal("br", (await proxy.GetAsync("/", fields: "Accept-Encoding: gzip, br\r\n")).Field("Content-Encoding"));
        Assert.Equal((text, "Accept-Encoding"), ((await proxy.GetAsync("/")).Body, (await proxy.GetAsync("/")).Field("Vary")));
        foreach (string target in new[] { "/image", "/events", "/short" })
        {
            Assert.Null((await proxy.GetAsync(target, fields: "Accept-Encoding: gzip, br\r\n")).Field("Content-Encoding"));
        }
    }

    private Task<TestProxy> StartAsync(string more) =>
        TestProxy.StartAsync(
            $$"""
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], routes: [{ path: /, files: { root: {{Root}}{{more}} } }] }]
            """
        );
}
