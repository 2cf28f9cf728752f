using Confgen.Compiler.Syntax;
using Confgen.Compiler.Tests.Support;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Syntax;

/// <summary>A spec that uses every field of the language, and what becomes of it when one is broken.</summary>
public sealed class GoldenSpecTests
{
    public static TheoryData<int> Places =>
        [.. Enumerable.Range(0, Golden.Fields.Count).Where(i => Golden.Fields[i].Id is not "spec.targets")];

    [Fact]
    public void It_has_no_error() =>
        Assert.Empty(Golden.Compile(Golden.Text).Where(d => d.Severity == Severity.Error).Select(d => $"{d.Span} {d.Message}"));

    [Fact]
    public void Every_field_of_the_language_occurs() =>
        Assert.Empty(Support.Compile.Host(Golden.Files).Catalogue.Ids.Except(Golden.Fields.Select(f => f.Id)));

    // A field that no binder reads would be dropped silently: a value that can't be one is then no error.
    [Theory]
    [MemberData(nameof(Places))]
    public void Every_field_is_read(int index)
    {
        (string id, SyntaxNode value) = Golden.Fields[index];
        Diagnostic[] errors = [.. Golden.Compile(Replaced(value, "[[]]")).Where(d => d.Severity == Severity.Error)];
        Assert.True(
            errors.Any(d =>
                d.Rule.Code != "CFG0003"
                && d.Span.Line == value.Span.Line
                && d.Span.Column >= value.Span.Column
                && d.Span.Column <= value.Span.Column + 4
            ),
            $"{id} at {value.Span}: " + string.Join("; ", errors.Select(d => $"{d.Span} {d.Message}"))
        );
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_variable_that_is_not_set_is_the_only_error_at_its_place(int index)
    {
        (string id, SyntaxNode value) = Golden.Fields[index];
        Diagnostic[] errors =
        [
            .. Golden
                .Compile(Replaced(value, "\"${CONFGEN_UNSET}\""))
                .Where(d => d.Severity == Severity.Error && d.Span.Line == value.Span.Line && d.Span.Column == value.Span.Column),
        ];
        Assert.True(errors is [{ Rule.Code: "CFG0007" }], $"{id}: " + string.Join("; ", errors.Select(d => $"{d.Span} {d.Message}")));
    }

    private static string Replaced(SyntaxNode value, string text)
    {
        List<string> lines = [.. Golden.Text.Split('\n')];
        (int first, int last) = (value.Span.Line - 1, value.Span.EndLine - 1);
        lines[first] = lines[first][..(value.Span.Column - 1)] + text + lines[last][(value.Span.EndColumn - 1)..];
        lines.RemoveRange(first + 1, last - first);
        return string.Join('\n', lines);
    }
}
