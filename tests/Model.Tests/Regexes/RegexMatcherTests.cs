using System.Text;
using Confgen.Model.Regexes;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Regexes;

public sealed class RegexMatcherTests
{
    [Theory]
    [InlineData(@"\.(js|css|png|jpe?g|gif|ico|svg)$", "/a/b.js", true)]
    [InlineData(@"\.(js|css|png|jpe?g|gif|ico|svg)$", "/a/b.jpeg", true)]
    [InlineData(@"\.(js|css|png|jpe?g|gif|ico|svg)$", "/a/b.js/", false)]
    [InlineData(@"\.(js|css|png|jpe?g|gif|ico|svg)$", "/a/b.js\n", false)]
    [InlineData("(?i)^/files/", "/FILES/x", true)]
    [InlineData("^/a", "/x/a", false)]
    [InlineData("/a", "/x/a", true)]
    [InlineData("^/a.b$", "/a\nb", false)]
    [InlineData("(?s)^/a.b$", "/a\nb", true)]
    [InlineData(@"^/\s$", "/\v", false)]
    [InlineData(@"^/\d$", "/٣", false)]
    [InlineData(@"\bcafé\b", "/café", false)]
    [InlineData("^/é+$", "/ééé", true)]
    [InlineData("^/[^/]+$", "/日本", true)]
    [InlineData("(?i)^/secret$", "/ſecret", false)]
    public void Matches_as_the_contract_says(string regex, string path, bool matches) =>
        Assert.Equal((matches, matches), (Parse(regex).IsMatch(path), Parse(regex).IsMatch(Encoding.UTF8.GetBytes(path))));

    [Fact]
    public void A_long_text_is_matched_as_well() =>
        Assert.True(new RegexMatcher(Parse("^/a+b$")).IsMatch(Encoding.UTF8.GetBytes("/" + new string('a', 20_000) + "b")));

    [Fact]
    public void Agrees_with_the_reference_on_random_regexes_and_texts() =>
        Prop.ForAll(
                RandomRegexes.Regexes.ToArbitrary(),
                RandomRegexes.Texts.ListOf(6).ToArbitrary(),
                (regex, texts) =>
                {
                    if (!RegexPattern.TryParse(regex, out RegexPattern? pattern, out _, out _))
                    {
                        return true;
                    }

                    var matcher = new RegexMatcher(pattern);
                    if (!AgreesWithReference())
                    {
                        return false;
                    }

                    // Both engines: from some answer on they come from the automaton.
                    for (int i = 0; i < RegexMatcher.ResponsesWithoutAutomaton; i++)
                    {
                        matcher.IsMatch(default);
                    }

                    return AgreesWithReference();

                    bool AgreesWithReference() =>
                        texts.All(text =>
                            !new ReferenceMatcher(pattern, text).TryFind(out (int, int)?[]? expected)
                            || matcher.IsMatch(text) == expected is not null
                        );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(80));

    [Theory]
    [InlineData("(?:a.*?)+x", "ax..ax..x", "(ax)..ax..x")]
    [InlineData("a|ab", "xab", "x(a)b")]
    [InlineData("a*?", "aa", "()aa")]
    [InlineData("(?:a??b*)?", "ab", "()ab")]
    [InlineData(@"\bb", "ab b", "ab (b)")]
    public void The_first_way_in_order_of_preference_wins_not_the_longest(string regex, string text, string expected)
    {
        RegexPattern pattern = Parse(regex);
        Assert.True(RegexReplacement.TryParse("($0)", pattern, out RegexReplacement? to, out _, out _));
        Assert.True(new RegexMatcher(pattern).TryReplaceFirst(Encoding.UTF8.GetBytes(text), to, out byte[]? result));
        Assert.Equal(expected, Encoding.UTF8.GetString(result));
    }

    [Fact]
    public void Replaces_what_the_reference_would_replace() =>
        Prop.ForAll(
                RandomRegexes.Regexes.ToArbitrary(),
                RandomRegexes.Texts.ListOf(6).ToArbitrary(),
                (regex, texts) =>
                {
                    // All groups between marks; refused where programs disagree on them.
                    if (
                        !RegexPattern.TryParse(regex, out RegexPattern? pattern, out _, out _)
                        || !RegexReplacement.TryParse(
                            "(" + string.Concat(Enumerable.Range(0, pattern.Groups.Count + 1).Select(i => $"${{{i}}},")) + ")",
                            pattern,
                            out RegexReplacement? to,
                            out _,
                            out _
                        )
                    )
                    {
                        return true;
                    }

                    var matcher = new RegexMatcher(pattern);
                    foreach (byte[] text in texts)
                    {
                        if (!new ReferenceMatcher(pattern, text).TryFind(out (int Start, int End)?[]? groups))
                        {
                            continue;
                        }

                        bool replaced = matcher.TryReplaceFirst(text, to, out byte[]? result);
                        if (
                            replaced != groups is not null
                            || (groups is not null && !Expected(text, groups).AsSpan().SequenceEqual(result))
                        )
                        {
                            return false;
                        }
                    }

                    return true;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(80));

    private static byte[] Expected(byte[] text, (int Start, int End)?[] groups)
    {
        var whole = groups[0].GetValueOrDefault();
        IEnumerable<byte> inner = groups.SelectMany(g => g is { } s ? [.. text[s.Start..s.End], (byte)','] : new[] { (byte)',' });
        return [.. text[..whole.Start], (byte)'(', .. inner, (byte)')', .. text[whole.End..]];
    }

    private static RegexPattern Parse(string text) =>
        RegexPattern.TryParse(text, out RegexPattern? value, out string? problem, out _) ? value : throw new FormatException(problem);
}
