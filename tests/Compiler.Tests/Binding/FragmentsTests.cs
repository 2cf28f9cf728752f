using Confgen.Compiler.Binding;
using Confgen.Compiler.Syntax;
using Confgen.Compiler.Tests.Support;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Binding;

public sealed class FragmentsTests
{
    [Fact]
    public void What_fragments_hold_means_what_it_means_where_it_is_used()
    {
        MapSyntax root = Parse(Golden.Text);
        Spec expected = Bind(root);
        for (int seed = 0; seed < 100; seed++)
        {
            Spec spec = Bind(new Cutter(new Random(seed)).Cut(root));
            Assert.True(expected.Equals(spec), $"seed {seed}");
        }
    }

    [Fact]
    public void A_fault_in_a_fragment_is_told_once_with_the_use_that_led_there()
    {
        Diagnostic[] errors =
        [
            .. Errors(
                """
                fragments:
                  slow: { timeouts: { read: 10 } }
                sites:
                  - { host: a.example.com, proxy: "http://127.0.0.1:3000", use: slow }
                  - { host: b.example.com, proxy: "http://127.0.0.1:3000", use: slow }
                """
            ),
        ];
        Diagnostic only = Assert.Single(errors);
        Assert.Equal((2, 29), (only.Span.Line, only.Span.Column));
        Assert.Equal((4, 65), (only.Related[0].Span.Line, only.Related[0].Span.Column));
    }

    [Fact]
    public void Files_share_fragments_and_a_relative_path_is_that_of_its_file()
    {
        Compilation compilation = Compile.Text(
            "include: [teams/a.yaml]\nsites:\n  - { host: a.example.com, use: www }\n",
            new Dictionary<string, string>
            {
                ["teams/a.yaml"] = "fragments:\n  www: { basic_auth: { file: users }, respond: ok }\n",
                ["teams/users"] = "bob:$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\n",
            }
        );

        Assert.DoesNotContain(compilation.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal("bob", compilation.Spec!.Sites[0].Routes[0].BasicAuth!.Users[0].Name);
    }

    [Theory]
    [InlineData("use: [other, {}]", "4:24 CFG0101")]
    [InlineData("use: [other, []]", "4:24 CFG0101")]
    [InlineData("use: []", "4:16 CFG0103")]
    [InlineData("use: [other, privat]", "4:24 CFG0145")]
    [InlineData("use: \"\"", "4:16 CFG0145")]
    [InlineData("use: [other, private, private]", "")]
    public void A_name_is_one_of_a_fragment(string use, string expected)
    {
        string yaml = $$"""
            fragments:
              private: { allow: [10.0.0.0/8] }
              other: { log: json }
            sites: [{ {{use}}, host: a.example.com, respond: ok }]
            """;
        string[] found = [.. Errors(yaml).Select(d => $"{d.Span.Line}:{d.Span.Column} {d.Rule.Code}")];
        Assert.True(expected.Length == 0 ? found.Length == 0 : found.Contains(expected), string.Join("; ", found));
    }

    [Fact]
    public void Fragments_that_use_each_other_twice_are_put_in_place_once()
    {
        string chain = string.Concat(Enumerable.Range(0, 60).Select(i => $"  f{i}: {{ use: [f{i + 1}, f{i + 1}] }}\n"));
        Assert.Empty(
            Errors($"fragments:\n{chain}  f60: {{ allow: [10.0.0.0/8] }}\nsites:\n  - {{ host: a.example.com, use: f0, respond: ok }}\n")
        );
    }

    [Fact]
    public void A_chain_of_fragments_has_an_end()
    {
        string chain = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"  f{i}: {{ use: f{i + 1} }}\n"));
        Diagnostic error = Assert.Single(
            Errors($"fragments:\n{chain}  f20000: {{}}\nsites:\n  - {{ host: a.example.com, use: f0, respond: ok }}\n")
        );
        Assert.Equal("CFG0005", error.Rule.Code);
    }

    [Fact]
    public void What_fragments_bring_in_is_bounded()
    {
        string large = string.Join(", ", Enumerable.Repeat("v", 20_000));
        string sites = string.Concat(Enumerable.Range(0, 1000).Select(i => $"  - {{ host: a{i}.example.com, use: large, respond: ok }}\n"));
        Diagnostic error = Assert.Single(Errors($"fragments:\n  large: {{ x-large: [{large}] }}\nsites:\n{sites}"));
        Assert.Equal("CFG0005", error.Rule.Code);
    }

    private static IEnumerable<Diagnostic> Errors(string yaml) => Compile.Text(yaml).Diagnostics.Where(d => d.Severity == Severity.Error);

    private static MapSyntax Parse(string text) =>
        (MapSyntax)YamlReader.Read(new SourceText("spec.yaml", text), new EnvironmentVariables(_ => null), new DiagnosticBag())!;

    private static Spec Bind(MapSyntax root)
    {
        CompilerHost host = Compile.Host(Golden.Files);
        var diagnostics = new DiagnosticBag();
        (Spec spec, _) = host.Binder.Bind(
            new BindingContext(host.Files, diagnostics, new Dictionary<string, SourceText>(StringComparer.Ordinal)),
            [root]
        );
        Assert.Empty(diagnostics.Items.Where(d => d.Severity == Severity.Error).Select(d => d.Message));
        return spec;
    }

    /// <summary>Moves some fields of every site, route and upstream into fragments, which may use others in their turn.</summary>
    private sealed class Cutter(Random random)
    {
        private readonly List<EntrySyntax> _fragments = [];

        public MapSyntax Cut(MapSyntax root)
        {
            List<EntrySyntax> entries =
            [
                .. root
                    .Entries.Where(e => e.Key.Value != "fragments")
                    .Select(e =>
                        e.Key.Value switch
                        {
                            "sites" => e with { Value = Each(e.Value, Site) },
                            "upstreams" when e.Value is MapSyntax map => e with
                            {
                                Value = new MapSyntax(
                                    [.. map.Entries.Select(u => u.Value is MapSyntax one ? u with { Value = Part(one) } : u)],
                                    map.Span
                                ),
                            },
                            _ => e,
                        }
                    ),
            ];
            EntrySyntax? own = root.Entries.FirstOrDefault(e => e.Key.Value == "fragments");
            _fragments.AddRange((own?.Value as MapSyntax)?.Entries ?? []);
            entries.Add(new EntrySyntax(Word("fragments"), new MapSyntax(_fragments, root.Span)));
            return new MapSyntax(entries, root.Span);
        }

        private MapSyntax Site(MapSyntax site) =>
            Part(
                new MapSyntax(
                    [.. site.Entries.Select(e => e.Key.Value == "routes" ? e with { Value = Each(e.Value, Part) } : e)],
                    site.Span
                )
            );

        private MapSyntax Part(MapSyntax map)
        {
            if (map.Find("use") is not null || map.Entries.Count < 2)
            {
                return map;
            }

            var kept = new List<EntrySyntax>();
            List<EntrySyntax>[] moved =
            [
                [],
                [],
            ];
            foreach (EntrySyntax entry in map.Entries)
            {
                (random.Next(3) is var place and < 2 ? moved[place] : kept).Add(entry);
            }

            List<SyntaxNode> names = [.. moved.Where(m => m.Count > 0).Select(m => (SyntaxNode)Word(Fragment(m)))];
            if (names.Count > 0)
            {
                kept.Add(new EntrySyntax(Word("use"), names.Count == 1 ? names[0] : new ListSyntax(names, map.Span)));
            }

            return new MapSyntax(kept, map.Span);
        }

        private string Fragment(List<EntrySyntax> entries)
        {
            string name = $"f{_fragments.Count}";
            _fragments.Add(new EntrySyntax(Word(name), new MapSyntax([], entries[0].Key.Span)));
            int index = _fragments.Count - 1;
            MapSyntax map = new(entries, entries[0].Key.Span);
            _fragments[index] = _fragments[index] with { Value = random.Next(3) == 0 ? Part(map) : map };
            return name;
        }

        private static ScalarSyntax Word(string text) =>
            (ScalarSyntax)((MapSyntax)YamlReader.Read(new SourceText(text, $"x: {text}\n"), null, new DiagnosticBag())!).Entries[0].Value;

        private static SyntaxNode Each(SyntaxNode node, Func<MapSyntax, MapSyntax> change) =>
            node is ListSyntax list ? new ListSyntax([.. list.Items.Select(i => i is MapSyntax map ? change(map) : i)], list.Span) : node;
    }
}
