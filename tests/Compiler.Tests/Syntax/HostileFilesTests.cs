using System.Text;
using Confgen.Compiler.Tests.Support;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Syntax;

/// <summary>Files that are no spec, or are made to exhaust whoever reads them: each gets a diagnostic, at its place.</summary>
public sealed class HostileFilesTests
{
    private const string Site = "sites:\n  - { host: a.test, respond: ok }\n";

    public static TheoryData<string, string, string> Texts =>
        new()
        {
            { "CFG0005", "1:72", "sites: " + Repeat("[", 100_000) },
            { "CFG0005", "1:260", "a: " + Repeat("{a: ", 100_000) },
            { "CFG0005", "1:131", Repeat("- ", 100_000) },
            { "CFG0005", "66:66", string.Concat(Enumerable.Range(0, 3000).Select(i => new string(' ', i) + "a:\n")) },
            {
                "CFG0005",
                "6:5",
                "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
                    + string.Concat(
                        Enumerable.Range(1, 20).Select(i => $"a{i}: &a{i} [{string.Join(",", Enumerable.Repeat($"*a{i - 1}", 9))}]\n")
                    )
            },
            {
                "CFG0005",
                "20:6",
                "a0: &a0 {x: 1}\n"
                    + string.Concat(Enumerable.Range(1, 60).Select(i => $"a{i}: &a{i} {{k{i}: *a{i - 1}, j{i}: *a{i - 1}}}\n"))
            },
            { "CFG0002", "2:1", "a: b\n\0c: d" },
            { "CFG0002", "1:6", "a: b \x01" },
            { "CFG0003", "1:8", "a: &a [*a]" },
            { "CFG0003", "1:12", "a: &a {<<: *a}" },
            { "CFG0003", "1:4", "a: *b" },
            { "CFG0003", "1:1", Repeat("...\n", 10_000) },
            { "CFG0003", "2:1", "sites:\n\t- host: a.test\n" },
            { "CFG0002", "1:1", "sites: " + Repeat("x", 10_000_000) },
            { "CFG0002", "2:11", "sites:\n  - host: \0a" },
            { "CFG0002", "1:4", "a: \u007f" },
            { "CFG0002", "1:7", "sites:\r  - host: a.test\r" },
            { "CFG0002", "2:4", "a: b\nc: \u2028d: e\n" },
            { "CFG0002", "1:4", "a: \u0085" },
            { "CFG0002", "1:5", "# ab\u202e\n" + Site },
            { "CFG0002", "1:1", "\ufeff" + Site },
            { "CFG0006", "3:1", Site + "---\na: b\n" },
            { "CFG0006", "1:3", "? [a, b]\n: c\n" },
            { "CFG0006", "1:5", "<<: x\n" },
            { "CFG0006", "1:8", "sites: !foo []\n" },
            { "CFG0007", "1:8", "sites: ${A" },
            { "CFG0007", "1:8", "sites: ${}" },
            { "CFG0007", "1:8", "sites: ${1A}" },
            { "CFG0004", "2:1", "a: 1\na: 2\n" },
            { "CFG0102", "1:1", "" },
            { "CFG0102", "1:1", "# nothing\n\n" },
            { "CFG0101", "1:1", "- a\n" },
            { "CFG0104", "1:10", "version: " + Repeat("9", 500_000) },
            { "CFG0102", "1:10", "include: {a: b}\n" + Site },
            { "CFG0101", "1:11", "include: [[a]]\n" + Site },
            { "CFG0101", "1:10", "include: \"a\\0b\"\n" + Site },
            { "CFG0101", "1:10", "include: \"\"\n" + Site },
            { "CFG0001", "1:10", "include: /nowhere/at-all.yaml\n" + Site },
            { "CFG0001", "1:10", "include: none-*.yaml\n" + Site },
        };

    public static TheoryData<string, byte[]> Bytes =>
        new()
        {
            { "not valid UTF-8", [.. "a: "u8, 0xC3, 0x28] },
            { "not valid UTF-8", [.. "a: "u8, 0xED, 0xA0, 0x80] },
            { "not valid UTF-8", [(byte)'E', (byte)'L', (byte)'F' + 0x80] },
            { "UTF-16", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Site)] },
            { "UTF-16", [.. Encoding.BigEndianUnicode.GetPreamble(), .. Encoding.BigEndianUnicode.GetBytes(Site)] },
            { "UTF-16", Encoding.Unicode.GetBytes(Site) },
            { "control character", [.. "a: "u8, 0x1B, .. "[0m"u8] },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_that_is_no_spec_is_refused_at_its_place(string code, string place, string text)
    {
        Diagnostic first = Support.Compile.Text(text.Replace("\ufeff", "\ufeff\ufeff")).Diagnostics.First(d => d.Rule.Code == code);
        Assert.Equal(place, $"{first.Span.Line}:{first.Span.Column}");
    }

    [Theory]
    [MemberData(nameof(Bytes))]
    public void Bytes_that_are_no_text_are_refused(string message, byte[] bytes)
    {
        Compilation compilation = Compilation.FromStream(
            Support.Compile.Host(new Dictionary<string, string>()),
            "spec.yaml",
            new MemoryStream(bytes)
        );
        Diagnostic only = Assert.Single(compilation.Diagnostics);
        Assert.Equal("CFG0002", only.Rule.Code);
        Assert.Contains(message, only.Message);
    }

    [Theory]
    [InlineData("sites:\r\n  - host: a.test\r\n    respond: ok\r\n")]
    [InlineData("\ufeffsites:\n  - host: a.test\n    respond: ok\n")]
    [InlineData("%YAML 1.2\n---\nsites:\n  - { host: a.test, respond: ok }\n...\n")]
    [InlineData("x: &x { respond: ok }\nsites:\n  - { host: a.test, <<: *x }\n")]
    [InlineData("sites:\n  - &a { host: a.test, respond: ok }\n  - { <<: [*a], host: b.test }\n")]
    [InlineData("sites:\n  - { host: a.test, respond: { body: \"$${HOME}\" } }\n")]
    [InlineData("sites:\n  - { host: a.test, respond: \"${A:-}${B:-${C}}\" }\n")]
    public void What_yaml_allows_is_read(string text) =>
        Assert.DoesNotContain(Support.Compile.Text(text).Diagnostics, d => d.Severity == Severity.Error && d.Rule.Code != "CFG0100");

    [Fact]
    public void Files_may_include_each_other() =>
        Assert.Empty(
            Support
                .Compile.Text(
                    "include: [b.yaml, spec.yaml]\n" + Site,
                    new Dictionary<string, string> { ["b.yaml"] = "include: spec.yaml\n" }
                )
                .Diagnostics
        );

    [Fact]
    public void A_file_whose_lines_are_all_comments_may_be_included() =>
        Assert.Empty(
            Support.Compile.Text("include: b.yaml\n" + Site, new Dictionary<string, string> { ["b.yaml"] = "# off\n" }).Diagnostics
        );

    [Fact]
    public void A_chain_of_files_has_an_end()
    {
        var files = Enumerable.Range(0, 500).ToDictionary(i => $"f{i}.yaml", i => $"include: f{i + 1}.yaml\n");
        Assert.Contains(Support.Compile.Text("include: f0.yaml\n" + Site, files).Diagnostics, d => d.Message.Contains("levels deep"));
    }

    [Fact]
    public void After_many_errors_no_more_are_looked_for()
    {
        IReadOnlyList<Diagnostic> found = Support.Compile.Text("sites: [" + Repeat("a,\n ", 50_000) + "]\n").Diagnostics;
        Assert.Equal(DiagnosticBag.MostErrors, found.Count);
        Assert.Contains("no more", found[^1].Hint);
    }

    [Fact]
    public void A_fault_behind_an_alias_is_one_fault() =>
        Assert.Single(
            Support
                .Compile.Text(
                    "sites:\n  - { host: a.test, routes: &r [{ path: nowhere, respond: ok }] }\n  - { host: b.test, routes: *r }\n"
                )
                .Diagnostics
        );

    [Fact]
    public void A_missing_variable_does_not_hide_other_errors() =>
        Assert.Equal(
            ["CFG0007", "CFG0110"],
            Findings.Codes("sites:\n  - { host: a.test, proxy: \"${NOWHERE}\", timeouts: { read: 60 } }\n")
        );

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
