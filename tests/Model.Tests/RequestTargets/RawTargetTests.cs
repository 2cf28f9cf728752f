using Confgen.Model.RequestTargets;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.RequestTargets;

public sealed class RawTargetTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/users?x=1")]
    [InlineData("/a%2Fb")]
    [InlineData("/a?/../b")]
    [InlineData("/a?%zz%00")]
    [InlineData("/a/...")]
    [InlineData("/a/..b")]
    [InlineData("/a/b..")]
    [InlineData("/a..b/")]
    [InlineData("/%252e%252e/")]
    [InlineData("/a;b=c,d@e:f")]
    [InlineData("/\"<>^`{|}[]\\")]
    [InlineData("/\u00C3\u00A9?\u00C3\u00A9")]
    [InlineData("/a%0Ab%20c")]
    [InlineData("/.")]
    public void Is_not_refused(string target) => Assert.Equal(TargetRefusal.None, TargetInspection.Of(target).Refusal);

    [Theory]
    [InlineData("", TargetRefusal.NotAPath)]
    [InlineData("*", TargetRefusal.NotAPath)]
    [InlineData("example.com:443", TargetRefusal.NotAPath)]
    [InlineData("%2Fa", TargetRefusal.NotAPath)]
    [InlineData("/a b", TargetRefusal.ForbiddenByte)]
    [InlineData("/a#b", TargetRefusal.ForbiddenByte)]
    [InlineData("/a?b#c", TargetRefusal.ForbiddenByte)]
    [InlineData("/a\0", TargetRefusal.ForbiddenByte)]
    [InlineData("/a\rb", TargetRefusal.ForbiddenByte)]
    [InlineData("/a\x01", TargetRefusal.ForbiddenByte)]
    [InlineData("/a\x7F", TargetRefusal.ForbiddenByte)]
    [InlineData("/a?\t", TargetRefusal.ForbiddenByte)]
    [InlineData("/%", TargetRefusal.BadEscape)]
    [InlineData("/%4", TargetRefusal.BadEscape)]
    [InlineData("/%zz", TargetRefusal.BadEscape)]
    [InlineData("/%4?4", TargetRefusal.BadEscape)]
    [InlineData("/a%00", TargetRefusal.EncodedNul)]
    [InlineData("/..", TargetRefusal.DotDotSegment)]
    [InlineData("/../a", TargetRefusal.DotDotSegment)]
    [InlineData("/a/../b", TargetRefusal.DotDotSegment)]
    [InlineData("/a/..?x", TargetRefusal.DotDotSegment)]
    [InlineData("/a/%2e%2e/b", TargetRefusal.DotDotSegment)]
    [InlineData("/a/%2E./b", TargetRefusal.DotDotSegment)]
    [InlineData("/a/.%2e", TargetRefusal.DotDotSegment)]
    [InlineData("/a%2f..%2Fb", TargetRefusal.DotDotSegment)]
    [InlineData("/a\\..\\b", TargetRefusal.DotDotSegment)]
    [InlineData("/a%5c..%5Cb", TargetRefusal.DotDotSegment)]
    [InlineData("/a/..\\b", TargetRefusal.DotDotSegment)]
    public void Is_refused_at_once(string target, TargetRefusal refusal)
    {
        Assert.Equal(refusal, TargetInspection.Of(target).Refusal);
        Assert.False(RawTarget.TryParse(target, out _, out TargetRefusal told));
        Assert.Equal(refusal, told);
    }

    [Theory]
    [InlineData("/a?b?c", "/a", "b?c")]
    [InlineData("/a?", "/a", "")]
    [InlineData("/a", "/a", null)]
    public void Path_and_query_are_split_at_the_first_question_mark(string target, string path, string? query)
    {
        Assert.True(RawTarget.TryParse(target, out RawTarget? value, out _));
        Assert.Equal((path, query, null), (value.Path, value.Query, value.Authority));
        Assert.Equal(target, value.ToString());
    }

    [Theory]
    [InlineData("http://a.test:8080/x?y", "a.test:8080", "/x?y")]
    [InlineData("HTTPS://a.test", "a.test", "/")]
    [InlineData("http://a.test?y", "a.test", "/?y")]
    public void The_absolute_form_names_its_own_host(string target, string authority, string origin)
    {
        Assert.True(RawTarget.TryParse(target, out RawTarget? value, out _));
        Assert.Equal((authority, origin), (value.Authority, value.Target));
    }

    [Theory]
    [InlineData("http:///x", TargetRefusal.NotAPath)]
    [InlineData("http://u@a.test/x", TargetRefusal.NotAPath)]
    [InlineData("ftp://a.test/x", TargetRefusal.NotAPath)]
    [InlineData("http://a.test/../x", TargetRefusal.DotDotSegment)]
    public void A_bad_absolute_form_is_refused(string target, TargetRefusal expected)
    {
        Assert.False(RawTarget.TryParse(target, out _, out TargetRefusal refusal));
        Assert.Equal(expected, refusal);
    }

    [Theory]
    [InlineData("/a{b}", true)]
    [InlineData("/a\"", true)]
    [InlineData("/a\\b", true)]
    [InlineData("/a`^|<>", true)]
    [InlineData("/\u00C3\u00A9", true)]
    [InlineData("/a?{b}\u00C3\u00A9", false)]
    [InlineData("/a%7Bb%C3%A9", false)]
    [InlineData("/-._~!$&'()*+,;=:@[]", false)]
    public void Odd_bytes_are_those_that_a_program_might_encode(string target, bool odd) =>
        Assert.Equal(odd, RawTarget.TryParse(target, out RawTarget? value, out _) && value.HasOddBytes);

    [Fact]
    public void A_persons_text_becomes_bytes()
    {
        Assert.True(RawTarget.TryParse(RawTarget.FromText("/日本?é"), out RawTarget? value, out _));
        Assert.Equal(("/日本", 7), (value.NormalizedText, value.Normalized.Length));
    }

    [Fact]
    public void Every_refusal_has_its_words() =>
        Assert.Equal(
            Enum.GetValues<TargetRefusal>().Length,
            Enum.GetValues<TargetRefusal>().Select(r => r.Describe()).Distinct(StringComparer.Ordinal).Count()
        );

    [Fact]
    public void Refuses_what_the_naive_reading_refuses() =>
        Prop.ForAll(
                RandomTargets.Targets.ToArbitrary(),
                target => TargetInspection.Of(target).Refusal != TargetRefusal.None == NaiveTargets.IsRefused(target)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void No_text_throws() =>
        Prop.ForAll(
                Gen.OneOf(RandomTargets.Targets, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? "")).ToArbitrary(),
                text =>
                    RawTarget.TryParse(text, out RawTarget? value, out TargetRefusal refusal) == (refusal == TargetRefusal.None)
                    && (value is null || value.Path.Length > 0)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
}
