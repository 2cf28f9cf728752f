using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Caddy.Labels;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Snapshots;
using YamlDotNet.RepresentationModel;

namespace Confgen.Targets.Tests.Caddy;

/// <summary>The Caddyfile that caddy-docker-proxy makes of labels is, to Caddy, the one that is built.</summary>
public sealed partial class CaddyLabelsTests(ITestOutputHelper output)
{
    private const string AsLabels = "caddy: { output: labels";

    private static readonly CaddyVersion _version = new(6, 2);

    public static TheoryData<string> Specs =>
        [
            .. Directory
                .GetFiles(Path.Combine(Repository.Root, "tests/snapshots"), "spec.yaml", SearchOption.AllDirectories)
                .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "examples"), "confgen.yaml", SearchOption.AllDirectories))
                .Select(static file => Path.GetRelativePath(Repository.Root, file))
                .Where(static file =>
                    File.ReadAllText(Path.Combine(Repository.Root, file)) is var text
                    && (!text.Contains("targets:", StringComparison.Ordinal) || text.Contains(AsLabels, StringComparison.Ordinal))
                )
                // Two logs have numbers by the order of their sites, and names by their numbers.
                .Where(static file => !file.EndsWith("/logs/spec.yaml", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Specs))]
    public void Caddy_is_told_the_same(string file)
    {
        if (RealCaddy.IsMissing(output))
        {
            return;
        }

        string text = File.ReadAllText(Path.Combine(Repository.Root, file));
        bool asks = text.Contains(AsLabels, StringComparison.Ordinal);
        string asLabels = asks ? text : $"targets: {{ {AsLabels} }} }}\n{text}";
        text = asks ? text.Replace(AsLabels, "caddy: { output: Caddyfile", StringComparison.Ordinal) : text;
        RenderResult plain = CompiledText
            .Of(text)
            .Render(TargetCatalogue.All.Single(static t => t.Name == "caddy"), Layout.Complete, singleFile: true);
        RenderResult labels = CompiledText.Render(asLabels, "caddy");
        if (plain.Files.Count == 0 || labels.Files.Count == 0)
        {
            Assert.Equal(
                plain.Files.Count == 0,
                labels.Diagnostics.All(static d => !d.Message.Contains("labels", StringComparison.Ordinal)) && labels.Files.Count == 0
            );
            return;
        }

        string expected = plain.Files.Single(static f => f.Path == "Caddyfile").Text;
        string actual = CaddyLabelReader.Read(LabelsOf(labels.Files.Single().Text), _version);
        Assert.Equal(Adapted(expected), Adapted(actual));
    }

    [Theory]
    [InlineData("caddy=a.test|caddy.reverse_proxy=app:80", "a.test {\n\treverse_proxy app:80\n}\n")]
    [InlineData("caddy.email=x@a.test", "{\n\temail x@a.test\n}\n")]
    [InlineData(
        "caddy_1=b.test|caddy_0=a.test|caddy_0.respond=1|caddy_1.respond=2",
        "a.test {\n\trespond 1\n}\nb.test {\n\trespond 2\n}\n"
    )]
    [InlineData("caddy=a.test|caddy.10_b=|caddy.9_c=|caddy.a=|caddy.@m=path /x", "a.test {\n\t@m path /x\n\tc\n\tb\n\ta\n}\n")]
    [InlineData("caddy=(s)|caddy.respond_0=/a|caddy.respond_1=/b", "(s) {\n\trespond /a\n\trespond /b\n}\n")]
    [InlineData("caddy=a.test|caddy.handle.respond=`{\"a b\": 1}` 200", "a.test {\n\thandle {\n\t\trespond `{\"a b\": 1}` 200\n\t}\n}\n")]
    [InlineData("caddy=a.test|caddy.header.1_X\\.Y=\"a b\"", "a.test {\n\theader {\n\t\tX.Y \"a b\"\n\t}\n}\n")]
    public void Labels_are_read_as_the_plugin_reads_them(string labels, string expected) =>
        Assert.Equal(
            expected,
            CaddyLabelReader.Read(
                labels.Split('|').Select(static label => label.Split('=', 2)).Select(static label => new CaddyLabel(label[0], label[1])),
                _version
            )
        );

    [Fact]
    public void What_the_plugin_would_quote_otherwise_is_refused()
    {
        RenderResult result = CompiledText.Render(
            "targets: { caddy: { output: labels } }\nsites:\n  - { host: a.test, respond: { body: \"`\\\"\" } }\n",
            "caddy"
        );
        Assert.Empty(result.Files);
        Assert.Contains(result.Diagnostics, static d => d.Rule.Code == "CFG0405");
    }

    private static IEnumerable<CaddyLabel> LabelsOf(string compose)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(compose));
        var services = (YamlMappingNode)((YamlMappingNode)stream.Documents[0].RootNode)["services"];
        return services
            .Children.Values.SelectMany(static service => ((YamlMappingNode)((YamlMappingNode)service)["labels"]).Children)
            .Select(static label => new CaddyLabel(label.Key.ToString(), ((YamlScalarNode)label.Value).Value ?? ""))
            .Select(static label => label with { Value = label.Value.Replace("$$", "$", StringComparison.Ordinal) });
    }

    // Names of a handshake come in any order. Servers and certificates are numbered in the order in which their sites stand, and
    // files hide the Caddyfile by its name.
    private static string Adapted(string caddyfile)
    {
        (int code, string json, string error) = RealCaddy.Adapt(caddyfile);
        Assert.True(code == 0, error);
        return Sorted("", JsonNode.Parse(Numbers().Replace(json, "cert")))!.ToJsonString();
    }

    private static JsonNode? Sorted(string key, JsonNode? node) =>
        node switch
        {
            JsonObject servers when key == "servers" => InOrder(servers.Select(static server => Server(server.Value as JsonObject))),
            JsonObject map => new JsonObject(
                map.Where(static pair => pair.Key != "hide")
                    .Select(static pair => KeyValuePair.Create(pair.Key, Sorted(pair.Key, pair.Value)))
            ),
            JsonArray list when key is "policies" or "load_files" or "tls_connection_policies" or "sni" or "subjects" => InOrder(
                list.Select(static item => Sorted("", item))
            ),
            JsonArray list => new JsonArray([.. list.Select(static item => Sorted("", item))]),
            _ => node?.DeepClone(),
        };

    // Its routes are those of its sites.
    private static JsonObject? Server(JsonObject? server)
    {
        var sorted = (JsonObject?)Sorted("", server);
        if (sorted?["routes"] is JsonArray routes)
        {
            sorted["routes"] = InOrder(routes.Select(static route => route?.DeepClone()));
        }

        return sorted;
    }

    // A certificate that several sites have may be loaded twice.
    private static JsonArray InOrder(IEnumerable<JsonNode?> items) =>
        new([
            .. items.DistinctBy(static item => item?.ToJsonString()).OrderBy(static item => item?.ToJsonString(), StringComparer.Ordinal),
        ]);

    [GeneratedRegex("\\bcert[0-9]+\\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Numbers();
}
