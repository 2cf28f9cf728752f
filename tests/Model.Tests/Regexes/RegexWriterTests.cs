using Confgen.Model.Regexes;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Regexes;

public sealed class RegexWriterTests
{
    [Theory]
    [InlineData(@"\.(js|css|png|jpe?g)$", @"\.(js|css|png|jpe?g)\z", @"\.(js|css|png|jpe?g)$")]
    [InlineData("^/api(?:/|$)", @"^/api(?:/|\z)", "^/api(?:/|$)")]
    [InlineData(@"\A/a\z", @"^/a\z", "^/a$")]
    [InlineData(@"^/\d+/[\w.-]+", @"^/\d+/[\w.-]+", @"^/\d+/[\w.-]+")]
    [InlineData(@"a\s[^\s]", @"a[\t\n\x0C\r ][^\t\n\x0C\r ]", @"a\s[^\s]")]
    [InlineData(@"[\v]", @"[\x0B]", @"[\v]")]
    [InlineData("(?P<id>a)", "(a)", "(a)")]
    [InlineData("a{2}{host}", @"a{2}\{host\}", @"a{2}\x7Bhost\x7D")]
    [InlineData("[{}]", "[{}]", @"[\x7B\x7D]")]
    [InlineData(@"\/a\-b", "/a-b", "/a-b")]
    [InlineData("é+", "(?:é)+", "é+")]
    [InlineData("(?i)^/ping", "(?i)^/ping", "(?i)^/ping")]
    [InlineData("(?i)^/js[a-c]", "(?i)^/js[a-c]", "^/[Jj][Ss][A-Ca-c]")]
    [InlineData("(?i)^/x[^k]", "(?i)^/x[^k]", "^/[Xx][^Kk]")]
    [InlineData("a(?i)b", "a[Bb]", "a[Bb]")]
    [InlineData("(?i)[0-9]/", "[0-9]/", "[0-9]/")]
    [InlineData("(?U)a*b*?", "a*?b*", "a*?b*")]
    [InlineData("(?s)a.", "a(?s:.)", "a(?s:.)")]
    [InlineData(@"\Qa.b*\E", @"a\.b\*", @"a\.b\*")]
    [InlineData(@"[\w\W]", @"[\w\W]", @"[\w\W]")]
    [InlineData("[[a]", @"[\[a]", "[[a]")]
    public void Leaves_what_is_read_alike_and_spells_out_the_rest(string text, string pcre, string re2)
    {
        RegexPattern regex = Parse(text);
        Assert.Equal((pcre, re2), (regex.Write(RegexDialect.Pcre), regex.Write(RegexDialect.Re2)));
    }

    [Theory]
    [InlineData(@"\d\w\s$", @"[0-9][0-9A-Z_a-z][\t\n\x0C\r ]\z")]
    [InlineData("(?<n>a)(b)", "(a)(b)")]
    [InlineData("(?i)k[^k]", "[Kk][^Kk]")]
    [InlineData(@"[\w\W]", "(?s:.)")]
    [InlineData("é?", "(?:\uE0C3\uE0A9)?")]
    public void Dot_net_gets_everything_spelled_out(string text, string expected) =>
        Assert.Equal(expected, Parse(text).Write(RegexDialect.DotNet));

    [Fact]
    public void Groups_can_be_given_names_that_are_unique_in_a_file()
    {
        RegexPattern regex = Parse("(a)(?<n>b)(?:c)");
        Assert.Equal("(?<r1_1>a)(?<r1_2>b)(?:c)", regex.Write(RegexDialect.Pcre, "r1_"));
        Assert.Equal("(?P<r1_1>a)(?P<r1_2>b)(?:c)", regex.Write(RegexDialect.Re2, "r1_"));
    }

    [Theory]
    [InlineData("a.b{c}é\n", @"a\.b\{c\}é\n", @"a\.b\x7Bc\x7Dé\n")]
    public void Escapes_a_text(string text, string pcre, string re2) =>
        Assert.Equal((pcre, re2), (RegexText.Escape(text, RegexDialect.Pcre), RegexText.Escape(text, RegexDialect.Re2)));

    /// <summary>RE2's own syntax is the spec's, so what is written for it reads back, and means the same.</summary>
    [Fact]
    public void What_is_written_for_RE2_reads_back_with_the_same_meaning() =>
        Prop.ForAll(
                RandomRegexes.Regexes.ToArbitrary(),
                RandomRegexes.Texts.ListOf(6).ToArbitrary(),
                (text, inputs) =>
                {
                    if (!RegexPattern.TryParse(text, out RegexPattern? regex, out _, out _))
                    {
                        return true;
                    }

                    RegexPattern back = Parse(regex.Write(RegexDialect.Re2));
                    return back.Write(RegexDialect.Re2) == regex.Write(RegexDialect.Re2)
                        && back.Write(RegexDialect.Pcre).Length > 0
                        && inputs.All(i =>
                            !new ReferenceMatcher(regex, i).TryFind(out (int, int)?[]? one)
                            || !new ReferenceMatcher(back, i).TryFind(out (int, int)?[]? other)
                            || (one is null) == (other is null)
                        );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(80));

    private static RegexPattern Parse(string text) =>
        RegexPattern.TryParse(text, out RegexPattern? value, out string? problem, out _) ? value : throw new FormatException(problem);
}
