using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary>One process serves in the place of another: real processes, under load, and nobody is refused or cut.</summary>
public sealed partial class HandoverTests(ITestOutputHelper output)
{
    private static readonly string[] _call = ["--handover", "next.sock", "--admin", "127.0.0.1:PORT2", "--drain", "20s"];

    [Fact]
    public async Task Nobody_is_refused_while_another_process_takes_over()
    {
        if (!IsHere())
            return;
        using var session = new Session();
        await CertificateAsync(session);
        await using ServeProcess first = ServeProcess.Start(session, "confgen.yaml", Spec(session, "one"), _call);
        await first.SaysAsync("confgen: serving");
        await using var load = new HandoverLoad(first.Port, session.PathOf("site.sock"));
        await load.SeenAsync("one");

        // 1. A process takes over, and another one from that.
        await using ServeProcess second = first.Next("second.yaml", Spec(session, "two"), _call);
        await EndedAsync(first, second);
        await load.SeenAsync("two");
        Assert.Contains("serves from now on", first.Said, StringComparison.Ordinal);
        await second.SaysAsync("the process that served before has ended");
        await using ServeProcess third = second.Next("third.yaml", Spec(session, "three"), _call);
        await EndedAsync(second, third);
        await load.SeenAsync("three");

        // 2. Each client has seen each of them, and no error.
        Assert.Empty(await load.EndAsync());

        // 3. The operator reaches the one that serves, and the last one to end leaves nothing behind.
        using var client = new HttpClient();
        Assert.Equal("ok\n", await client.GetStringAsync($"http://127.0.0.1:{first.Port2}/healthz"));
        await third.SignalAsync("TERM");
        Assert.Equal(0, await third.EndAsync());
        Assert.False(File.Exists(session.PathOf("site.sock")));
        Assert.False(File.Exists(session.PathOf("next.sock")));
    }

    [Fact]
    public async Task A_process_that_cannot_serve_leaves_everything_as_it_was()
    {
        if (!IsHere())
            return;
        using var session = new Session();
        await CertificateAsync(session);
        await using ServeProcess first = ServeProcess.Start(session, "confgen.yaml", Spec(session, "one"), _call);
        await first.SaysAsync("confgen: serving");
        await using var load = new HandoverLoad(first.Port, session.PathOf("site.sock"));
        await load.SeenAsync("one");

        await using (ServeProcess wrong = first.Next("wrong.yaml", "sites: nonsense", _call))
        {
            Assert.Equal(1, await wrong.EndAsync());
        }

        await first.SaysAsync("a process that was to serve in this one's place has ended");
        using var client = new HttpClient();
        Assert.Equal("ok\n", await client.GetStringAsync($"http://127.0.0.1:{first.Port2}/healthz"));
        await using ServeProcess right = first.Next("right.yaml", Spec(session, "two"), _call);
        await EndedAsync(first, right);
        await load.SeenAsync("two");

        Assert.Empty(await load.EndAsync());
    }

    [Fact]
    public async Task A_signal_starts_the_process_that_takes_over()
    {
        if (!IsHere())
            return;
        using var session = new Session();
        await CertificateAsync(session);
        await using ServeProcess first = ServeProcess.Start(session, "confgen.yaml", Spec(session, "one"), _call);
        await first.SaysAsync("confgen: serving");
        await using var load = new HandoverLoad(first.Port, session.PathOf("site.sock"));
        await load.SeenAsync("one");

        await first.SignalAsync("USR2");
        await first.SaysAsync("serves from now on");
        int id = int.Parse(Id().Match(first.Said).Groups[1].Value);
        try
        {
            // Its own output stays open in the other one, so that its end alone is waited for.
            await Until.TrueAsync(() => first.HasExited, () => first.Said);
            first.Write(Spec(session, "two"));
            await load.SeenAsync("two");
            Assert.Empty(await load.EndAsync());
        }
        finally
        {
            using var next = Process.GetProcessById(id);
            next.Kill();
            await next.WaitForExitAsync();
        }

        Assert.Equal(0, await first.EndAsync());
    }

    [Fact]
    public async Task What_a_killed_process_left_behind_stands_against_nothing()
    {
        if (!IsHere())
            return;
        using var session = new Session();
        await CertificateAsync(session);
        await using ServeProcess first = ServeProcess.Start(session, "confgen.yaml", Spec(session, "one"), _call);
        await first.SaysAsync("confgen: serving");
        await first.SignalAsync("KILL");
        await first.EndAsync();
        Assert.True(File.Exists(session.PathOf("next.sock")));

        await using ServeProcess second = first.Next("second.yaml", Spec(session, "two"), _call);
        await second.SaysAsync("confgen: serving");
        await using var load = new HandoverLoad(first.Port, session.PathOf("site.sock"));
        await load.SeenAsync("two");
        Assert.Empty(await load.EndAsync());
    }

    [Fact]
    public async Task Another_program_at_the_socket_is_told()
    {
        if (!IsHere())
            return;
        using var session = new Session();
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(session.PathOf("next.sock")));
        other.Listen();
        Task<Socket> accepting = other.AcceptAsync();
        await using ServeProcess served = ServeProcess.Start(
            session,
            "confgen.yaml",
            "sites: [{ host: _, listen: [\"127.0.0.1:PORT\"], respond: one }]",
            _call
        );
        (await accepting).Dispose();

        Assert.Equal(2, await served.EndAsync());
        Assert.Contains("next.sock: the process there hands no sockets over", served.Said, StringComparison.Ordinal);
    }

    private static async Task EndedAsync(ServeProcess old, ServeProcess next)
    {
        await next.SaysAsync("confgen: serving");
        Assert.Equal(0, await old.EndAsync());
    }

    private static string Spec(Session session, string text) =>
        $$"""
            sites:
              - host: a.test
                listen: ["127.0.0.1:PORT", "unix:{{session.PathOf("site.sock")}}"]
                http2: true
                respond: {{text}}
              - host: tls.test
                listen: ["127.0.0.2:PORT"]
                tls: { cert: cert.pem, key: key.pem }
                respond: {{text}}
            """;

    private static async Task CertificateAsync(Session session) =>
        await Tool.RunAsync(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=tls.test",
            "-addext",
            "subjectAltName=DNS:tls.test",
            "-keyout",
            session.PathOf("key.pem"),
            "-out",
            session.PathOf("cert.pem")
        );

    private bool IsHere() => OperatingSystem.IsLinux() && Tool.IsHere("openssl", output);

    [GeneratedRegex(@"process (\d+) serves from now on")]
    private static partial Regex Id();
}
