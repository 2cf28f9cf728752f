using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model.Tunnels;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Nginx;

namespace Confgen.Targets.Tests.V2Ray;

/// <summary>Real pairs of V2Ray, run on what is rendered.</summary>
public sealed class V2RayPairTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("{ }", false)]
    [InlineData("{ transport: ws, path: /tunnel }", false)]
    [InlineData("{ protocol: vless }", true)]
    [InlineData("{ protocol: vless, transport: ws }", true)]
    public async Task A_pair_carries_a_web_application(string settings, bool tls)
    {
        if (!RealV2Ray.IsHere(output))
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using var service = new PrivateService("home");
        int[] ports = FreePort.Several(2);
        Certify(folder);
        string extra = tls ? $", tls: {{ cert: {folder.Path}/portal.pem, key: {folder.Path}/portal.key }}" : "";
        string ca = tls ? $", ca: {folder.Path}/portal.pem" : "";
        IReadOnlyList<RenderedFile> files = Render(
            $$"""
            targets: { v2ray: {{settings}} }
            tunnels:
              home:
                portal: { listen: "127.0.0.1:{{ports[0]}}", public: localhost, entry: {{ports[1]}}{{extra}} }
                bridge: { forward: "http://127.0.0.1:{{service.Port}}"{{ca}} }
                secret: 0123456789abcdef
            """
        );
        using var portal = Run(folder, files[0]);
        using var bridge = Run(folder, files[1]);
        using var use = new TunnelUse(ports[1], service);

        await use.ReadyAsync(portal, bridge);
        await use.EverythingAsync();
    }

    [Theory]
    [InlineData("fedcba9876543210")]
    [InlineData("0123456789abcdef")]
    public async Task Two_services_share_a_pair(string secret)
    {
        if (!RealV2Ray.IsHere(output))
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using var home = new PrivateService("home");
        using var nas = new PrivateService("nas");
        int[] ports = FreePort.Several(3);
        IReadOnlyList<RenderedFile> files = Render(TwoServices(ports, home, nas, secret));
        using var portal = Run(folder, files[0]);
        using var bridge = Run(folder, files[1]);
        using var homeUse = new TunnelUse(ports[1], home);
        using var nasUse = new TunnelUse(ports[2], nas);

        Assert.StartsWith("home\n", await homeUse.ReadyAsync(portal, bridge), StringComparison.Ordinal);
        Assert.StartsWith("nas\n", await nasUse.ReadyAsync(portal, bridge), StringComparison.Ordinal);
        await Task.WhenAll(homeUse.EverythingAsync(), nasUse.EverythingAsync());
    }

    [Fact]
    public async Task One_host_may_be_both_sides()
    {
        if (!RealV2Ray.IsHere(output))
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using var home = new PrivateService("home");
        using var nas = new PrivateService("nas");
        int[] ports = FreePort.Several(3);
        using var both = Run(folder, Assert.Single(Render(TwoServices(ports, home, nas, "fedcba9876543210"), TunnelSide.Both)));
        using var homeUse = new TunnelUse(ports[1], home);
        using var nasUse = new TunnelUse(ports[2], nas);

        Assert.StartsWith("home\n", await homeUse.ReadyAsync(both), StringComparison.Ordinal);
        Assert.StartsWith("nas\n", await nasUse.ReadyAsync(both), StringComparison.Ordinal);
        await homeUse.EverythingAsync();
    }

    [Fact]
    public async Task Nobody_is_the_bridge_of_another_ones_tunnel()
    {
        if (!RealV2Ray.IsHere(output))
        {
            return;
        }

        using var folder = new TemporaryFolder();
        using var home = new PrivateService("home");
        using var nas = new PrivateService("nas");
        using var thief = new PrivateService("thief");
        int[] ports = FreePort.Several(3);
        IReadOnlyList<RenderedFile> files = Render(TwoServices(ports, home, nas, "fedcba9876543210"));

        // Who knows the id of `nas` claims the domain of `home`, beside its own.
        string greedy = files[1]
            .Text.Replace(IdOf("0123456789abcdef"), IdOf("fedcba9876543210"), StringComparison.Ordinal)
            .Replace($":{home.Port}", $":{thief.Port}", StringComparison.Ordinal);
        Assert.NotEqual(files[1].Text, greedy);
        using var portal = Run(folder, files[0]);
        using var bridge = Run(folder, files[1] with { Path = "greedy.json", Text = greedy });
        using var nasUse = new TunnelUse(ports[2], nas);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };

        Assert.StartsWith("nas\n", await nasUse.ReadyAsync(portal, bridge), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri($"http://127.0.0.1:{ports[1]}/")));
    }

    private static string IdOf(string secret) =>
        new Tunnel
        {
            Name = "x",
            Domain = "x",
            Secret = secret,
            Portal = new TunnelPortal
            {
                Listen = new(),
                Public = "x",
                Entry = new(),
            },
            Bridge = new TunnelBridge { Forward = new(Model.Units.ServerScheme.Http, "x", 80) },
        }.MakeClientId();

    private static string TwoServices(int[] ports, PrivateService home, PrivateService nas, string secret) =>
        $$"""
            tunnels:
              home:
                portal: { listen: "127.0.0.1:{{ports[0]}}", public: 127.0.0.1, entry: {{ports[1]}} }
                bridge: { forward: "http://127.0.0.1:{{home.Port}}" }
                secret: 0123456789abcdef
              nas:
                portal: { listen: "127.0.0.1:{{ports[0]}}", public: 127.0.0.1, entry: {{ports[2]}} }
                bridge: { forward: "http://127.0.0.1:{{nas.Port}}" }
                secret: {{secret}}
            """;

    private static IReadOnlyList<RenderedFile> Render(string text, TunnelSide? side = null)
    {
        Compilation compilation = CompiledText.Of(text);
        RenderResult result = compilation.Render(TargetCatalogue.All.Single(t => t.Name == "v2ray"), Layout.Complete, side);
        Assert.True(result.Files.Count > 0, string.Join("\n", CompiledText.Shown(compilation.Diagnostics.Concat(result.Diagnostics))));
        return result.Files;
    }

    private static RunningProgram Run(TemporaryFolder folder, RenderedFile file) =>
        new(RealV2Ray.Path ?? "", "-config", folder.Write(file.Path, file.Text));

    private static void Certify(TemporaryFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        folder.Write("portal.pem", certificate.ExportCertificatePem() + "\n");
        folder.Write("portal.key", key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
