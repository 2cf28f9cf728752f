using System.IO.Pipelines;
using System.Net;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Http2;

/// <summary>HTTP/2 towards servers: another proxy, which takes h2c, stands before a backend that shows the bytes.</summary>
public sealed class Http2UpstreamTests
{
    [Fact]
    public async Task A_request_passes_with_its_raw_target_its_fields_and_the_answer_s_trailers()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nX-Foo: \u00e9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\ngrpc-status: 0\r\n\r\n"
        );
        await using TestProxy server = await ServerAsync(backend);
        await using TestProxy proxy = await ProxyAsync(server.Port);

        RawResponse response = await proxy.AskAsync(
            "POST /a%2Fb//%41?c HTTP/1.1\r\nHost: a.test\r\nCookie: x=y\r\nConnection: X-Gone\r\nX-Gone: 1\r\nContent-Length: 4\r\n\r\nbody"
        );

        Assert.Equal(
            (200, "ok", "\u00e9", "grpc-status: 0\r\n"),
            (response.Status, response.Body, response.Field("X-Foo"), response.Trailers)
        );
        Assert.Equal(
            ("POST /a%2Fb//%41?c HTTP/1.1", "a.test", "x=y", "body", null),
            (
                backend.Request.Line,
                backend.Request.Field("Host"),
                backend.Request.Field("Cookie"),
                backend.Request.Body,
                backend.Request.Field("X-Gone")
            )
        );
    }

    [Fact]
    public async Task Both_directions_stream_at_the_same_time()
    {
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadUntilAsync("one");
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nuno\r\n");
            await c.Client.ReadUntilAsync("two");
            await c.SendAsync("3\r\ndos\r\n0\r\ngrpc-status: 0\r\n\r\n");
        });
        await using TestProxy server = await ServerAsync(backend);
        await using TestProxy proxy = await ProxyAsync(server.Port);
        using var client = new HttpClient
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var pipe = new Pipe();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://127.0.0.1:{proxy.Port}/"))
        {
            Content = new DuplexContent(pipe.Reader),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        await pipe.Writer.WriteAsync("one"u8.ToArray());
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        byte[] piece = new byte[3];
        await stream.ReadExactlyAsync(piece);
        Assert.Equal("uno"u8.ToArray(), piece);
        await pipe.Writer.WriteAsync("two"u8.ToArray());
        await pipe.Writer.CompleteAsync();
        await stream.ReadExactlyAsync(piece);
        Assert.Equal("dos"u8.ToArray(), piece);
        Assert.Equal(0, await stream.ReadAsync(piece));
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task A_server_that_is_down_is_502_and_a_silent_one_504()
    {
        await using Backend silent = new(async c => await c.Client.ReadToEndAsync());
        await using TestProxy server = await ServerAsync(silent);
        await using TestProxy down = await ProxyAsync(FreePort.Next());
        await using TestProxy waiting = await ProxyAsync(server.Port, "timeouts: { read: 300ms }");

        Assert.Equal(502, (await down.GetAsync("/")).Status);
        Assert.Equal(504, (await waiting.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_client_that_asks_before_it_sends_is_told_to_go_on()
    {
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadHeadAsync();
            await c.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
            Assert.Equal("body", await c.Client.ReadAsync(4));
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using TestProxy server = await ServerAsync(backend);
        await using TestProxy proxy = await ProxyAsync(server.Port);
        using RawClient client = proxy.Connect();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 100 ", await client.ReadHeadAsync(), StringComparison.Ordinal);
        await client.SendAsync("body");
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_never_looks_whole()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            await Task.Delay(50);
        });
        await using TestProxy server = await ServerAsync(backend);
        await using TestProxy proxy = await ProxyAsync(server.Port);

        Assert.False((await proxy.GetAsync("/")).IsWhole);
    }

    private static Task<TestProxy> ServerAsync(Backend backend) =>
        TestProxy.StartAsync(
            $$"""
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], http2: true, proxy: "http://127.0.0.1:{{backend.Port}}" }]
            """
        );

    private static Task<TestProxy> ProxyAsync(int server, string route = "") =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                http2: true
                routes:
                  - path: /
                    proxy: h2c://127.0.0.1:{{server}}
                    {{route}}
            """
        );

    private sealed class DuplexContent(PipeReader reader) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => CopyAsync(stream);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        private async Task CopyAsync(Stream stream)
        {
            while (true)
            {
                ReadResult result = await reader.ReadAsync();
                foreach (ReadOnlyMemory<byte> piece in result.Buffer)
                {
                    await stream.WriteAsync(piece);
                }

                await stream.FlushAsync();
                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
    }
}
