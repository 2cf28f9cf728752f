using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Model.Rules;
using Confgen.Targets.Caddy;
using Confgen.Targets.Caddy.Reading;
using Confgen.Targets.Importing;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Snapshots;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Caddyfiles, each with the spec that it becomes and what became of each directive.</summary>
public sealed partial class CaddyImportTests
{
    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Specs => [.. SnapshotCase.All.Select(c => c.Name)];

    private static string Folder => Path.Combine(ArchitectureTests.Root, "tests/Targets.Tests/Importing/CaddyCases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_becomes_this_spec_with_this_report(string name) => ImportReport.Compare(Path.Combine(Folder, name), Import(name));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_spec_compiles(string name) => Assert.Empty(Errors(Import(name).Spec!));

    /// <summary>What confgen writes for Caddy uses more of its language than people do; it is read without a fault.</summary>
    [Theory]
    [MemberData(nameof(Specs))]
    public void What_is_rendered_for_Caddy_is_read(string name)
    {
        RenderResult rendered = SnapshotCase.Named(name).Compile().Render(new CaddyTarget(), Layout.Complete, singleFile: true);
        if (rendered.Files.Count == 0)
        {
            return;
        }

        ImportResult result = CaddyTexts.Import(rendered.Files[0].Text);
        Assert.Null(result.Error);
        Assert.All(result.Directives, d => Assert.True(d.Fate == ImportFate.Said || d.Reason is not null, $"{d.Text}: no reason"));
    }

    [Fact]
    public void A_file_that_Caddy_would_refuse_is_refused_with_its_place()
    {
        ImportResult result = CaddyTexts.Import("a.example.com {\n\trespond \"x\n}\n");
        Assert.Null(result.Spec);
        Assert.StartsWith("/c/Caddyfile:2:10: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directive_of_a_plugin_without_a_known_place_is_lost()
    {
        ImportResult result = CaddyTexts.Import(":80 {\n\tmercure {\n\t\tanonymous\n\t}\n\trespond 404\n}\n");
        Assert.Equal(["mercure {}", "anonymous"], result.Directives.Where(d => d.Fate == ImportFate.Lost).Select(d => d.Text));
    }

    [Fact]
    public void Snippets_that_import_themselves_end()
    {
        string lines = string.Concat(Enumerable.Repeat("\timport a\n\timport b\n", 5));
        ImportResult result = CaddyTexts.Import($"(a) {{\n{lines}}}\n(b) {{\n{lines}}}\n:80 {{\n\timport a\n\tabort\n}}\n");
        Assert.Contains(result.Directives, d => d.Fate == ImportFate.Lost && d.Text == "import a");
    }

    [Theory]
    [InlineData("Caddyfile", "anything", true)]
    [InlineData("blog.caddyfile", "anything", true)]
    [InlineData("text", ":80 {\n\tfile_server\n}\n", true)]
    [InlineData("text", "a.example.com\nreverse_proxy :3000\n", true)]
    [InlineData("text", "this is prose\n", false)]
    [InlineData("text", "server {\n  root /srv;\n}\n", false)]
    [InlineData("text", "server:\n  port: 80\n", false)]
    public void A_file_is_told_by_its_name_or_its_content(string name, string text, bool isOne) =>
        Assert.Equal(isOne, new CaddyImporter().Recognizes(name, text));

    /// <summary>A request gets the route that Caddy takes: its order of directives and of paths, in the spec's.</summary>
    [Theory]
    [InlineData("respond /a/* 201\nrespond /a/b/* 202\nrespond 203", "/a/b/c 202", "/a/x 201", "/b 203")]
    [InlineData("handle /a/b/* {\nrespond 202\n}\nhandle /a/* {\nrespond 201\n}", "/a/b/c 202", "/a/x 201")]
    [InlineData("route {\nrespond /a/* 201\nrespond /a/b/* 202\n}", "/a/b/c 201")]
    [InlineData("@x path_regexp ^/a\nhandle @x {\nrespond 201\n}\nhandle /a/b {\nrespond 202\n}", "/a/b 201", "/a/c 201")]
    [InlineData("@x path_regexp ^/a\nhandle /a/b {\nrespond 202\n}\nhandle @x {\nrespond 201\n}", "/a/b 202", "/a/c 201")]
    [InlineData("route {\n@x path_regexp ^/a\nrespond @x 201\nrespond /a/b 202\n}", "/a/b 201")]
    [InlineData("respond 203\nrespond /x 204\nredir /x /y", "/x 302", "/z 203")]
    [InlineData(
        "@p path *.php\nrespond @p 201\n@q path */q/*\nrespond @q 204\nrespond /p* 202",
        "/p.php 201",
        "/a.php 201",
        "/A.PHP 201",
        "/prefix 202",
        "/a/q/b 204"
    )]
    [InlineData("@m method POST\nrespond @m 201\nrespond /a 202", "/a 202")]
    [InlineData("@n not path /open/*\nrespond @n 201\nrespond 202", "/open/x 202", "/closed 201")]
    [InlineData("handle_path /a/* {\nrespond /b/* 201\nrespond 202\n}", "/a/b/c 201", "/a/c 202")]
    [InlineData("rewrite /a /b\nrespond /b 201\nrespond 202", "/a 201", "/b 201", "/c 202")]
    [InlineData("handle /a/* {\n}\nhandle {\nrespond 202\n}", "/a/x 200", "/b 202")]
    [InlineData("respond /a/*/c 201\nrespond 202", "/a/b/c 201", "/a/b/d/c 202")]
    public void A_request_gets_the_route_that_Caddy_takes(string directives, params string[] requests)
    {
        ImportResult result = CaddyTexts.Import($"http://a.example.com {{\n{directives}\n}}\n");
        Assert.Empty(Errors(result.Spec!));
        Compilation compilation = CompiledText.Of(result.Spec!);
        foreach (string request in requests)
        {
            string[] words = request.Split(' ');
            var asked = EvaluatedRequest.FromUrl("GET", "http://a.example.com" + words[0], [], EvaluatedRequest.PublicPeer);
            Evaluation outcome = new Evaluator(compilation.Spec!).Evaluate(asked);
            Assert.Equal(request, string.Create(CultureInfo.InvariantCulture, $"{words[0]} {outcome.Status}"));
        }
    }

    // Variables of the environment have their defaults, or a name as their value.
    private static string Errors(string spec) =>
        string.Join(
            '\n',
            CompiledText.Shown(
                CompiledText
                    .Of(Variable().Replace(spec, m => m.Groups["default"].Success ? m.Groups["default"].Value : "named"))
                    .Diagnostics.Where(d => d.Severity == Severity.Error)
            )
        );

    [GeneratedRegex(@"\$\{[A-Z_]+(:-(?<default>[^}]*))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    private static ImportResult Import(string name)
    {
        string folder = Path.Combine(Folder, name);
        Dictionary<string, string> files = Directory
            .GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains(".verified.") && !f.Contains(".received."))
            .ToDictionary(f => "/etc/caddy/" + Path.GetRelativePath(folder, f), File.ReadAllText);
        return CaddyTexts.Import(files);
    }
}
