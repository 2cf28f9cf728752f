using System.Text.RegularExpressions;

namespace Confgen.Targets.Tests.Caddy;

/// <summary>
/// A block of a Caddyfile can't define a matcher's name again that a block around it defines, whatever a spec calls its routes.
/// </summary>
public sealed partial class CaddyNameTests
{
    [Fact]
    public void Every_name_in_the_templates_has_a_hyphen()
    {
        string[] names =
        [
            .. EmbeddedTemplates
                .Names.Where(n => n.StartsWith("caddy/", StringComparison.Ordinal))
                .SelectMany(n => MatcherName().Matches(EmbeddedTemplates.Find(n) ?? "").Select(m => m.Value))
                .Distinct(),
        ];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Contains('-', name));
    }

    [GeneratedRegex("@[A-Za-z_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MatcherName();
}
