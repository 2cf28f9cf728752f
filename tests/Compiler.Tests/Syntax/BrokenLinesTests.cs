using System.Text.RegularExpressions;
using Confgen.Compiler.Tests.Support;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Syntax;

/// <summary>Whichever line of a spec is broken, the first error names that line and the way out.</summary>
public sealed class BrokenLinesTests
{
    private static readonly string[] _lines = File.ReadAllLines(Path.Combine(Repository.Root, "examples/lobechat/confgen.yaml"));

    public static TheoryData<int> Keys =>
        [.. Enumerable.Range(0, _lines.Length).Where(i => Regex.IsMatch(_lines[i], @"^ *(- )?[A-Za-z_-]+:( |$)"))];

    // Names that the author chooses, or that are free text, may be misspelled without anyone knowing.
    public static TheoryData<int> Fields =>
        [
            .. Enumerable
                .Range(0, _lines.Length)
                .Where(i => Regex.IsMatch(_lines[i], @"^ *(- )?[a-z_]{4,}:( |$)") && !_lines[i].Contains("lobechat:")),
        ];

    // Keys whose value stands on the following lines.
    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, _lines.Length).Where(i => _lines[i].TrimEnd().EndsWith(':'))];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_missing_colon_is_found_at_its_line(int index)
    {
        Diagnostic first = Broken(index, line => new Regex(":").Replace(line, "", 1));
        Assert.Equal(index + 1, first.Span.Line);
        Assert.NotNull(first.Hint);
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_misspelled_key_is_the_only_error_and_is_mended_by_its_hint(int index)
    {
        string key = Regex.Match(_lines[index], "[a-z_]{4,}").Value;
        Diagnostic first = Broken(index, line => line.Replace(key, key[..^2] + key[^1] + key[^2]));
        Assert.Equal(index + 1, first.Span.Line);
        Assert.Contains($"'{key}'", first.Hint);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_tab_in_the_indentation_is_found_at_its_line(int index)
    {
        Diagnostic first = Broken(index, line => "\t" + line);
        Assert.Equal((index + 1, 1, "a tab in the indentation"), (first.Span.Line, first.Span.Column, first.Message));
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_brace_that_is_never_closed_is_found_where_it_stands(int index)
    {
        Diagnostic first = Broken(index, line => line + " {");
        Assert.Equal(
            (index + 1, _lines[index].Length + 2, "this '{' is never closed"),
            (first.Span.Line, first.Span.Column, first.Message)
        );
    }

    [Fact]
    public void A_bracket_is_no_bracket_within_a_text_or_a_comment()
    {
        Diagnostic first = Compile
            .Text("sites:\n  - host: a.test # [\n    respond: \"{\\\" [\"\n    cache_control: it's {\n    log: { format: json\n")
            .Diagnostics[0];
        Assert.Equal((5, 10), (first.Span.Line, first.Span.Column));
    }

    [Fact]
    public void A_tests_url_has_no_blanks() =>
        Assert.Equal(
            "a URL has no blanks",
            Compile
                .Text("sites: [{ host: a.test, respond: x }]\ntests:\n  - { get: \"http://a.test/a b\", expect: { status: 200 } }\n")
                .Diagnostics.First(d => d.Severity == Severity.Error)
                .Message
        );

    private static Diagnostic Broken(int index, Func<string, string> mutate)
    {
        string[] lines = [.. _lines];
        lines[index] = mutate(lines[index]);
        return Compile.Text(string.Join('\n', lines)).Diagnostics.First(d => d.Severity == Severity.Error);
    }
}
