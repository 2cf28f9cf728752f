using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Importing;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Traefik.Reading;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Traefik's files and labels, each with the spec that they become and what became of each key.</summary>
public sealed class TraefikImportTests
{
    private const string Hosted = "http:\n  routers:\n    r:\n      rule: ";
    private const string Behind =
        "\n      service: s\n  services:\n    s:\n      loadBalancer:\n        servers:\n          - url: http://s:80\n";

    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Folder).Select(static d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(ArchitectureTests.Root, "tests/Targets.Tests/Importing/TraefikCases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_becomes_this_spec_with_this_report(string name) => ImportReport.Compare(Path.Combine(Folder, name), Import(Files(name)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_spec_compiles(string name) => Assert.Empty(Errors(Import(Files(name)).Spec!));

    /// <summary>No key is left out: each key of a file, each label and each argument has one fate.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_key_has_a_fate(string name)
    {
        int written = Files(name)
            .Sum(static file =>
                file.Name.EndsWith("compose.yaml", StringComparison.Ordinal)
                    ? file
                        .Text.Split('\n')
                        .Count(static line =>
                            line.TrimStart(' ', '-').StartsWith("traefik.", StringComparison.Ordinal)
                            || line.Contains(" --", StringComparison.Ordinal)
                        )
                    : Keys(YamlText.Read(new SourceText(file.Name, file.Text), new DiagnosticBag())!)
            );
        ImportReport.IsWhole(Import(Files(name)), written, isLine: false);
    }

    [Fact]
    public void Toml_says_what_yaml_says()
    {
        const string Toml = """
            # Two routers.
            [http.routers.app]
            rule = "Host(`app.example.com`) && PathPrefix(`/api`)"
            service = "app"
            middlewares = ["strip", "gz"]

            [http.middlewares.strip.stripPrefix]
            prefixes = ["/api"]

            [http.middlewares.gz.compress]

            [[http.services.app.loadBalancer.servers]]
            url = "http://a:80"

            [[http.services.app.loadBalancer.servers]]
            url = "http://b:80"
            weight = 3
            """;
        const string Yaml = """
            http:
              routers:
                app: { rule: "Host(`app.example.com`) && PathPrefix(`/api`)", service: app, middlewares: [strip, gz] }
              middlewares:
                strip: { stripPrefix: { prefixes: [/api] } }
                gz: { compress: {} }
              services:
                app: { loadBalancer: { servers: [{ url: "http://a:80" }, { url: "http://b:80", weight: 3 }] } }
            """;
        ImportResult result = Import([("/c/dynamic.toml", Toml)]);
        Assert.Equal(Import([("/c/dynamic.yaml", Yaml)]).Spec, result.Spec);
        Assert.Equal(0, result.Count(ImportFate.Lost));
        Assert.Contains(result.Directives, static d => d.Line == 3 && d.Text.StartsWith("rule = ", StringComparison.Ordinal));
        Assert.StartsWith("/c/x.toml:2:", Import([("/c/x.toml", "a = 1\nb = = 2\n")]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_known_by_its_keys_or_its_labels()
    {
        var importer = new TraefikImporter();
        Assert.True(importer.Recognizes("/etc/traefik/traefik.yml", ""));
        Assert.True(importer.Recognizes("dynamic.yaml", Hosted + "Host(`a.example.com`)" + Behind));
        Assert.True(importer.Recognizes("compose.yaml", "services:\n  a:\n    labels: [traefik.enable=true]\n"));
        Assert.False(importer.Recognizes("compose.yaml", "services:\n  a:\n    labels: [caddy=a.example.com]\n"));
        Assert.False(importer.Recognizes("confgen.yaml", "sites:\n  - { host: a.example.com, proxy: \"http://a:80\" }\n"));
        Assert.False(importer.Recognizes("nginx.conf", "server { listen 80; }\n"));
    }

    // The longer rule goes first in Traefik; a spec has an order of its own.
    [Theory]
    [InlineData("Host(`a.example.com`) && PathPrefix(`/x`)", "Host(`a.example.com`) && PathPrefix(`/x/y`)", 0, "path")]
    [InlineData("Host(`a.example.com`) && PathPrefix(`/x`)", "Host(`a.example.com`) && PathPrefix(`/x/y`)", 99, "regex")]
    [InlineData("Host(`a.example.com`) && PathPrefix(`/x`)", "Host(`a.example.com`) && Path(`/y`)", 99, "path")]
    public void The_order_of_routers_stays(string first, string second, int priority, string field)
    {
        string spec = Import([
            (
                "/c/dynamic.yaml",
                $"http:\n  routers:\n    one: {{ rule: '{first}', service: s, priority: {priority} }}\n"
                    + $"    two: {{ rule: '{second}', service: t }}\n"
                    + "  services:\n    s: { loadBalancer: { servers: [{ url: 'http://s:80' }] } }\n"
                    + "    t: { loadBalancer: { servers: [{ url: 'http://t:80' }] } }\n"
            ),
        ]).Spec!;
        Assert.Contains($"{field}: ", spec, StringComparison.Ordinal);
        Assert.DoesNotContain($"{(field == "regex" ? "path" : "regex")}: ", spec, StringComparison.Ordinal);
    }

    // A guard that can't be said must not leave a route open.
    [Theory]
    [InlineData("plugin: { bouncer: { enabled: true } }")]
    [InlineData("digestAuth: { users: ['a:b:c'] }")]
    [InlineData("basicAuth: { users: [] }")]
    [InlineData("forwardAuth: { trustForwardHeader: true }")]
    [InlineData("ipAllowList: { sourceRange: [] }")]
    [InlineData("chain: { middlewares: [nowhere] }")]
    public void A_guard_that_is_lost_leaves_nothing_open(string guard)
    {
        ImportResult result = Import([
            (
                "/c/dynamic.yaml",
                (Hosted + "Host(`a.example.com`)\n      middlewares: [g]" + Behind).Replace(
                    "  services:",
                    $"  middlewares:\n    g: {{ {guard} }}\n  services:",
                    StringComparison.Ordinal
                )
            ),
        ]);
        Assert.Contains("respond:", result.Spec!, StringComparison.Ordinal);
        Assert.DoesNotContain("proxy:", result.Spec!, StringComparison.Ordinal);
        Assert.True(result.Count(ImportFate.Lost) > 0);
    }

    private static int Keys(SyntaxNode node) =>
        node switch
        {
            MapSyntax map => map.Entries.Sum(static entry => 1 + Keys(entry.Value)),
            ListSyntax list => list.Items.Sum(Keys),
            _ => 0,
        };

    private static string[] Errors(string spec) =>
        [.. CompiledText.Of(spec).Diagnostics.Where(static d => d.Severity == Severity.Error).Select(static d => d.Message)];

    private static (string Name, string Text)[] Files(string name) =>
        [
            .. Directory
                .GetFiles(Path.Combine(Folder, name))
                .Where(static file =>
                    !file.Contains(".verified.", StringComparison.Ordinal) && !file.Contains(".received.", StringComparison.Ordinal)
                )
                .OrderDescending(StringComparer.Ordinal)
                .Select(static file => ("/c/" + Path.GetFileName(file), File.ReadAllText(file))),
        ];

    private static ImportResult Import((string Name, string Text)[] files) =>
        new TraefikImporter().Import(new ImportRequest(files, new MemoryFiles(new Dictionary<string, string>()), []));
}
