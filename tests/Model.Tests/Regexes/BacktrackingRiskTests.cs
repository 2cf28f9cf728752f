using Confgen.Model.Regexes;

namespace Confgen.Model.Tests.Regexes;

public sealed class BacktrackingRiskTests
{
    [Theory]
    [InlineData("^(a+)+$", "(a+)+")]
    [InlineData("^(a*)*$", "(a*)*")]
    [InlineData("^(a|a)*$", "(a|a)*")]
    [InlineData("^(a|ab|b)*$", "(a|ab|b)*")]
    [InlineData(@"^/(\w+\s?)*$", @"(\w+\s?)*")]
    [InlineData("^(/.*)*$", "(/.*)*")]
    [InlineData("^(?:[a-z]|[a-m])+x", "(?:[a-z]|[a-m])+")]
    [InlineData("^([a-z]{1,30}){1,30}$", "([a-z]{1,30}){1,30}")]
    [InlineData("x(?:a?b?)*y", "(?:a?b?)*")]
    [InlineData("^/u/((.*)/)*edit$", "((.*)/)*")]
    public void A_loop_that_reads_a_text_in_two_ways_before_something_that_can_fail(string text, string loop)
    {
        RegexRepeat? found = BacktrackingRisk.Find(Parse(text));
        Assert.Equal(loop, found is null ? null : text[found.Start..found.End]);
    }

    [Theory]
    [InlineData(@"\.(js|css|png|jpe?g|gif|ico|svg)$")]
    [InlineData("^/api(?:/|$)")]
    [InlineData("^(?:/[^/]+)*$")]
    [InlineData("^(a|b)*$")]
    [InlineData("^.*/edit$")]
    [InlineData(@"^/\d+(?:,\d+)*$")]
    [InlineData("(a+)+")]
    [InlineData("^(a+)+b?")]
    [InlineData("^(?:a{1,3}){1,3}$")]
    [InlineData("^(?:ab|ac)*$")]
    [InlineData(@"^/(?:[\w-]+\.)+com$")]
    public void Ordinary_regexes_are_left_alone(string text) => Assert.Null(BacktrackingRisk.Find(Parse(text)));

    /// <summary>The reference backtracks as PCRE does: two characters more at least double its steps where a risk is reported.</summary>
    [Theory]
    [InlineData("^(a+)+$", "", "a", "!", true)]
    [InlineData("^(a|a)*$", "", "a", "!", true)]
    [InlineData("^(a|ab|b)*$", "", "ab", "!", true)]
    [InlineData(@"^/(\w+\s?)*$", "/", "a", "!", true)]
    [InlineData("^(/.*)*$", "", "/", "\n", true)]
    [InlineData("^([a-z]{1,30}){1,30}$", "", "a", "!", true)]
    [InlineData("^(a|b)*$", "", "ab", "!", false)]
    [InlineData("^(?:/[^/]+)*$", "", "/a", "//", false)]
    [InlineData("^(a+)+b?", "", "a", "!", false)]
    [InlineData("^.*.*.*x$", "", "a", "!", false)]
    public void What_is_found_takes_exponential_time(string text, string prefix, string pump, string suffix, bool found)
    {
        RegexPattern regex = Parse(text);
        Assert.Equal(found, BacktrackingRisk.Find(regex) is not null);
        Assert.Equal(found, Steps(14) >= 2 * Steps(12));

        int Steps(int pumps)
        {
            var matcher = new ReferenceMatcher(
                regex,
                System.Text.Encoding.UTF8.GetBytes(prefix + string.Concat(Enumerable.Repeat(pump, pumps)) + suffix)
            );
            matcher.Find();
            return matcher.Steps;
        }
    }

    [Fact]
    public void A_large_regex_is_judged_as_well()
    {
        string words = string.Join('|', Enumerable.Range(0, 300).Select(i => $"word{i}"));
        Assert.Null(BacktrackingRisk.Find(Parse($"^/(?:{words})$")));
        Assert.NotNull(BacktrackingRisk.Find(Parse($"^/(?:(?:{words})+)+$")));
    }

    private static RegexPattern Parse(string text) =>
        RegexPattern.TryParse(text, out RegexPattern? value, out string? problem, out _) ? value : throw new FormatException(problem);
}
