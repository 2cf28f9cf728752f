using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Yaml;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.PyServe;

public sealed class YamlQuotingTests
{
    [Theory]
    [InlineData("/api", "/api")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("app-1.internal", "app-1.internal")]
    [InlineData("/etc/ssl/a_b.pem", "/etc/ssl/a_b.pem")]
    public void Ordinary_values_stay_plain(string text, string expected) => Assert.Equal(expected, YamlQuoting.Quote(text));

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("no", "\"no\"")]
    [InlineData("NULL", "\"NULL\"")]
    [InlineData("1.5", "\"1.5\"")]
    [InlineData("12:30:45", "\"12:30:45\"")]
    [InlineData("2024-01-01", "\"2024-01-01\"")]
    [InlineData("[::1]", "\"[::1]\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a # b", "\"a # b\"")]
    [InlineData("*x", "\"*x\"")]
    [InlineData("say \"hi\\\"", "\"say \\\"hi\\\\\\\"\"")]
    [InlineData("one\ntwo", "\"one\\u000Atwo\"")]
    [InlineData("/caf\u00E9", "\"/caf\\u00E9\"")]
    [InlineData("\U0001F600", "\"\\U0001F600\"")]
    public void Everything_else_is_quoted(string text, string expected) => Assert.Equal(expected, YamlQuoting.Quote(text));

    [Fact]
    public void Any_text_comes_back_as_itself() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(IsText), text => ReadBack(YamlQuoting.Quote(text)) == text)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Texts_that_look_like_something_else_come_back_as_themselves()
    {
        Arbitrary<string> near = Gen.Elements(
                "0",
                "1",
                "9",
                ".",
                ":",
                "-",
                "+",
                "e",
                "E",
                "x",
                "_",
                "~",
                "no",
                "on",
                "null",
                "true",
                "inf",
                "nan",
                "<",
                "=",
                "/",
                "'",
                "\"",
                "\\",
                "#",
                " ",
                "&",
                "!",
                "|",
                "%",
                "@",
                "`",
                "{",
                "}",
                "[",
                "]",
                ",",
                "?",
                "\t",
                "\r",
                "\u0085",
                "\u2028",
                "\uFEFF"
            )
            .ListOf()
            .Select(string.Concat)
            .ToArbitrary();
        Prop.ForAll(near, text => ReadBack(YamlQuoting.Quote(text)) == text).QuickCheckThrowOnFailure();
    }

    // A lone surrogate is no character, and no file of UTF-8 text can bring one in.
    private static bool IsText(string? text) => text is not null && !text.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar);

    private static string? ReadBack(string scalar)
    {
        var diagnostics = new DiagnosticBag();
        var root = YamlText.Read(new SourceText("t.yaml", $"key: {scalar}\n{scalar}: 1\n"), diagnostics) as MapSyntax;
        bool good =
            diagnostics.Items.Count == 0
            && root?.Entries is [{ Value: ScalarSyntax value }, { Key: var key }]
            && value.Value == key.Value
            && (value.IsQuoted || Yaml11.KindOf(value.Value) == Yaml11Kind.Text);
        return good ? ((ScalarSyntax)root!.Entries[0].Value).Value : null;
    }
}
