using System.Text.RegularExpressions;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Caddy.Building;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Caddy;

public sealed class CaddyBuildingTests
{
    [Theory]
    [InlineData("/api", "/api", "")]
    [InlineData("/api", "/api/x%2Fy//z", "/x%2Fy//z")]
    [InlineData("/api", "//api/x", "/x")]
    [InlineData("/api", "/./api//x", "//x")]
    [InlineData("/api", "/%61p%69%2Fx", "%2Fx")]
    [InlineData("/a.b/c", "/a.b%2f%2fc/x", "/x")]
    [InlineData("/ü{x", "/%C3%BC%7bx/y", "/y")]
    public void The_raw_prefix_is_found_in_whatever_spelling(string prefix, string target, string rest)
    {
        Match match = Regex.Match(target, PathPattern.RawPrefix(prefix), RegexOptions.None, TimeSpan.FromSeconds(1));
        Assert.True(match.Success);
        Assert.Equal(rest, target[match.Length..]);
    }

    [Theory]
    [InlineData("/api", "/apx")]
    [InlineData("/a.b", "/aXb")]
    [InlineData("/api", "/x/api")]
    public void Another_path_is_not_taken_for_the_prefix(string prefix, string target) =>
        Assert.DoesNotMatch(PathPattern.RawPrefix(prefix), target);

    [Theory]
    [InlineData(PathMatcherKind.Prefix, "/api", "^/api(?:/|$)")]
    [InlineData(PathMatcherKind.Exact, "/a.b", "^/a\\.b$")]
    [InlineData(PathMatcherKind.Regex, "\\.js$", "\\.js$")]
    public void A_matcher_is_a_regex_of_the_normalised_path(PathMatcherKind kind, string text, string regex) =>
        Assert.Equal(regex, PathPattern.Of(new PathMatcher { Kind = kind, Text = text }));

    [Fact]
    public void The_regex_of_an_IPv4_block_matches_its_addresses_alone() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(uint Address, byte Length, uint Other)>(),
                static sample =>
                {
                    int length = sample.Length % 33;
                    uint mask = length == 0 ? 0 : uint.MaxValue << (32 - length);
                    Assert.True(Cidr.TryParse($"{Text(sample.Address & mask)}/{length}", out Cidr block, out _));
                    foreach (
                        uint candidate in (ReadOnlySpan<uint>)
                            [sample.Address, sample.Other, sample.Address ^ 1, (sample.Address & mask) | (sample.Other & ~mask)]
                    )
                    {
                        Assert.Equal(
                            block.Contains(System.Net.IPAddress.Parse(Text(candidate))),
                            Regex.IsMatch(
                                Text(candidate),
                                "^" + AddressPattern.AnyOf([block]) + "$",
                                RegexOptions.None,
                                TimeSpan.FromSeconds(1)
                            )
                        );
                    }

                    static string Text(uint address) => $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}";
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Weights_become_an_even_spread_of_the_servers()
    {
        UpstreamServer a = new() { Address = new ServerAddress(ServerScheme.Http, "a", 80), Weight = 6 };
        UpstreamServer b = new() { Address = new ServerAddress(ServerScheme.Http, "b", 80), Weight = 2 };
        Assert.Equal("aaba", string.Concat(Weights.Spread([a, b]).Select(static server => server.Address.Host)));
    }

    [Theory]
    [InlineData("/$2/x$1y", 0, "/${2}/x${1}y")]
    [InlineData("/$2/x$1y", 1, "/${3}/x${2}y")]
    [InlineData("/a$$b", 0, "/a$$b")]
    [InlineData("/${name}${2}", 1, "/${2}${3}")]
    [InlineData("/$0", 2, "/${2}")]
    public void Group_references_are_written_as_Go_reads_them(string replacement, int raise, string written)
    {
        Assert.True(RegexPattern.TryParse("(?<name>a)(b)", out RegexPattern? regex, out _, out _));
        var rewrite = new PathRewrite
        {
            Kind = PathRewriteKind.Regex,
            Regex = regex,
            To = replacement,
        };
        Assert.Equal(written, GroupReferences.ToGo(rewrite, raise));
        Assert.Equal(replacement.Contains("$0", StringComparison.Ordinal), GroupReferences.UsesWholeMatch(rewrite));
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(500, "500ms")]
    [InlineData(90_000, "1m30s")]
    [InlineData(3_600_000, "1h")]
    public void Durations_are_written_as_Go_writes_them(int milliseconds, string written) =>
        Assert.Equal(written, CaddyQuoter.Duration(TimeSpan.FromMilliseconds(milliseconds)));
}
