using System.Net;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Caddy;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Nginx;

namespace Confgen.Targets.Tests.V2Ray;

/// <summary>nginx and Caddy before a real pair of V2Ray, all from one spec.</summary>
public sealed class WebServerInFrontTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("nginx")]
    [InlineData("caddy")]
    public async Task A_site_reaches_its_service_through_the_pair(string front)
    {
        if (!RealV2Ray.IsHere(output) || (front == "nginx" ? !RealNginx.IsHere(output) : RealCaddy.IsMissing(output)))
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using var service = new PrivateService("home");
        int[] ports = FreePort.Several(3);
        Compilation compilation = CompiledText.Of(
            $$"""
            tunnels:
              home:
                portal: { listen: "127.0.0.1:{{ports[0]}}", public: 127.0.0.1, entry: {{ports[1]}} }
                bridge: { forward: "http://127.0.0.1:{{service.Port}}" }
                secret: 0123456789abcdef
            sites:
              - host: _
                listen: "127.0.0.1:{{ports[2]}}"
                headers: { response: { set: { X-Served-By: front } } }
                routes:
                  - { path: /, proxy: "tunnel:home", sse: true, websocket: true }
                  - { path: /app, proxy: "tunnel:home", strip_prefix: true }
            """
        );
        using RunningProgram portal = V2Ray(folder, Rendered(compilation, "v2ray", "portal.json"));
        using RunningProgram web = Front(front, folder, Rendered(compilation, front));
        using var use = new TunnelUse(ports[2], service);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports[2]}") };

        // Without a bridge the web server answers for it.
        Assert.Equal(HttpStatusCode.BadGateway, await use.ResponsesAsync(portal, web));

        using RunningProgram bridge = V2Ray(folder, Rendered(compilation, "v2ray", "bridge.json"));
        await use.ReadyAsync(portal, bridge, web);
        await use.EverythingAsync();

        // What V2Ray alone would lose: the client's address, the site's rules, rewriting.
        using HttpResponseMessage response = await client.GetAsync("/app/x%2Fy?q=1");
        string said = await response.Content.ReadAsStringAsync();
        Assert.Contains("GET /x%2Fy?q=1 HTTP/1.1\n", said, StringComparison.Ordinal);
        Assert.Contains("X-Forwarded-For: 127.0.0.1\n", said, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Real-IP: 127.0.0.1\n", said, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("front", Assert.Single(response.Headers.GetValues("X-Served-By")));
    }

    private static RenderedFile Rendered(Compilation compilation, string target, string? file = null)
    {
        RenderResult result = compilation.Render(TargetCatalogue.All.Single(t => t.Name == target), Layout.Complete, singleFile: true);
        Assert.True(result.Files.Count > 0, string.Join("\n", CompiledText.Shown(compilation.Diagnostics.Concat(result.Diagnostics))));
        return result.Files.First(f => file is null || f.Path == file);
    }

    private static RunningProgram V2Ray(TemporaryFolder folder, RenderedFile file) =>
        new(RealV2Ray.Path ?? "", "-config", folder.Write(file.Path, file.Text));

    private static RunningProgram Front(string front, TemporaryFolder folder, RenderedFile file)
    {
        if (front == "nginx")
        {
            return new RunningProgram(
                RealNginx.Path ?? "",
                "-p",
                folder.Path,
                "-c",
                folder.Write(file.Path, file.Text),
                "-e",
                "stderr",
                "-g",
                $"daemon off; master_process off; pid {folder.Path}/nginx.pid;"
            );
        }

        return new RunningProgram(RealCaddy.Start(folder.Write(file.Path, file.Text), folder.Path, "run"));
    }
}
