using System.Diagnostics;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.V2Ray;

namespace Confgen.Targets.Tests.Nginx;

/// <summary>The output starts as a user without any rights: nothing of it needs root's folders.</summary>
public sealed class OrdinaryUserTests(ITestOutputHelper output)
{
    // The id of "nobody" on every Linux; the tests themselves may run as root.
    private const string Nobody = "65534";

    [Fact]
    public async Task It_starts_and_answers()
    {
        if (!RealNginx.IsHere(output))
        {
            return;
        }

        using var folder = new TemporaryFolder();
        int port = FreePort.Next();
        RenderResult result = CompiledText.Render($"sites:\n  - {{ host: _, listen: \"127.0.0.1:{port}\", respond: here }}\n", "nginx");
        foreach (RenderedFile file in result.Files)
        {
            folder.Write(file.Path, file.Text);
        }

        string[] call =
        [
            RealNginx.Path ?? "",
            "-e",
            "stderr",
            "-p",
            folder.Path,
            "-c",
            "local.conf",
            "-g",
            "daemon off; master_process off;",
        ];
        if (Environment.IsPrivilegedProcess)
        {
            using Process given = Process.Start("chown", ["-R", Nobody, folder.Path]);
            await given.WaitForExitAsync();
            call = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", .. call];
        }

        using var nginx = new RunningProgram(call[0], call[1..]);
        using var client = new HttpClient();
        string? said = null;
        while (said is null)
        {
            Assert.False(nginx.HasEnded, nginx.Said);
            try
            {
                said = await client.GetStringAsync(new Uri($"http://127.0.0.1:{port}/"));
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20);
            }
        }

        Assert.Equal("here", said);
        Assert.True(File.Exists(Path.Combine(folder.Path, "nginx.pid")));
        Assert.True(File.Exists(Path.Combine(folder.Path, "access.log")));
    }
}
