using System.Net.Sockets;
using System.Text;
using Confgen.Cli.Tests.World;
using Confgen.Cli.Verifying;

namespace Confgen.Cli.Tests.Serving;

/// <summary>The operator's page of <c>serve --admin</c>, in a real browser.</summary>
public sealed class AdminPageTests
{
    private const string Browser = "chromium-headless-shell";

    // Nobody listens at the discard port.
    private const string Spec = """
        upstreams:
          dead: { servers: ["http://127.0.0.1:9"] }
        sites:
          - host: a.test
            listen: "127.0.0.1:PORT"
            routes:
              - { path: /, respond: { status: 200, body: one } }
              - { path: /dead, proxy: dead }
              - { path: /admin, respond: { status: 200, body: secret }, basic_auth: { users: { ann: "$2y$05$EkTGdS5gPIyGvZD2rlZyO.zFbP7vXWyaGzWuCN5Ou/OCRoYV.L3sW" } } }

        """;

    [Fact]
    public async Task It_shows_sites_upstreams_requests_errors_and_reloads()
    {
        if (Executables.Find(Browser, Environment.GetEnvironmentVariable) is not { } browser)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"{Browser} is not installed");
            return;
        }

        await using ServeProcess served = await ServeProcess.StartAsync(Spec, "--admin", "127.0.0.1:PORT2");
        await GetAsync(served.Port, "/fine?token=Zq7canary41Xw9Lk2Tf");
        await GetAsync(served.Port, "/dead/<img/src=x>\"'&");
        await GetAsync(served.Port, "/admin");
        served.Write(Spec.Replace("proxy: dead", "proxy: death", StringComparison.Ordinal));
        await served.SaysAsync("still serving confgen.yaml as it was");

        string folder = served.Session.PathOf("browser");
        Said page = await ShowAsync(browser, folder, $"http://127.0.0.1:{served.Port2}/");
        string dom = page.Gives(0).Out;
        string[] expected =
        [
            "<span id=\"state\" role=\"status\" class=\"good\">ready</span>",
            "<td>a.test</td>",
            "<td>respond 200</td>",
            "<td>proxy dead</td>",
            "<td>yes</td>",
            "<code>http://127.0.0.1:9</code>",
            "<td class=\"n bad\">502</td>",
            "<td class=\"n warn\">401</td>",
            "<code>a.test/fine</code>",
            // What a client sends stays text.
            "<code>a.test/dead/&lt;img/src=x&gt;\"'&amp;</code>",
            "unknown upstream 'death'",
            "<td class=\"good\">served</td>",
            "no certificates",
        ];
        Assert.All(expected, e => Assert.Contains(e, dom, StringComparison.Ordinal));
        Assert.DoesNotContain("<img", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", dom, StringComparison.Ordinal);

        // Its own policy hinders it in nothing.
        Assert.DoesNotContain("Content Security Policy", page.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("CONSOLE", page.Error, StringComparison.Ordinal);
    }

    private static async Task<Said> ShowAsync(string browser, string folder, string url)
    {
        System.Diagnostics.ProcessStartInfo call = new(
            browser,
            [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder,
                "--enable-logging=stderr",
                "--virtual-time-budget=3000",
                "--dump-dom",
                url,
            ]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return await Task.Run(() => Installed.Run(call, ""));
    }

    private static async Task GetAsync(int port, string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        await reader.ReadToEndAsync();
    }
}
