using System.Net;
using System.Net.Sockets;
using System.Text;
using Confgen.Cli.Tests.Serving;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>
/// A process that has no descriptors left says so once, waits without using the processor, blames no server, loses no file, and serves
/// again when it has some.
/// </summary>
public sealed class DescriptorTests
{
    private const int Limit = 250;

    private const string Spec = """
        upstreams:
          app: { servers: ["http://127.0.0.1:UPSTREAM"], health: { passive: { max_fails: 1, fail_for: 1h } } }
          probed: { servers: ["http://127.0.0.1:UPSTREAM"], health: { active: { path: /, interval: 500ms, timeout: 400ms } } }
        sites:
          - host: _
            listen: ["127.0.0.1:PORT"]
            http2: true
            routes:
              - { path: /, respond: ok }
              - { path: /app, proxy: app }
              - { path: /probed, proxy: probed }
              - { path: /files, files: { root: FOLDER, browse: true }, strip_prefix: true }
        """;

    /// <summary>What each client has sent, by the number of the client.</summary>
    private static readonly Dictionary<string, string[]> _kinds = new()
    {
        ["silent"] = [""],
        ["requests"] = ["GET / HTTP/1.1\r\nHost: a\r\n\r\n"],
        ["heads that don't end"] = ["GET / HTTP/1.1\r\nHost: a\r\n"],
        ["downloads that nobody reads"] = ["GET /files/large HTTP/1.1\r\nHost: a\r\n\r\n"],
        ["requests to an upstream"] = ["GET /app HTTP/1.1\r\nHost: a\r\n\r\n", "GET /probed HTTP/1.1\r\nHost: a\r\n\r\n"],
        ["HTTP/2"] = ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x4\0\0\0\0\0"],
        ["everything"] =
        [
            "",
            "GET /files/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /app HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /files/large HTTP/1.1\r\nHost: a\r\n\r\n",
            "garbage\r\n\r\n",
            "POST /app HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab",
        ],
    };

    public static TheoryData<string> Kinds => [.. _kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Serving_without_descriptors(string kind)
    {
        if (!File.Exists("/usr/bin/prlimit"))
        {
            return;
        }

        using var upstream = new TcpListener(IPAddress.Loopback, 0);
        upstream.Start(1000);
        _ = RespondAsync(upstream);
        using var session = new Session();
        session.With("large", new string('a', 8_000_000));
        await using ServeProcess served = ServeProcess.StartBy(
            session,
            Spec.Replace("UPSTREAM", $"{((IPEndPoint)upstream.LocalEndpoint).Port}", StringComparison.Ordinal)
                .Replace("FOLDER", session.Folder, StringComparison.Ordinal),
            ["/usr/bin/prlimit", $"--nofile={Limit}:{Limit}"]
        );
        await served.SaysAsync("confgen: serving");
        var clients = new List<Socket>();
        try
        {
            for (int i = 0; i < Limit + 50; i++)
            {
                var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                clients.Add(client);
                await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, served.Port));
                await client.SendAsync(Encoding.Latin1.GetBytes(_kinds[kind][i % _kinds[kind].Length]));
            }

            await served.SaysAsync("new connections can't be accepted for now");

            // Of the processor it uses little, however loaded the machine is: it is counted, not timed.
            TimeSpan before = CpuTime(served.Id);
            await Task.Delay(TimeSpan.FromSeconds(3));
            Assert.InRange((CpuTime(served.Id) - before).TotalSeconds, 0, 1);
            Assert.Equal(2, served.Said.Split("can't be accepted for now").Length);
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }

        using var http = new HttpClient();
        Assert.Equal("ok", await http.GetStringAsync($"http://127.0.0.1:{served.Port}/"));
        Assert.Equal("upstream", await http.GetStringAsync($"http://127.0.0.1:{served.Port}/app"));
        Assert.Equal("upstream", await http.GetStringAsync($"http://127.0.0.1:{served.Port}/probed"));
        Assert.Equal(8_000_000, (await http.GetStringAsync($"http://127.0.0.1:{served.Port}/files/large")).Length);
        await served.SaysAsync("new connections are accepted again");
        Assert.DoesNotContain("ejected", served.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("fails its probes", served.Said, StringComparison.Ordinal);
    }

    // Leaves each connection open, so that the proxy keeps it.
    private static async Task RespondAsync(TcpListener upstream)
    {
        try
        {
            while (true)
            {
                Socket socket = await upstream.AcceptSocketAsync();
                _ = RespondAsync(socket);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task RespondAsync(Socket socket)
    {
        using (socket)
        {
            byte[] buffer = new byte[4096];
            try
            {
                while (await socket.ReceiveAsync(buffer) > 0)
                {
                    await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nupstream"u8.ToArray());
                }
            }
            catch (SocketException)
            {
                // The proxy has closed it.
            }
        }
    }

    private static TimeSpan CpuTime(int id)
    {
        using var process = System.Diagnostics.Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }
}
