using System.Net;
using System.Net.Sockets;
using System.Text;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Streams;

/// <summary>Streams on each program that passes them on.</summary>
public sealed class StreamTests
{
    // Above what the systems' buffers between both ends hold.
    private const int Large = 16 * 1024 * 1024;

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    [InlineData("serve")]
    public async Task Bytes_go_where_the_spec_says(string program)
    {
        IProxy? proxy = CaseSchedule.Proxies.FirstOrDefault(p => p.Name == program && p.Missing is null);
        if (proxy is null)
        {
            return;
        }

        await using var stage = await StreamStage.StartAsync(proxy);
        (string Name, Func<Task> Check)[] checks =
        [
            ("echo and the client's end", () => stage.SaysAsync("plain", "hello"u8.ToArray(), "A", "helloEND")),
            ("the server's end", () => ServerEndsFirstAsync(stage)),
            ("refused", () => stage.ClosesAsync("dead", "hello"u8.ToArray())),
            ("another server", () => stage.SaysAsync("spare", "hello"u8.ToArray(), "A", "helloEND")),
            ("large both ways", () => LargeAsync(stage)),
            ("a name", () => NamedAsync(stage, "named", "a.test", "A")),
            ("a name in other letters", () => NamedAsync(stage, "named", "A.Test", "A")),
            ("a star", () => NamedAsync(stage, "named", "x.b.test", "B")),
            ("two labels for a star", () => stage.ClosesAsync("named", Hello.Of("x.y.b.test"))),
            ("another name", () => stage.ClosesAsync("named", Hello.Of("c.test"))),
            ("no name", () => stage.ClosesAsync("named", Hello.Of(null))),
            ("no TLS", () => stage.ClosesAsync("named", "GET / HTTP/1.1\r\n\r\n"u8.ToArray())),
            ("another name with an upstream", () => NamedAsync(stage, "fallback", "c.test", "B")),
            ("no name with an upstream", () => NamedAsync(stage, "fallback", null, "B")),
            ("no TLS with an upstream", () => stage.SaysAsync("fallback", "SSH-2.0-x\r\n"u8.ToArray(), "B", "SSH-2.0-x\r\nEND")),
            ("byte by byte", () => stage.SaysAsync("named", Hello.Of("a.test"), "A", null, size: 1)),
            ("a large hello", () => stage.SaysAsync("named", Hello.Of("a.test", padding: 8000), "A", null, size: 1000)),
            (
                "several records",
                () =>
                    program == "haproxy"
                        ? stage.ClosesAsync("named", Hello.InRecords("a.test", 20))
                        : stage.SaysAsync("named", Hello.InRecords("a.test", 20), "A", null)
            ),
            ("garbage in a record", () => stage.ClosesAsync("named", [22, 3, 1, 0, 4, 9, 9, 9, 9])),
            ("a header of version 1", () => HeaderAsync(stage, "headed", "PROXY TCP4 192.0.2.1 192.0.2.2 5000 6000\r\n"u8.ToArray())),
            ("a header of version 2", () => HeaderAsync(stage, "headed", _binary)),
            ("no header", () => stage.ClosesAsync("headed", "hello, this is no header of any version\r\n"u8.ToArray())),
            ("a header of its own", () => OwnHeaderAsync(stage)),
            ("silence", () => stage.EndsSilentAsync("hasty")),
            ("a client that leaves", () => LeavesAsync(stage)),
        ];
        var failures = new StringBuilder();
        foreach ((string name, Func<Task> check) in checks)
        {
            try
            {
                await check().WaitAsync(TimeSpan.FromSeconds(30));
            }
            catch (Exception e)
            {
                failures.AppendLine(null, $"{program}, {name}: {e.Message}");
            }
        }

        Assert.True(failures.Length == 0, failures + stage.Log);
    }

    private static readonly byte[] _binary =
    [
        0x0D,
        0x0A,
        0x0D,
        0x0A,
        0x00,
        0x0D,
        0x0A,
        0x51,
        0x55,
        0x49,
        0x54,
        0x0A,
        0x21,
        0x11,
        0,
        12,
        192,
        0,
        2,
        1,
        192,
        0,
        2,
        2,
        5000 >> 8,
        5000 & 255,
        6000 >> 8,
        6000 & 255,
    ];

    private static Task NamedAsync(StreamStage stage, string stream, string? name, string upstream)
    {
        byte[] hello = Hello.Of(name);
        return stage.SaysAsync(stream, hello, upstream, Encoding.Latin1.GetString(hello) + "END");
    }

    private static async Task ServerEndsFirstAsync(StreamStage stage)
    {
        using Socket client = await stage.ConnectAsync("brief");
        await client.SendAsync("one"u8.ToArray());
        Assert.Equal("brief", await StreamStage.ReadToEndAsync(client));
        await client.SendAsync(" two"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("one two", Encoding.ASCII.GetString(stage.Brief.Ended.Take() ?? []));
    }

    private static async Task LargeAsync(StreamStage stage)
    {
        byte[] sent = new byte[Large];
        new Random(7).NextBytes(sent);
        using Socket client = await stage.ConnectAsync("plain");
        async Task SendAsync()
        {
            await client.SendAsync(sent);
            client.Shutdown(SocketShutdown.Send);
        }

        Task sending = SendAsync();
        byte[] got = await StreamStage.ReadAllAsync(client);
        await sending;
        Assert.Equal(Large + 4, got.Length);
        Assert.True(got.AsSpan(1, Large).SequenceEqual(sent), "other bytes came back");
    }

    private static async Task HeaderAsync(StreamStage stage, string stream, byte[] header)
    {
        using Socket client = await stage.ConnectAsync(stream);
        await client.SendAsync(header);
        await client.SendAsync("hello"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);
        string said = await StreamStage.ReadToEndAsync(client);
        Assert.Matches("^APROXY TCP4 192\\.0\\.2\\.1 [0-9.]+ 5000 [0-9]+\r\nhelloEND$", said);
    }

    private static async Task OwnHeaderAsync(StreamStage stage)
    {
        using Socket client = await stage.ConnectAsync("telling");
        await client.SendAsync("hello"u8.ToArray());
        client.Shutdown(SocketShutdown.Send);
        int port = ((IPEndPoint?)client.LocalEndPoint)?.Port ?? 0;
        string said = await StreamStage.ReadToEndAsync(client);
        if (stage.SendsVersion2)
        {
            Assert.Equal(_binary.AsSpan(0, 12).ToArray(), Encoding.Latin1.GetBytes(said)[1..13]);
            Assert.EndsWith("helloEND", said, StringComparison.Ordinal);
            Assert.Equal(
                [0x21, 0x11, 0, 12, 127, 0, 0, 1, 127, 0, 0, 1, (byte)(port >> 8), (byte)port],
                Encoding.Latin1.GetBytes(said)[13..27]
            );
        }
        else
        {
            Assert.Equal($"APROXY TCP4 127.0.0.1 127.0.0.1 {port} {stage.PortOf("telling")}\r\nhelloEND", said);
        }
    }

    private static async Task LeavesAsync(StreamStage stage)
    {
        using Socket client = await stage.ConnectAsync("lonely");
        await client.SendAsync("hello"u8.ToArray());
        Assert.Equal(1, await client.ReceiveAsync(new byte[1]));
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Dispose();
        await Task.Run(() => stage.Lonely.Ended.Take());
    }
}
