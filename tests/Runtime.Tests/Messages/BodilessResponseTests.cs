using System.IO.Compression;
using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http2RawClient;

namespace Confgen.Runtime.Tests.Messages;

/// <summary>
/// Responses to HEAD, and those of 204 and 304, have no body whatever they come from; the next response on the connection is its own.
/// </summary>
public sealed class BodilessResponseTests
{
    private const string Page = "<p>a page that is long enough to be told from nothing</p>";

    public static TheoryData<string, string, int> Sources =>
        new()
        {
            { "HEAD", "/respond", 200 },
            { "HEAD", "/redirect", 308 },
            { "HEAD", "/file/", 200 },
            { "HEAD", "/file/none", 404 },
            { "HEAD", "/error", 502 },
            { "HEAD", "/error-page", 503 },
            { "HEAD", "/intercepted", 500 },
            { "HEAD", "/guarded", 401 },
            { "HEAD", "/auth", 403 },
            { "HEAD", "/auth-until-close", 403 },
            { "HEAD", "/none", 404 },
            { "HEAD", "/..", 400 },
            { "GET", "/respond-204", 204 },
            { "GET", "/respond-205", 205 },
            { "GET", "/upstream-204", 204 },
            { "GET", "/upstream-304", 304 },
            { "GET", "/auth-304", 304 },
        };

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Over_HTTP_1(string method, string target, int status)
    {
        await using Backend backend = BackendOf();
        await using TestProxy proxy = await StartAsync(backend);
        using RawClient client = proxy.Connect();
        await client.SendAsync($"{method} {target} HTTP/1.1\r\nHost: a.test\r\n\r\n");
        string head = await client.ReadHeadAsync();

        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Contains("\r\nDate: ", head, StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer-Encoding", head, StringComparison.OrdinalIgnoreCase);
        Assert.False(status == 204 && head.Contains("Content-Length", StringComparison.OrdinalIgnoreCase), head);
        if (!head.Contains("Connection: close", StringComparison.Ordinal))
        {
            await client.SendAsync("GET /respond HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
        }

        string rest = await client.ReadToEndAsync();
        Assert.True(
            rest.Length == 0
                || (
                    rest.StartsWith("HTTP/1.1 200 OK\r\n", StringComparison.Ordinal)
                    && rest.EndsWith("\r\n\r\n" + Page, StringComparison.Ordinal)
                ),
            rest
        );
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Over_HTTP_2(string method, string target, int status)
    {
        await using Backend backend = BackendOf();
        await using TestProxy proxy = await StartAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders | EndStream, 1, Request(target, method));

        Frame? head = await client.NextAsync(Headers, Reset);
        Assert.Equal((Headers, status), (head!.Type, StatusOf(head.Payload)));
        while ((head.Flags & EndStream) == 0)
        {
            head = await client.NextAsync(Headers, Data, Reset);
            Assert.Equal((Data, 0), (head!.Type, head.Payload.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Over_HTTP_3(string method, string target, int status)
    {
        await using Backend backend = BackendOf();
        await using TestProxy proxy = await StartAsync(backend);

        Http3RawClient.Response response = await (await Http3RawClient.ToAsync(proxy)).AskAsync(Http3RawClient.Request(target, method));

        Assert.Equal((status, ""), (response.Status, response.Body));
        Assert.NotNull(response.Field("date"));
        Assert.True(status != 204 || response.Field("content-length") is null);
    }

    [Theory]
    [InlineData("/file.txt", null)]
    [InlineData("/counted", null)]
    [InlineData("/chunked", null)]
    [InlineData("/respond", null)]
    [InlineData("/no-transform", "identity")]
    public async Task HEAD_of_a_compressible_response_says_what_GET_would(string target, string? coding)
    {
        string text = new('t', 4000);
        string folder = Directory.CreateTempSubdirectory("confgen-head-").FullName;
        await File.WriteAllTextAsync(folder + "/file.txt", text);
        await using var backend = new Backend(async c =>
        {
            while (true)
            {
                BackendRequest request = await c.ReadRequestAsync();
                string framing = request.Target == "/chunked" ? "Transfer-Encoding: chunked" : $"Content-Length: {text.Length}";
                string body =
                    request.Line.StartsWith("HEAD", StringComparison.Ordinal) ? ""
                    : request.Target == "/chunked" ? $"{text.Length:x}\r\n{text}\r\n0\r\n\r\n"
                    : text;
                string control = request.Target == "/no-transform" ? "Cache-Control: public, No-Transform\r\n" : "";
                await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nETag: \"a\"\r\n{control}{framing}\r\n\r\n{body}");
            }
        });
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                compress: [gzip]
                routes:
                  - { exact: /file.txt, files: {{folder}} }
                  - { exact: /respond, respond: { body: "{{text}}", content_type: text/plain } }
                  - { path: /, proxy: "http://127.0.0.1:{{backend.Port}}" }
            """
        );

        RawResponse get = await proxy.GetAsync(target, fields: "Accept-Encoding: gzip\r\n");
        RawResponse head = await proxy.AskAsync($"HEAD {target} HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n");

        Assert.Equal(coding is null ? "gzip" : null, get.Field("Content-Encoding"));
        foreach (string name in new[] { "Content-Encoding", "Vary", "ETag", "Content-Type", "Content-Length", "Accept-Ranges" })
        {
            Assert.Equal(get.Field(name), head.Field(name));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_compressed_stream_passes_piece_by_piece()
    {
        var next = new SemaphoreSlim(0);
        await using var backend = new Backend(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
            for (int i = 0; i < 3; i++)
            {
                await c.SendAsync($"piece {i}\n");
                await next.WaitAsync();
            }
        });
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], compress: [gzip], proxy: "http://127.0.0.1:{{backend.Port}}" }]
            """
        );
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET / HTTP/1.0\r\nHost: a.test\r\nAccept-Encoding: gzip\r\n\r\n");
        for (string head = ""; !head.EndsWith("\r\n\r\n", StringComparison.Ordinal); )
        {
            head += (char)client.Stream.ReadByte();
        }

        // HTTP/1.0 has no chunks: what follows are the bytes of gzip alone.
        using var text = new StreamReader(new GZipStream(client.Stream, CompressionMode.Decompress));
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal($"piece {i}", await text.ReadLineAsync());
            next.Release();
        }
    }

    private static Backend BackendOf() =>
        new(async c =>
        {
            while (true)
            {
                BackendRequest request = await c.ReadRequestAsync();
                string answer = request.Target switch
                {
                    "/intercepted" => "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\n",
                    "/verify" => "HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\ndenied",
                    "/verify-until-close" => "HTTP/1.1 403 Forbidden\r\n\r\ndenied",
                    "/verify-304" => "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
                    "/upstream-204" => "HTTP/1.1 204 No Content\r\n\r\n",
                    "/upstream-304" => "HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n",
                    _ => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                };
                await c.SendAsync(answer);
                if (request.Target == "/verify-until-close")
                {
                    return;
                }
            }
        });

    private static Task<TestProxy> StartAsync(Backend backend)
    {
        string folder = Directory.CreateTempSubdirectory("confgen-head-").FullName;
        Directory.CreateDirectory(folder + "/file");
        File.WriteAllText(folder + "/file/index.html", Page);
        string upstream = $"http://127.0.0.1:{backend.Port}";
        return TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                http2: true
                routes:
                  - { exact: /respond, respond: { body: "{{Page}}", content_type: text/html } }
                  - { exact: /respond-204, respond: { status: 204 } }
                  - { exact: /respond-205, respond: { status: 205 } }
                  - { exact: /redirect, redirect: /respond }
                  - { path: /file, files: {{folder}} }
                  - { exact: /error, proxy: "http://127.0.0.1:{{FreePort.Next()}}" }
                  - { exact: /error-page, proxy: "http://127.0.0.1:{{FreePort.Next()}}", errors: { 502: { body: "{{Page}}", status: 503 } } }
                  - { exact: /intercepted, proxy: "{{upstream}}", errors: { intercept: [500], 500: { body: "{{Page}}" } } }
                  - { exact: /guarded, proxy: "{{upstream}}", basic_auth: { users: { u: "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW" } }, errors: { 401: { body: "{{Page}}" } } }
                  - { exact: /auth, proxy: "{{upstream}}", forward_auth: { url: "{{upstream}}/verify" } }
                  - { exact: /auth-until-close, proxy: "{{upstream}}", forward_auth: { url: "{{upstream}}/verify-until-close" } }
                  - { exact: /auth-304, proxy: "{{upstream}}", forward_auth: { url: "{{upstream}}/verify-304" } }
                  - { exact: /upstream-204, proxy: "{{upstream}}" }
                  - { exact: /upstream-304, proxy: "{{upstream}}" }
            """
        );
    }
}
