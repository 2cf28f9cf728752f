using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.RequestTargets;

public sealed class TargetRewriterTests
{
    [Theory]
    [InlineData("/api/users", "/users")]
    [InlineData("/api", "/")]
    [InlineData("/api/", "/")]
    [InlineData("/api?x=1", "/?x=1")]
    [InlineData("/api?", "/?")]
    [InlineData("/%61pi/x", "/x")]
    [InlineData("//api/x", "/x")]
    [InlineData("/./api/x", "/x")]
    [InlineData("/%2e/api/x", "/x")]
    [InlineData("/api%2Fx", "/%2Fx")]
    [InlineData("/api//x", "//x")]
    [InlineData("/api/./x", "/./x")]
    [InlineData("/api/a%2Fb/%20//c?d=%2F&/api", "/a%2Fb/%20//c?d=%2F&/api")]
    [InlineData("/api/%41", "/%41")]
    public void Strip_cuts_the_prefix_in_any_spelling_and_leaves_every_later_byte(string target, string expected) =>
        Assert.Equal(expected, Strip("/api").Rewrite(target));

    [Theory]
    [InlineData("/api/x?y", "/v2/x?y")]
    [InlineData("/api", "/v2")]
    [InlineData("/api/", "/v2/")]
    [InlineData("/api?y", "/v2?y")]
    [InlineData("/api%2Fx", "/v2%2Fx")]
    public void Replace_puts_another_prefix_in_its_place(string target, string expected) =>
        Assert.Equal(expected, Of("/api", PathRewriteKind.ReplacePrefix, "/v2").Rewrite(target));

    [Theory]
    [InlineData("/x//y?z", "/base/x//y?z")]
    [InlineData("/", "/base/")]
    public void Add_puts_a_prefix_before_the_whole_target(string target, string expected) =>
        Assert.Equal(expected, Of("/", PathRewriteKind.AddPrefix, "/base").Rewrite(target));

    [Theory]
    [InlineData("^/v1/(.*)", "/v2/$1", "/v1/a%2Fb?v1", "/v2/a%2Fb?v1")]
    [InlineData("^/v1/(.*)", "$1", "/v1/a?b", "/a?b")]
    [InlineData("^/v1.*", "", "/v1/a?b", "/?b")]
    [InlineData("%20", "+", "/a%20b%20c?%20", "/a+b%20c?%20")]
    [InlineData("^/v1/", "/v2/", "/x?/v1/", "/x?/v1/")]
    public void A_regex_replaces_its_first_match_in_the_raw_path(string regex, string to, string target, string expected) =>
        Assert.Equal(expected, Of("/", PathRewriteKind.Regex, to, regex).Rewrite(target));

    [Fact]
    public void Nothing_to_rewrite_gives_the_same_text()
    {
        string target = "/a//%2e?b";
        var rewriter = new TargetRewriter(new PathMatcher { Kind = PathMatcherKind.Prefix, Text = "/a" }, rewrite: null);
        Assert.True(rewriter.IsTransparent);
        Assert.Same(target, rewriter.Rewrite(target));
    }

    [Fact]
    public void Whatever_the_spelling_the_rest_is_untouched_and_starts_with_a_slash() =>
        Prop.ForAll(
                RandomTargets.Spelled.ToArbitrary(),
                p =>
                {
                    string target = p.Spelled + p.Tail;
                    if (!target.StartsWith('/'))
                    {
                        return true;
                    }

                    string expected = p.Tail.StartsWith('/') ? p.Tail : "/" + p.Tail;
                    return TargetInspection.Of(target).Refusal == TargetRefusal.None
                        && Strip(p.Prefix).Rewrite(target) == expected
                        && Of(p.Prefix, PathRewriteKind.ReplacePrefix, "/v2").Rewrite(target) == "/v2" + p.Tail;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void The_prefix_in_a_raw_path_agrees_with_the_naive_reading() =>
        Prop.ForAll(
                RandomTargets.Targets.ToArbitrary(),
                Gen.Elements("/", "/a", "/a/p", "/.", "/b", "/~").Where(p => p != "/.").ToArbitrary(),
                (target, prefix) =>
                {
                    if (!RawTarget.TryParse(target, out RawTarget? value, out _))
                    {
                        return true;
                    }

                    var path = new PathPrefix(prefix);
                    byte[] normalized = Encoding.Latin1.GetBytes(value.Normalized);
                    bool takes = NaiveTargets.TakesPrefix(prefix, value.Normalized);
                    return path.Takes(normalized) == takes
                        && (prefix == "/" || (path.LengthIn(value.Path) >= 0) == takes)
                        && (prefix == "/" || path.LengthIn(value.Path) == NaiveTargets.PrefixLength(prefix, value.Path));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Theory]
    [InlineData("/api", "/api", true)]
    [InlineData("/api", "/api/", true)]
    [InlineData("/api", "/api/x", true)]
    [InlineData("/api", "/apifoo", false)]
    [InlineData("/api", "/API", false)]
    [InlineData("/api/", "/api", true)]
    [InlineData("/", "/anything", true)]
    public void A_prefix_takes_whole_segments(string prefix, string path, bool takes) =>
        Assert.Equal(takes, new PathPrefix(prefix).Takes(Encoding.UTF8.GetBytes(path)));

    private static TargetRewriter Strip(string prefix) => Of(prefix, PathRewriteKind.StripPrefix, "");

    private static TargetRewriter Of(string prefix, PathRewriteKind kind, string to, string? regex = null) =>
        new(
            new PathMatcher { Kind = PathMatcherKind.Prefix, Text = prefix },
            new PathRewrite
            {
                Kind = kind,
                To = to,
                Regex =
                    regex is null ? null
                    : RegexPattern.TryParse(regex, out RegexPattern? r, out string? problem, out _) ? r
                    : throw new FormatException(problem),
            }
        );
}
