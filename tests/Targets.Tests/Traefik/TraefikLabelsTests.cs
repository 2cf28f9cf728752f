using Confgen.Compiler.Rendering;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Snapshots;
using Confgen.Targets.Traefik;
using Confgen.Targets.Traefik.Labels;
using YamlDotNet.RepresentationModel;

namespace Confgen.Targets.Tests.Traefik;

/// <summary>Labels and arguments, as compose hands them on, say what the files say.</summary>
public sealed class TraefikLabelsTests
{
    private static readonly string[] _differing = ["http.services", "http.serversTransports", "tls", "providers"];

    [Theory]
    [InlineData("examples/matrix-compose/confgen.yaml")]
    [InlineData("tests/snapshots/compose-labels/spec.yaml")]
    public void They_say_what_the_files_say(string file)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, file));
        text = text.Contains("targets:", StringComparison.Ordinal) ? text : "targets: { traefik: { output: labels } }\n" + text;
        string labels = CompiledText.Render(text, "traefik").Files.Single().Text;
        IReadOnlyList<RenderedFile> files = CompiledText
            .Render(
                text.Replace("output: labels", "output: files", StringComparison.Ordinal)
                    .Replace("caddy: { output: files", "caddy: { output: labels", StringComparison.Ordinal),
                "traefik"
            )
            .Files;
        Dictionary<string, string> told = Told(labels);
        foreach (RenderedFile each in files)
        {
            bool isStatic = each.Path == TraefikTarget.StaticFile;
            SyntaxNode root = YamlText.Read(new SourceText(each.Path, each.Text), new DiagnosticBag())!;
            foreach ((string path, string value, _) in FlatKeys.Of("", root))
            {
                string key = path[1..];
                if (!_differing.Any(other => key.StartsWith(other, StringComparison.Ordinal)))
                {
                    Assert.Equal(value, told[(isStatic ? "--" : "traefik.") + key]);
                }
            }
        }
    }

    [Fact]
    public void Servers_are_services_with_a_port()
    {
        Dictionary<string, string> told = Told(
            CompiledText
                .Render(File.ReadAllText(Path.Combine(Repository.Root, "tests/snapshots/compose-labels/spec.yaml")), "traefik")
                .Files[0]
                .Text
        );
        Assert.Equal("h2c", told["traefik.http.services.grpc-50051.loadbalancer.server.scheme"]);
        Assert.Equal("60s", told["--serversTransport.forwardingTimeouts.responseHeaderTimeout"]);
    }

    [Theory]
    [InlineData("proxy: \"http://10.0.0.1:80\"", "'http://10.0.0.1:80' names none")]
    [InlineData("proxy: \"http://app:80\", tls: { cert: /a.pem, key: /a.key }", "can't do 'tls'")]
    [InlineData(
        "routes: [{ path: /, proxy: \"http://a:80\" }, { path: /b, proxy: \"http://b:80\", timeouts: { read: 5s } }]",
        "one set of time-outs"
    )]
    public void What_labels_cant_say_is_an_error(string site, string message)
    {
        RenderResult result = CompiledText.Render(
            $"targets: {{ traefik: {{ output: labels }} }}\nsites:\n  - {{ host: a.test, {site} }}\n",
            "traefik"
        );
        Assert.Empty(result.Files);
        Assert.Contains(result.Diagnostics, d => d.Severity == Severity.Error && d.Message.Contains(message, StringComparison.Ordinal));
    }

    // Compose replaces $$ by a dollar.
    private static Dictionary<string, string> Told(string compose)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(compose));
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (YamlNode service in ((YamlMappingNode)((YamlMappingNode)stream.Documents[0].RootNode)["services"]).Children.Values)
        {
            foreach ((YamlNode name, YamlNode value) in ((YamlMappingNode)((YamlMappingNode)service)["labels"]).Children)
            {
                told[name.ToString()] = ((YamlScalarNode)value).Value!.Replace("$$", "$", StringComparison.Ordinal);
            }

            if (((YamlMappingNode)service).Children.TryGetValue("command", out YamlNode? command))
            {
                foreach (YamlNode argument in ((YamlSequenceNode)command).Children)
                {
                    string[] parts = argument.ToString().Replace("$$", "$", StringComparison.Ordinal).Split('=', 2);
                    told[parts[0]] = parts[1];
                }
            }
        }

        return told;
    }
}
