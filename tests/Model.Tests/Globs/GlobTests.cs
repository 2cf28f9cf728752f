using System.Text;
using System.Text.RegularExpressions;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Globs;

public sealed class GlobTests
{
    [Theory]
    [InlineData("2*", "2", true)]
    [InlineData("2*", "2.1", true)]
    [InlineData("2*", "12", false)]
    [InlineData("*json", "application/json", true)]
    [InlineData("*json*", "application/json; charset=utf-8", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "x", false)]
    [InlineData("a", "A", false)]
    [InlineData("a?[b]", "axb", false)]
    [InlineData("a?[b]", "a?[b]", true)]
    [InlineData("é*", "éa", true)]
    public void Only_the_star_has_a_meaning(string glob, string value, bool matches) =>
        Assert.Equal(matches, Parse(glob).Matches(Encoding.UTF8.GetBytes(value)));

    [Fact]
    public void A_control_character_is_refused()
    {
        Assert.False(Glob.TryParse("2\n", out _, out string? problem));
        Assert.Equal(@"'2\u000a' has a control character, which no request's value has", problem);
    }

    [Theory]
    [InlineData("2*", "^2", "^2")]
    [InlineData("*json", @"json\z", "json$")]
    [InlineData("*a.b*", @"a\.b", @"a\.b")]
    [InlineData("a*{b}", @"^a.*\{b\}\z", @"^a.*\x7Bb\x7D$")]
    [InlineData("x", @"^x\z", "^x$")]
    [InlineData("*", "^", "^")]
    [InlineData("", @"^\z", "^$")]
    public void Becomes_the_shortest_regex(string glob, string pcre, string re2) =>
        Assert.Equal((pcre, re2), (Parse(glob).Write(RegexDialect.Pcre), Parse(glob).Write(RegexDialect.Re2)));

    [Fact]
    public void Becomes_a_part_of_a_larger_regex() => Assert.Equal(@"1[^&]*\.x", Parse("1*.x").WriteBody(RegexDialect.Pcre, "[^&]*"));

    [Fact]
    public void Compares_by_what_it_says()
    {
        Assert.Equal(Parse("a**b"), Parse("a*b"));
        Assert.Equal("a*b", Parse("a***b").ToString());
        Assert.Equal(("x", null), (Parse("x").AsLiteral, Parse("x*").AsLiteral));
    }

    [Fact]
    public void Agrees_with_its_regex() =>
        Prop.ForAll(
                Gen.Elements("a", "b", "*", ".", "é").ListOf().Select(string.Concat).ToArbitrary(),
                Gen.Elements("a", "b", ".", "é", "x").ListOf().Select(string.Concat).ToArbitrary(),
                (glob, value) =>
                {
                    // Half of the values are made from the glob, so that both answers occur.
                    string near = glob.Replace("*", value, StringComparison.Ordinal);
                    string regex = Parse(glob).Write(RegexDialect.Pcre);
                    return new[] { value, near }.All(v =>
                        Parse(glob).Matches(Encoding.UTF8.GetBytes(v))
                        == Regex.IsMatch(v, regex, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)
                    );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static Glob Parse(string text) =>
        Glob.TryParse(text, out Glob? value, out string? problem) ? value : throw new FormatException(problem);
}
