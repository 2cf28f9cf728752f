using Confgen.Model.Regexes;
using Confgen.Targets.Importing;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Importing;

/// <summary>A regex within a prefix takes the paths that both take: a guard that took fewer would be open.</summary>
public sealed class SpecRegexTests
{
    private static readonly string[] Pieces =
    [
        "/",
        "a",
        "b",
        @"\.",
        "/a",
        "a/",
        "[ab]",
        "(a|b)",
        "(?:a|/b)",
        "a?",
        "a*",
        ".*",
        "/+",
        "[^/]+",
        "$",
        "|",
        "a{2}",
    ];

    [Theory]
    [InlineData("/api/", "/users$", "/api/users")]
    [InlineData("/api/", "/users$", "/api/x/users")]
    [InlineData("/a/", "a/b", "/a/b")]
    [InlineData("/aa", "aab", "/aab")]
    [InlineData("/static/", @"\.php$", "/static/x.php")]
    public void A_match_may_begin_within_the_prefix(string prefix, string regex, string path) =>
        Assert.True(Matches(SpecRegex.Below(prefix, regex)!, path));

    [Theory]
    [InlineData("/a", "[a/]b")]
    [InlineData("/api/", "/(a|b)")]
    [InlineData("/a", "x|y")]
    [InlineData("/a", "^/a")]
    public void What_is_not_known_is_not_said(string prefix, string regex) => Assert.Null(SpecRegex.Below(prefix, regex));

    [Theory]
    [InlineData("a|b", true)]
    [InlineData("(?i)^/a|/b", true)]
    [InlineData("^/a[(]|/admin", true)]
    [InlineData("^/a[]|]b", false)]
    [InlineData("^(a|b)", false)]
    [InlineData(@"a\|b", false)]
    public void Alternatives_are_those_outside_of_groups_and_classes(string regex, bool has) =>
        Assert.Equal(has, SpecRegex.HasAlternatives(regex));

    [Fact]
    public void It_takes_the_paths_of_both()
    {
        Gen<string> regexes =
            from flag in Gen.Elements("", "", "(?i)")
            from pieces in Gen.Elements(Pieces).ArrayOf(3)
            select flag + string.Concat(pieces);
        Gen<string> texts = Gen.Elements("a", "b", "/", ".", "A").ArrayOf(6).Select(string.Concat);
        Gen<(string, string, string[])> all =
            from prefix in Gen.Elements("a", "b", "/", "a/", "/a", ".").ArrayOf(2)
            from regex in regexes
            from paths in texts.ArrayOf(40)
            select ("/" + string.Concat(prefix), regex, paths);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(
                Arb.From(all),
                one =>
                {
                    (string prefix, string regex, string[] paths) = one;
                    if (!RegexPattern.TryParse(regex, out _, out _, out _) || SpecRegex.Below(prefix, regex) is not { } below)
                    {
                        return;
                    }

                    bool ignoresCase = regex.StartsWith("(?i)", StringComparison.Ordinal);
                    foreach (string path in paths.SelectMany(p => new[] { "/" + p, prefix + p }))
                    {
                        bool begins = path.StartsWith(prefix, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
                        Assert.True((begins && Matches(regex, path)) == Matches(below, path), $"{prefix} and {regex} is {below}: {path}");
                    }
                }
            )
        );
    }

    private static bool Matches(string regex, string path)
    {
        Assert.True(RegexPattern.TryParse(regex, out RegexPattern? read, out string? problem, out _), problem);
        return read!.IsMatch(path);
    }
}
