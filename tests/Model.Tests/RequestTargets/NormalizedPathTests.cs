using System.Text;
using Confgen.Model.RequestTargets;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.RequestTargets;

public sealed class NormalizedPathTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/%61pi", "/api")]
    [InlineData("//api", "/api")]
    [InlineData("/api//x///y", "/api/x/y")]
    [InlineData("/api%2Fx", "/api/x")]
    [InlineData("/api%2f%2Fx", "/api/x")]
    [InlineData("/./api/./x", "/api/x")]
    [InlineData("/%2e/api/%2E/x", "/api/x")]
    [InlineData("/api/", "/api/")]
    [InlineData("/api/.", "/api/")]
    [InlineData("/.", "/")]
    [InlineData("/./", "/")]
    [InlineData("//", "/")]
    [InlineData("/.a/b.", "/.a/b.")]
    [InlineData("/a/...", "/a/...")]
    [InlineData("/%252e", "/%2e")]
    [InlineData("/%3Fx%23", "/?x#")]
    [InlineData("/a\\b", "/a\\b")]
    [InlineData("/%C3%A9", "/\u00C3\u00A9")]
    public void Is_decoded_once_merged_and_without_dots(string raw, string normalized)
    {
        Assert.Equal(normalized, NormalizedPath.Of(raw));
        Assert.True(RawTarget.TryParse(raw + "?a//./b", out RawTarget? target, out _));
        Assert.Equal(normalized, target.Normalized);
    }

    [Fact]
    public void Agrees_with_the_naive_reading() =>
        Prop.ForAll(
                RandomTargets.Targets.ToArbitrary(),
                target =>
                {
                    if (TargetInspection.Of(target) is not { Refusal: TargetRefusal.None } inspection)
                    {
                        return true;
                    }

                    string raw = NaiveTargets.RawPath(target);
                    string normalized = NormalizedPath.Of(raw);
                    return raw.Length == inspection.PathLength
                        && normalized == NaiveTargets.Normalize(raw)
                        && (!inspection.IsNormal || normalized == raw);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void A_normal_path_has_no_empty_or_dot_segment_but_a_last_one() =>
        Prop.ForAll(
                RandomTargets.Targets.ToArbitrary(),
                target =>
                {
                    if (!RawTarget.TryParse(target, out RawTarget? value, out _))
                    {
                        return true;
                    }

                    string[] segments = value.Normalized.Split('/');
                    return segments[0].Length == 0
                        && segments[1..^1].All(s => s is not ("" or "." or ".."))
                        && segments[^1] is not ("." or "..");
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000));

    [Fact]
    public void Writes_no_further_than_the_raw_path_is_long() =>
        Prop.ForAll(
                RandomTargets.Targets.ToArbitrary(),
                target =>
                {
                    if (!RawTarget.TryParse(target, out RawTarget? value, out _))
                    {
                        return true;
                    }

                    byte[] bytes = new byte[value.Path.Length];
                    return Encoding.Latin1.GetString(bytes.AsSpan(0, NormalizedPath.Write(value.Path, bytes))) == value.Normalized;
                }
            )
            .QuickCheckThrowOnFailure();
}
