using System.Text;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Targets;

namespace Confgen.Fuzz.Tests;

/// <summary>Specs: whatever the text, there are diagnostics at places within it or a model, and never an exception.</summary>
public sealed class SpecFuzzTests
{
    private static readonly string[] _pieces =
    [
        "&a ",
        "*a",
        "<<: *a\n",
        "!!int ",
        "!tag ",
        "? ",
        "- ",
        ": ",
        "|\n",
        ">-\n",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "#",
        "${HOME}",
        "${",
        "%YAML 1.2\n---\n",
        "---\n",
        "...\n",
        "\t",
        "\u00c3\u00a9",
        "\u00ef\u00bb\u00bf",
        "sites:\n",
        "routes:\n",
        "proxy: ",
        "{request_id}",
        "{{",
        "1h30m",
        "100MB",
        "0x10",
        "1e309",
        ".inf",
        "null",
        "~",
        "\\u0000",
        "\r\n",
        "\u00e2\u0080\u00a8",
    ];

    [Fact]
    public void Any_text_is_read_or_reported() =>
        Fuzzer.Try(
            "specs",
            input =>
            {
                var source = new SourceText("spec.yaml", Encoding.UTF8.GetString(input));
                var found = new DiagnosticBag();
                SyntaxNode? root = YamlReader.Read(source, variables: null, found);
                AssertPlaces(source, found.Items);
                Assert.True(
                    root is not null || found.Items.Count > 0 || source.Text.Trim().Length == 0 || IsEmpty(source.Text),
                    "nothing was read, and nothing reported"
                );
                return $"{root?.GetType().Name} "
                    + $"{string.Join(",", found.Items.Select(d => d.Rule.Code).Distinct().Order(StringComparer.Ordinal))}";
            },
            _pieces
        );

    [Fact]
    public void Any_spec_is_compiled_and_rendered_or_reported() =>
        Fuzzer.Try(
            "specs",
            input =>
            {
                var host = new CompilerHost(
                    TargetCatalogue.All,
                    new ScribanTemplates(EmbeddedTemplates.Find),
                    new DiskFileSystem(),
                    static _ => null
                );
                var source = new SourceText("spec.yaml", Encoding.UTF8.GetString(input));
                var compiled = Compilation.FromText(host, source);
                foreach (ITarget target in compiled.Spec is null ? [] : TargetCatalogue.All)
                {
                    _ = compiled.Render(target, Layout.Complete);
                }

                return string.Join(",", compiled.Diagnostics.Select(d => d.Rule.Code).Distinct().Order(StringComparer.Ordinal));
            },
            _pieces,
            cost: 40
        );

    private static bool IsEmpty(string text) => text.Split('\n').All(l => l.Trim() is "" or "---" or "..." or ['#', ..] or ['%', ..]);

    private static void AssertPlaces(SourceText source, IEnumerable<Diagnostic> found)
    {
        int lines = source.Text.Split('\n').Length;
        foreach (Diagnostic diagnostic in found)
        {
            Assert.InRange(diagnostic.Span.Line, 1, lines + 1);
            Assert.True(diagnostic.Span.Column >= 1);
        }
    }
}
