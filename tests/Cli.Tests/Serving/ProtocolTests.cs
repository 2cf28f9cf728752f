using System.Diagnostics;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary>Programs that others made talk to the running proxy.</summary>
public sealed class ProtocolTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Curl_gets_the_same_by_http1_and_http2()
    {
        if (!Tool.IsHere("curl", output) || !Tool.IsHere("openssl", output))
            return;
        await using StandIn app = await StandIn.StartAsync();
        using var session = new Session();
        await IssueAsync(session, "first");
        await using ServeProcess served = ServeProcess.Start(session, "confgen.yaml", Spec(app));
        await served.SaysAsync("confgen: serving");
        foreach ((string option, string version) in new[] { ("--http1.1", "1.1"), ("--http2", "2") })
        {
            string said = await Tool.RunAsync(
                "curl",
                "-sS",
                option,
                "--cacert",
                session.PathOf("cert.pem"),
                "--resolve",
                $"a.test:{served.Port}:127.0.0.1",
                "-w",
                " %{http_version} %{http_code}",
                "--path-as-is",
                $"https://a.test:{served.Port}/x//y?q=%2F"
            );

            Assert.Equal($"GET /x//y?q=%2F {version} 200", said);
        }

        // 64 KiB up and an event down, both ways at once.
        string upload = await Tool.RunAsync(
            "curl",
            "-sS",
            "--http2",
            "-k",
            "--resolve",
            $"a.test:{served.Port}:127.0.0.1",
            "-w",
            " %{http_code}",
            "--data-binary",
            "@" + session.PathOf("big.bin"),
            $"https://a.test:{served.Port}/upload"
        );
        Assert.Equal("POST /upload 200", upload);
    }

    [Fact]
    public async Task A_renewed_certificate_is_shown_and_one_that_does_not_fit_is_not()
    {
        if (!Tool.IsHere("openssl", output))
            return;
        await using StandIn app = await StandIn.StartAsync();
        using var session = new Session();
        await IssueAsync(session, "first");
        await using ServeProcess served = ServeProcess.Start(session, "confgen.yaml", Spec(app));
        await served.SaysAsync("confgen: serving");
        Assert.Equal("first", await ShownAsync(served));

        // 1. Half of a renewal: the old pair is served.
        string key = session.Read("key.pem");
        await IssueAsync(session, "second");
        string renewed = session.Read("key.pem");
        session.With("key.pem", key);
        await Until.TrueAsync(
            () => ShownAsync(served).Result == "first" && served.Said.Contains("the old certificate is kept", StringComparison.Ordinal),
            () => served.Said
        );

        // 2. All of it.
        session.With("key.pem", renewed);
        await Until.TrueAsync(() => ShownAsync(served).Result == "second", () => served.Said);
    }

    [Fact]
    public async Task A_changed_authority_of_an_upstream_is_taken()
    {
        if (!Tool.IsHere("openssl", output))
            return;
        using var session = new Session();
        await IssueAsync(session, "first");
        int port = FreePort.Next();
        File.Copy(session.PathOf("cert.pem"), session.PathOf("right.pem"));
        File.Copy(session.PathOf("key.pem"), session.PathOf("right.key"));
        using Process upstream = Tool.Start(
            "openssl",
            "s_server",
            "-accept",
            $"127.0.0.1:{port}",
            "-cert",
            session.PathOf("right.pem"),
            "-key",
            session.PathOf("right.key"),
            "-www",
            "-quiet"
        );
        try
        {
            await IssueAsync(session, "other");
            session.With("ca.pem", session.Read("cert.pem"));
            await using ServeProcess served = ServeProcess.Start(
                session,
                "confgen.yaml",
                $$"""
                upstreams: { app: { servers: ["https://127.0.0.1:{{port}}"], tls: { ca: ca.pem, server_name: a.test } } }
                sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
                """
            );
            await served.SaysAsync("confgen: serving");
            Assert.Equal(502, await StatusAsync(served.Port));

            session.With("ca.pem", session.Read("right.pem"));

            await Until.TrueAsync(() => StatusAsync(served.Port).Result == 200, () => served.Said);
        }
        finally
        {
            upstream.Kill();
        }
    }

    private static async Task<int> StatusAsync(int port)
    {
        using var client = new HttpClient();
        using HttpResponseMessage response = await client.GetAsync($"http://127.0.0.1:{port}/", HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    private static async Task IssueAsync(Session session, string organisation)
    {
        session.With("big.bin", new string('x', 64 * 1024));
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
            $"/O={organisation}/CN=a.test",
            "-addext",
            "subjectAltName=DNS:a.test",
            "-keyout",
            session.PathOf("key.pem"),
            "-out",
            session.PathOf("cert.pem")
        );
    }

    // The organisation of the certificate that openssl is shown.
    private static async Task<string> ShownAsync(ServeProcess served)
    {
        string said = await Tool.RunAsync("openssl", "s_client", "-connect", $"127.0.0.1:{served.Port}", "-servername", "a.test");
        return said.Split("subject=O = ")
            .Concat(said.Split("subject=O="))
            .First(part => !part.StartsWith("CONNECTED", StringComparison.Ordinal))
            .Split(',')[0]
            .Trim();
    }

    private static string Spec(StandIn app) =>
        $$"""
            sites:
              - host: a.test
                listen: ["127.0.0.1:PORT"]
                tls: { cert: cert.pem, key: key.pem }
                redirect_http: false
                proxy: "http://127.0.0.1:{{app.Port}}"
            """;
}
