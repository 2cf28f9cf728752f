using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary>The running proxy under a service manager.</summary>
public sealed class SystemdTests(ITestOutputHelper output)
{
    private const string Spec = """
        sites:
          - { host: _, listen: ["127.0.0.1:PORT"], respond: one }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_manager_is_told_of_start_reload_and_end(bool isAbstract)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var session = new Session();
        string name = isAbstract ? "@confgen-test-" + Guid.NewGuid().ToString("N") : session.PathOf("notify");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + name[1..] : name));
        await using ServeProcess served = ServeProcess.StartBy(session, Spec, [], ("NOTIFY_SOCKET", name));

        Assert.Equal("READY=1\nSTATUS=serving confgen.yaml", await ReceiveAsync(manager));
        await served.SignalAsync("HUP");
        string[] reloading = (await ReceiveAsync(manager)).Split('\n');
        Assert.Equal("RELOADING=1", reloading[0]);
        long microseconds = long.Parse(reloading[1]["MONOTONIC_USEC=".Length..]);
        Assert.InRange(microseconds, 1, (long)(Stopwatch.GetTimestamp() * (1e6 / Stopwatch.Frequency)));
        Assert.Equal("READY=1\nSTATUS=serving the changed confgen.yaml", await ReceiveAsync(manager));

        served.Write("sites: nonsense");
        Assert.StartsWith("RELOADING=1\n", await ReceiveAsync(manager), StringComparison.Ordinal);
        Assert.Equal("READY=1\nSTATUS=still serving confgen.yaml as it was", await ReceiveAsync(manager));

        await served.SignalAsync("TERM");
        Assert.StartsWith("STOPPING=1\n", await ReceiveAsync(manager), StringComparison.Ordinal);
        Assert.Equal(0, await served.EndAsync());
    }

    [Fact]
    public async Task Sockets_that_were_handed_over_are_used()
    {
        if (!Tool.IsHere("systemd-socket-activate", output))
            return;
        using var session = new Session();
        await using ServeProcess served = ServeProcess.StartBy(
            session,
            Spec,
            ["systemd-socket-activate", "-l", "127.0.0.1:PORT", "-l", "127.0.0.1:PORT2"]
        );
        await served.SaysAsync("Listening on");
        using var client = new HttpClient();

        // 1. The first connection starts it, and is answered.
        Assert.Equal("one", await client.GetStringAsync($"http://127.0.0.1:{served.Port}/"));
        await served.SaysAsync($"the socket 127.0.0.1:{served.Port2} was handed over, but nothing listens there");

        // 2. A socket stays while a reload doesn't listen there, and serves again when another does.
        served.Write(Spec.Replace("PORT", "PORT2"));
        await Until.TrueAsync(() => Status(served.Port2) == 200, () => served.Said);
        Assert.Equal(404, Status(served.Port));
        served.Write(Spec);
        await Until.TrueAsync(() => Status(served.Port) == 200, () => served.Said);
    }

    [Fact]
    public async Task What_is_meant_for_another_process_is_left_alone()
    {
        using var session = new Session();
        await using ServeProcess served = ServeProcess.StartBy(
            session,
            Spec,
            [],
            ("LISTEN_PID", "1"),
            ("LISTEN_FDS", "3"),
            ("NOTIFY_SOCKET", "nonsense")
        );
        await served.SaysAsync("confgen: serving");
        Assert.Equal(200, Status(served.Port));
    }

    [Theory]
    [InlineData("confgen.service")]
    [InlineData("confgen.socket")]
    public async Task The_units_are_what_systemd_reads(string unit)
    {
        if (!Tool.IsHere("systemd-analyze", output))
            return;
        using var session = new Session();

        // The program isn't installed where the tests run: any other stands in.
        string text = File.ReadAllText(Path.Combine(Repository.Root, "packaging", unit)).Replace("/usr/local/bin/confgen", "/bin/true");
        session.With(
            "confgen.service",
            File.ReadAllText(Path.Combine(Repository.Root, "packaging", "confgen.service")).Replace("/usr/local/bin/confgen", "/bin/true")
        );
        session.With(unit, text);
        using Process verify = Tool.Start("systemd-analyze", "verify", "--man=no", session.PathOf(unit));
        string said = await verify.StandardError.ReadToEndAsync();
        await verify.WaitForExitAsync();

        Assert.DoesNotContain(session.Folder, said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unknown", said, StringComparison.Ordinal);
    }

    private static int Status(int port)
    {
        using var client = new HttpClient();
        try
        {
            using HttpResponseMessage response = client.GetAsync($"http://127.0.0.1:{port}/").Result;
            return (int)response.StatusCode;
        }
        catch (AggregateException)
        {
            return 0;
        }
    }

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        byte[] buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, limit.Token));
    }
}
