using System.Net;
using System.Net.Sockets;
using Confgen.Cli.Tests.Serving;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Hostile;

/// <summary>
/// A process that has no descriptors left says so once, waits without using the processor, and serves again when it has some.
/// </summary>
public sealed class DescriptorTests
{
    private const int Limit = 250;
    private const string Spec = "sites:\n  - host: _\n    listen: [\"127.0.0.1:PORT\"]\n    respond: ok\n";

    [Fact]
    public async Task Serving_without_descriptors()
    {
        if (!File.Exists("/usr/bin/prlimit"))
        {
            return;
        }

        using var session = new Session();
        await using ServeProcess served = ServeProcess.StartBy(session, Spec, ["/usr/bin/prlimit", $"--nofile={Limit}:{Limit}"]);
        await served.SaysAsync("confgen: serving");
        var clients = new List<Socket>();
        try
        {
            for (int i = 0; i < Limit + 50; i++)
            {
                var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                clients.Add(client);
                await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, served.Port));
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
        await served.SaysAsync("new connections are accepted again");
    }

    private static TimeSpan CpuTime(int id)
    {
        using var process = System.Diagnostics.Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }
}
