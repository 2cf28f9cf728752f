using System.Text;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Compression;

/// <summary>Responses in Zstandard.</summary>
public sealed class ZstdTests
{
    private const string Route = """
        sites:
          - host: _
            listen: ["127.0.0.1:PORT"]
            compress: [zstd, gzip]
            proxy: http://127.0.0.1:BACKEND
        """;

    [Fact]
    public async Task What_is_compressed_can_be_read_back()
    {
        string body = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));
        await using var backend = Backend.Answering(
            $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}"
        );
        await using TestProxy proxy = await TestProxy.StartAsync(Route.Replace("BACKEND", backend.Port.ToString()));
        RawResponse response = await proxy.GetAsync("/", fields: "Accept-Encoding: gzip, zstd\r\n");
        Assert.True(response.IsWhole);
        Assert.Equal("zstd", response.Field("Content-Encoding"));
        Assert.Equal(body, Decompress(response.Body, body.Length));
    }

    [Fact]
    public async Task What_was_sent_so_far_can_be_read_before_the_end()
    {
        string first = new('a', 1000);
        var mayEnd = new TaskCompletionSource();
        await using var backend = new Backend(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n{first}\r\n");
            await mayEnd.Task;
            await c.SendAsync("0\r\n\r\n");
        });
        await using TestProxy proxy = await TestProxy.StartAsync(Route.Replace("BACKEND", backend.Port.ToString()));
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nAccept-Encoding: zstd\r\n\r\n");
        await client.ReadHeadAsync();
        int size = Convert.ToInt32((await client.ReadUntilAsync("\r\n")).Trim(), 16);
        string piece = await client.ReadAsync(size);
        mayEnd.SetResult();
        Assert.Equal(first, Decompress(piece, first.Length));
    }

    private static string Decompress(string bytes, int length)
    {
        using var from = new MemoryStream(Encoding.Latin1.GetBytes(bytes));
        using var stream = new ZstdSharp.DecompressionStream(from);
        byte[] target = new byte[length];
        stream.ReadExactly(target);
        return Encoding.Latin1.GetString(target);
    }
}
