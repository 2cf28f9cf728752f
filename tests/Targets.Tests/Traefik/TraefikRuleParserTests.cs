using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Tests.Traefik;

public sealed class TraefikRuleParserTests
{
    [Theory]
    [InlineData("Host(`a`)", "Host(a)")]
    [InlineData("host(`a`) || HOST(\"b\") && !PathPrefix(`/x`)", "(Host(a) | (Host(b) & !PathPrefix(/x)))")]
    [InlineData("(Host(`a`) || Host(`b`)) && Query(`q`, `1`)", "((Host(a) | Host(b)) & Query(q, 1))")]
    [InlineData("Header(`X`, \"a\\x60\\u00e9\\n\")", "Header(X, a`é\n)")]
    [InlineData("!!Method(`GET`)", "!!Method(GET)")]
    [InlineData("Path(`/a\r\nb`)", "Path(/a\nb)")]
    [InlineData(" Clientip ( `10.0.0.0/8` ) ", "ClientIP(10.0.0.0/8)")]
    public void Rules_are_read(string rule, string expected)
    {
        Assert.True(TraefikRuleParser.TryParse(rule, out TraefikRule? read, out string? problem), problem);
        Assert.Equal(expected, Shown(read));
    }

    [Theory]
    [InlineData("", "a matcher is missing")]
    [InlineData("Host()", "a text between backquotes or quotes is missing")]
    [InlineData("Host(``)", "an argument of Host is empty")]
    [InlineData("Host(`a`, `b`)", "Host has 2 arguments")]
    [InlineData("Header(`a`)", "Header has 1 arguments")]
    [InlineData("Hosts(`a`)", "there is no matcher 'Hosts'")]
    [InlineData("Host(`a`) Path(`/`)", "'Path(`/`)' is too much")]
    [InlineData("Host(`a", "a text has no end, or an escape that Go doesn't know")]
    [InlineData("Host(\"\\q\")", "a text has no end, or an escape that Go doesn't know")]
    [InlineData("(Host(`a`)", "')' is missing")]
    [InlineData("Host(`a`) &&", "a matcher is missing")]
    public void What_is_no_rule_is_told(string rule, string problem)
    {
        Assert.False(TraefikRuleParser.TryParse(rule, out _, out string? told));
        Assert.Equal("invalid rule: " + problem, told);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.False(TraefikRuleParser.TryParse(new string('(', 100_000) + "Host(`a`)" + new string(')', 100_000), out _, out _));

    private static string Shown(TraefikRule rule) =>
        rule switch
        {
            TraefikRule.Matcher matcher => $"{matcher.Name}({string.Join(", ", matcher.Arguments)})",
            TraefikRule.Both both => $"({Shown(both.Left)} & {Shown(both.Right)})",
            TraefikRule.Either either => $"({Shown(either.Left)} | {Shown(either.Right)})",
            TraefikRule.Not not => "!" + Shown(not.Inner),
            _ => "",
        };
}
