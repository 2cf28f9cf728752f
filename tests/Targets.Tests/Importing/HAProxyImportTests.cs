using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Targets.HAProxy;
using Confgen.Targets.HAProxy.Reading;
using Confgen.Targets.Importing;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Snapshots;

namespace Confgen.Targets.Tests.Importing;

/// <summary>HAProxy's configurations, each with the spec that it becomes and what became of each line.</summary>
public sealed class HAProxyImportTests
{
    public static TheoryData<string> Cases =>
        [.. Directory.GetDirectories(Folder).Select(static d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Specs => [.. SnapshotCase.All.Select(static c => c.Name)];

    private static string Folder => Path.Combine(ArchitectureTests.Root, "tests/Targets.Tests/Importing/HAProxyCases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_becomes_this_spec_with_this_report(string name) => ImportReport.Compare(Path.Combine(Folder, name), Import(Text(name)));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_spec_compiles(string name) =>
        Assert.Empty(
            CompiledText
                .Of(Import(Text(name)).Spec!)
                .Diagnostics.Where(static d => d.Severity == Severity.Error)
                .Select(static d => d.Message)
        );

    /// <summary>No line is left out: each that has a word has one fate.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_line_has_a_fate(string name)
    {
        int written = Text(name).Split('\n').Count(static line => line.Trim() is { Length: > 0 } text && text[0] != '#');
        ImportReport.IsWhole(Import(Text(name)), written, isLine: true);
    }

    /// <summary>What confgen writes for HAProxy uses more of its language than people do; it is read without a fault.</summary>
    [Theory]
    [MemberData(nameof(Specs))]
    public void What_is_rendered_for_HAProxy_is_read(string name)
    {
        RenderResult rendered = SnapshotCase.Named(name).Compile().Render(new HAProxyTarget(), Layout.Complete);
        if (rendered.Files.Count > 0)
        {
            ImportResult result = Import(rendered.Files[0].Text);
            Assert.Null(result.Error);
            Assert.All(
                result.Directives,
                static d => Assert.True(d.Fate == ImportFate.Said || d.Reason is not null, $"{d.Text}: no reason")
            );
        }
    }

    [Fact]
    public void A_file_that_HAProxy_would_refuse_is_refused_with_its_place() =>
        Assert.StartsWith(
            "/c/haproxy.cfg:3:16: ",
            Import("frontend f\n    bind :80\n    log-format \"%ci\n").Error,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_file_is_known_by_its_name_or_its_sections()
    {
        var importer = new HAProxyImporter();
        Assert.True(importer.Recognizes("haproxy.cfg", ""));
        Assert.True(importer.Recognizes("lb.cfg", "defaults\n  mode http\nfrontend f\n  bind :80\n"));
        Assert.False(importer.Recognizes("Caddyfile", "a.example.com {\n\treverse_proxy app:80\n}\n"));
    }

    // A rule that stands before another one in HAProxy does so in the spec, whatever order that has of its own.
    [Theory]
    [InlineData("use_backend a if { path_beg / } { method POST }\n    use_backend b if { path_beg /api/ }", "regex")]
    [InlineData("use_backend b if { path_beg /api/ }\n    use_backend a if { path_beg /x/ }", "path")]
    [InlineData("use_backend a if { path_beg /api }\n    use_backend b if { path /api/x }", "regex")]
    public void The_order_of_rules_stays(string rules, string field)
    {
        ImportResult result = Import(
            $"defaults\n    mode http\nfrontend f\n    bind :80\n    {rules}\nbackend a\n    server s a:80\nbackend b\n    server s b:80\n"
        );
        Assert.Contains($"- {field}: ", result.Spec!, StringComparison.Ordinal);
        Assert.DoesNotContain($"- {(field == "regex" ? "path" : "regex")}: ", result.Spec!, StringComparison.Ordinal);
    }

    private static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name, "haproxy.cfg"));

    private static ImportResult Import(string text) =>
        new HAProxyImporter().Import(new ImportRequest([("/c/haproxy.cfg", text)], new MemoryFiles(new Dictionary<string, string>()), []));
}
