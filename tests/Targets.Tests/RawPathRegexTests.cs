using System.Text.RegularExpressions;

namespace Confgen.Targets.Tests;

public sealed class RawPathRegexTests
{
    [Theory]
    [InlineData("/api", "/api/x", "/x")]
    [InlineData("/api", "/%61pi%2Fx", "%2Fx")]
    [InlineData("/api", "//./api", "")]
    [InlineData("/100%", "/100%25/x", "/x")]
    [InlineData("/a%2", "/a%252%2F", "%2F")]
    public void What_the_prefix_spells_is_cut(string prefix, string raw, string rest) =>
        Assert.Equal(rest, new Regex(RawPathRegex.Of(prefix, Regex.Escape)).Replace(raw, ""));
}
