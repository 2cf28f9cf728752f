using System.Text.RegularExpressions;
using Confgen.Targets.Nginx.Reading;

namespace Confgen.Targets.Tests.Importing;

/// <summary>A regex without its look-ahead takes the same paths.</summary>
public sealed class NegativeLookaheadTests
{
    private const string Letters = "/.abw-";

    [Theory]
    [InlineData(@"/\.(?!wa)")]
    [InlineData(@"/\.(?!wa).*")]
    [InlineData(@"/\.(?!wa|b|a-).*$")]
    [InlineData(@"^/(?!a|ab|wb/)")]
    [InlineData(@"^/(?!a).+")]
    [InlineData(@"^(/a|/b)(?!\.a).*")]
    public void What_may_follow_is_said_by_alternatives(string regex)
    {
        string expanded = NegativeLookahead.Expand(regex);
        Assert.DoesNotContain("(?!", expanded, StringComparison.Ordinal);
        var one = new Regex(regex, RegexOptions.None, TimeSpan.FromSeconds(1));
        var other = new Regex(expanded, RegexOptions.None, TimeSpan.FromSeconds(1));
        foreach (string path in Paths(5))
        {
            Assert.True(one.IsMatch(path) == other.IsMatch(path), $"{path} by {expanded}");
        }
    }

    [Theory]
    [InlineData("^/(?!a)b")]
    [InlineData("^/((?!a))")]
    [InlineData("^/a|/(?!a)")]
    [InlineData("^/(?!a.*)")]
    [InlineData("^/(?!)")]
    public void What_cant_be_said_so_stays(string regex) => Assert.Equal(regex, NegativeLookahead.Expand(regex));

    private static IEnumerable<string> Paths(int most) =>
        most == 0 ? ["/"] : Paths(most - 1).SelectMany(p => Letters.Select(l => p + l).Prepend(p)).Distinct(StringComparer.Ordinal);
}
