using System.Text;
using Confgen.Model.Regexes;

namespace Confgen.Model.Tests.Regexes;

public sealed class RegexReplacementTests
{
    [Theory]
    [InlineData("^/v1/(.*)", "/v2/$1", "/v1/a%2Fb", "/v2/a%2Fb")]
    [InlineData("^/(?<user>[^/]+)/(?<rest>.*)", "/$2/${user}", "/ann/x/y", "/x/y/ann")]
    [InlineData("b+", "-$0-", "/abba", "/a-bb-a")]
    [InlineData("^/a(x)?", "/b$1", "/ay", "/by")]
    [InlineData("a", "$$1", "/aa", "/$1a")]
    [InlineData("(a)", "${1}0", "/a", "/a0")]
    [InlineData("^/é", "/e", "/é%C3", "/e%C3")]
    public void Replaces_the_first_match(string regex, string to, string path, string expected)
    {
        RegexPattern pattern = Parse(regex);
        Assert.True(RegexReplacement.TryParse(to, pattern, out RegexReplacement? replacement, out _, out _));
        Assert.True(new RegexMatcher(pattern).TryReplaceFirst(Encoding.UTF8.GetBytes(path), replacement, out byte[]? result));
        Assert.Equal(expected, Encoding.UTF8.GetString(result));
    }

    [Fact]
    public void No_match_is_told()
    {
        RegexPattern pattern = Parse("^/x");
        Assert.True(RegexReplacement.TryParse("/y", pattern, out RegexReplacement? replacement, out _, out _));
        Assert.False(new RegexMatcher(pattern).TryReplaceFirst("/a"u8, replacement, out _));
    }

    [Theory]
    [InlineData("/v2/$1", "/v2/$1")]
    [InlineData("/${user}", "/$1")]
    [InlineData("/${1}0", "/${1}0")]
    [InlineData("/$10", "/${1}0")]
    [InlineData("$$", "$$")]
    public void Prints_one_form(string to, string printed) =>
        Assert.Equal(
            printed,
            RegexReplacement.TryParse(to, Parse("(?<user>a)"), out RegexReplacement? value, out _, out _) ? value.ToString() : null
        );

    [Theory]
    [InlineData("(?<user>a)", "/$2", 1, "the regex has no group '2': it has 1 to 1")]
    [InlineData("(?<user>a)", "/${usr}", 1, "the regex has no group 'usr': did you mean $${user}?")]
    [InlineData("a", "/$1", 1, "the regex has no group '1': put what shall be kept in parentheses")]
    [InlineData("(a)", "/$x", 1, "write a group as $1 or $${name} (${name} would be a variable), a dollar as $$")]
    [InlineData("(a)", "/${1", 1, "write a group as $1 or $${name} (${name} would be a variable), a dollar as $$")]
    [InlineData("(a)", "/$", 1, "write a group as $1 or $${name} (${name} would be a variable), a dollar as $$")]
    [InlineData("(a)", "/x?y", 2, "the query stays as it is: a '?' would start a second one; write %3F for the character")]
    [InlineData("(a)", "/#", 1, "a request target has no fragment: write %23 for the character")]
    [InlineData("(a)", "/a b", 2, "a raw path has no such byte, and not every program lets it pass: percent-encode it")]
    [InlineData("(a)", "/{1}", 1, "a raw path has no such byte, and not every program lets it pass: percent-encode it")]
    [InlineData("(a)", "/<", 1, "a raw path has no such byte, and not every program lets it pass: percent-encode it")]
    [InlineData("(a)", "/100%", 4, "a '%' without two hexadecimal digits: write %25 for the character")]
    [InlineData("(a)", "/%2", 1, "a '%' without two hexadecimal digits: write %25 for the character")]
    [InlineData("(a)", "/é", 1, "a raw path has no such byte, and not every program lets it pass: percent-encode it")]
    [InlineData("(?:(a)|b*)*", "/$1", 3, "the regex repeats '(?:(a)|b*)', which can be empty: programs disagree on what it matches then")]
    public void Says_what_is_wrong_where_and_the_way_out(string regex, string to, int at, string expected)
    {
        Assert.False(RegexReplacement.TryParse(to, Parse(regex), out _, out string? problem, out int offset));
        Assert.Equal((expected, at), (problem, offset));
    }

    private static RegexPattern Parse(string text) =>
        RegexPattern.TryParse(text, out RegexPattern? value, out string? problem, out _) ? value : throw new FormatException(problem);
}
