using System.Text.RegularExpressions;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Tests.Regexes;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Globs;

public sealed class ValueRegexTests
{
    [Theory]
    [InlineData("^(de|en)(-.*)?$", @"(?:(?:de|en)(?:-[^\t\n ;]*)?)")]
    [InlineData("beta", "(?:[^;]*beta[^;]*)")]
    [InlineData("(?i)^a|b$", "(?:(?:(?i)a)[^;]*|[^;]*(?:(?i)b))")]
    [InlineData("^$", "(?:)")]
    [InlineData("(^a|(b$))", "(?:a[^;]*|[^;]*b)")]
    public void Takes_a_whole_value_of_a_cookie(string text, string expected) =>
        Assert.Equal(expected, Cookie(text).WriteBody(RegexDialect.Pcre, "[^;]*"));

    [Theory]
    [InlineData("a;b", "';' is in no value here")]
    [InlineData("a[; ]b", "'[; ]' is in no value here")]
    [InlineData("x(^a)*", "'^' and '$' stand at the ends of the regex or of its alternatives here")]
    [InlineData("a$b", "'^' and '$' stand at the ends of the regex or of its alternatives here")]
    public void Refuses_what_no_cookie_can_have(string text, string expected)
    {
        Assert.False(ValueRegex.TryCreate(Parse(text), ValueRegex.OutsideCookies, out _, out string? problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void A_field_alone_may_have_anchors_anywhere()
    {
        Assert.True(ValueRegex.TryCreate(Parse("x(^a)*|a;b"), null, out ValueRegex? value, out _));
        Assert.Equal("x(?:^a)*|a;b", value.Write(RegexDialect.Pcre));
        Assert.Null(value.WriteBody(RegexDialect.Pcre, ".*"));
        Assert.True(value.Matches("xx"u8));
        Assert.Equal("the regex 'x(^a)*|a;b'", value.Words);
    }

    /// <summary>What programs find in a whole query is what the regex finds in one value.</summary>
    [Fact]
    public void In_a_query_it_matches_what_it_matches_in_the_value() =>
        Prop.ForAll(
                RandomRegexes.Regexes.ToArbitrary(),
                RandomRegexes.Texts.ListOf(8).ToArbitrary(),
                (text, inputs) =>
                {
                    if (
                        !RegexPattern.TryParse(text, out RegexPattern? pattern, out _, out _)
                        || !ValueRegex.TryCreate(pattern, ValueRegex.OutsideQuery, out ValueRegex? regex, out _)
                    )
                    {
                        return true;
                    }

                    string body = regex.WriteBody(RegexDialect.DotNet, "[^&]*")!;
                    var within = new Regex($@"(?:^|&)v={body}(?:&|\z)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
                    return inputs
                        .Where(i => !i.Any(b => "&# "u8.Contains(b)))
                        .All(i => regex.Matches(i) == within.IsMatch($"a=b&v={Chars(i)}&w=aab/é1"));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(80));

    private static string Chars(byte[] bytes) => string.Concat(bytes.Select(b => b < 0x80 ? (char)b : (char)(0xE000 + b)));

    private static ValueRegex Cookie(string text) =>
        ValueRegex.TryCreate(Parse(text), ValueRegex.OutsideCookies, out ValueRegex? value, out string? problem)
            ? value
            : throw new FormatException(problem);

    private static RegexPattern Parse(string text) =>
        RegexPattern.TryParse(text, out RegexPattern? value, out string? problem, out _) ? value : throw new FormatException(problem);
}
