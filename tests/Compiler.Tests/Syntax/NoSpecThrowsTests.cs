using System.Text;
using Confgen.Compiler.Syntax;
using Confgen.Compiler.Tests.Support;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Compiler.Tests.Syntax;

/// <summary>Whatever the bytes: compiling ends in a spec or in diagnostics that stand within the file, never in an exception.</summary>
public sealed class NoSpecThrowsTests
{
    private static readonly string[] _pieces =
    [
        "sites",
        "routes",
        "path",
        "host",
        "proxy",
        "upstreams",
        "servers",
        "respond",
        "match",
        "header",
        "errors",
        "502",
        "5xx",
        "tls",
        "auto",
        "listen",
        ": ",
        ":",
        "\n",
        "\n  ",
        "\n    ",
        "\n      - ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\"",
        "'",
        "|",
        ">",
        "&a ",
        "*a",
        "<<: ",
        "!",
        "!!str ",
        "#",
        "? ",
        "---\n",
        "...\n",
        "%",
        "@",
        "`",
        "\t",
        "\r\n",
        "~",
        "null",
        "true",
        "1",
        "-1",
        "99999999999999999999",
        "0x1F",
        "1e9",
        "30s",
        "1MB",
        "http://127.0.0.1:1",
        "/",
        "/*",
        "$",
        "${",
        "${A}",
        "${A:-b}",
        "$${",
        "\\",
        "\\u0000",
        "\u00e9",
        "\ud83d\ude00",
        "\u202e",
        "\u2028",
        "\u0000",
        "(",
        ")",
        "(a+)+",
        "^",
        "*.a.test",
        "_",
        "a.test",
        "\"\\x00\"",
    ];

    // CONFGEN_FUZZ=100000 for a long run.
    private static readonly int _tries = int.TryParse(Environment.GetEnvironmentVariable("CONFGEN_FUZZ"), out int tries) ? tries : 200;

    private static readonly string[] _lines = Golden.Text.Split('\n');

    [Theory]
    [InlineData("\n: ")]
    [InlineData("? \"a\n  b\"\n: &x 1")]
    [InlineData("sites: [{ : &x 1 }]")]
    [InlineData("sites: &a # b\n  # c\nlint: {}")]
    public void Edges_of_spans(string text) => Assert.True(EndsWithin(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Random_bytes() => Check(ArbMap.Default.GeneratorFor<byte[]>());

    [Fact]
    public void Random_pieces_of_yaml() => Check(Gen.Elements(_pieces).ArrayOf().Select(p => Encoding.UTF8.GetBytes(string.Concat(p))));

    [Fact]
    public void Random_pieces_of_yaml_within_a_spec() =>
        Check(
            from before in Gen.Choose(0, _lines.Length)
            from pieces in Gen.Elements(_pieces).ArrayOf()
            from after in Gen.Choose(0, _lines.Length)
            select Encoding.UTF8.GetBytes(string.Join('\n', _lines[..before]) + string.Concat(pieces) + string.Join('\n', _lines[after..]))
        );

    [Fact]
    public void A_golden_spec_with_a_line_left_out_doubled_or_moved() =>
        Check(
            from line in Gen.Choose(0, _lines.Length - 1)
            from to in Gen.Choose(0, _lines.Length - 1)
            from how in Gen.Choose(0, 3)
            select Encoding.UTF8.GetBytes(string.Join('\n', Moved(line, to, how)))
        );

    [Fact]
    public void A_golden_spec_with_a_value_exchanged() =>
        Check(
            from field in Gen.Elements(Golden.Fields.Where(f => f.Value.Span.Line == f.Value.Span.EndLine).ToArray())
            from pieces in Gen.Elements(_pieces).ArrayOf()
            select Encoding.UTF8.GetBytes(Exchanged(field.Value.Span, string.Concat(pieces)))
        );

    private static void Check(Gen<byte[]> inputs) =>
        Prop.ForAll(inputs.ToArbitrary(), bytes => EndsWithin(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(_tries));

    private static bool EndsWithin(byte[] bytes)
    {
        var files = new Dictionary<string, string>(Golden.Files);
        Compilation compilation = Compilation.FromStream(Support.Compile.Host(files), "spec.yaml", new MemoryStream(bytes));
        bool error = compilation.Diagnostics.Any(d => d.Severity == Severity.Error);
        Assert.Equal(error, compilation.Spec is null);
        Assert.All(
            compilation.Diagnostics.SelectMany(d => d.Related.Select(r => r.Span).Prepend(d.Span)),
            span => AssertWithin(span, compilation.Sources, bytes)
        );
        return true;
    }

    private static void AssertWithin(SourceSpan span, IReadOnlyDictionary<string, SourceText> sources, byte[] bytes)
    {
        string text = sources.TryGetValue(span.File, out SourceText? source) ? source.Text : Encoding.UTF8.GetString(bytes);
        string[] lines = text.Split('\n');
        Assert.InRange(span.Line, 1, lines.Length);
        Assert.InRange(span.EndLine, span.Line, lines.Length);
        Assert.InRange(span.Column, 1, lines[span.Line - 1].Length + 1);
        Assert.InRange(
            span.EndColumn,
            span.Line == span.EndLine ? span.Column : 1,
            Math.Max(lines[span.EndLine - 1].Length + 1, span.Column + 1)
        );
    }

    private static List<string> Moved(int line, int to, int how)
    {
        List<string> lines = [.. _lines];
        switch (how)
        {
            case 0:
                lines.RemoveAt(line);
                break;
            case 1:
                lines.Insert(to, lines[line]);
                break;
            case 2:
                (lines[line], lines[to]) = (lines[to], lines[line]);
                break;
            default:
                lines[line] = lines[line].Length > 3 ? lines[line][..(lines[line].Length / 2)] : "x";
                break;
        }

        return lines;
    }

    private static string Exchanged(SourceSpan span, string text)
    {
        string[] lines = [.. _lines];
        string line = lines[span.Line - 1];
        lines[span.Line - 1] = line[..(span.Column - 1)] + text + line[Math.Min(line.Length, span.EndColumn - 1)..];
        return string.Join('\n', lines);
    }
}
