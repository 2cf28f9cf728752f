using System.Runtime.InteropServices;
using System.Text;
using Confgen.Runtime.Compression;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Compression;

/// <summary>Zstandard comes from the system's library; where that is missing, the operator is told and clients get another coding.</summary>
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
        await using var backend = Backend.Answering($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        var notices = new List<string>();
        await using TestProxy proxy = await TestProxy.StartAsync(Route.Replace("BACKEND", backend.Port.ToString()), new ProxyOptions { Notice = notices.Add });
        RawResponse response = await proxy.GetAsync("/", fields: "Accept-Encoding: gzip, zstd\r\n");
        Assert.True(response.IsWhole);
        if (LibZstd.IsPresent)
        {
            Assert.Equal("zstd", response.Field("Content-Encoding"));
            Assert.Equal(body, Decompress(response.Body, body.Length));
            Assert.Empty(notices);
        }
        else
        {
            Assert.Equal("gzip", response.Field("Content-Encoding"));
            Assert.Contains("libzstd", Assert.Single(notices));
        }
    }

    [Fact]
    public async Task What_was_sent_so_far_can_be_read_before_the_end()
    {
        if (!LibZstd.IsPresent)
        {
            return;
        }

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
        byte[] source = Encoding.Latin1.GetBytes(bytes);
        byte[] target = new byte[length];
        GCHandle from = GCHandle.Alloc(source, GCHandleType.Pinned);
        GCHandle to = GCHandle.Alloc(target, GCHandleType.Pinned);
        nint context = CreateContext();
        try
        {
            var output = new LibZstd.Area { Start = to.AddrOfPinnedObject(), Size = (nuint)target.Length };
            var input = new LibZstd.Area { Start = from.AddrOfPinnedObject(), Size = (nuint)source.Length };
            Assert.Equal(0u, LibZstd.IsError(Decompress(context, ref output, ref input)));
            return Encoding.Latin1.GetString(target, 0, (int)output.At);
        }
        finally
        {
            _ = FreeContext(context);
            from.Free();
            to.Free();
        }
    }

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_createDCtx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint CreateContext();

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_freeDCtx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint FreeContext(nint context);

    [DllImport("libzstd.so.1", EntryPoint = "ZSTD_decompressStream")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint Decompress(nint context, ref LibZstd.Area output, ref LibZstd.Area input);
}
