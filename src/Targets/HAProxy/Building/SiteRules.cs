using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.HAProxy.Syntax;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// Which of a listener's sites a host belongs to, as rules of which the last that holds decides: so those for fewer hosts stand further
/// down.
/// </summary>
internal static class SiteRules
{
    /// <summary>How many patterns a line has: of its 64 words some say what they are for.</summary>
    public const int MostPatterns = 40;

    /// <summary>The rules of a listener: its sites, and those whose plain requests are redirected to https.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="nameOf">What the site is called.</param>
    /// <param name="redirectOf">What the redirect of a site is called.</param>
    public static IReadOnlyList<SiteRuleView> Of(ListenerModel listener, Func<Site, string> nameOf, Func<Site, string> redirectOf) =>
        [
            .. Rules(listener.Sites, nameOf, named: false),
            .. Rules(listener.Redirects, redirectOf, named: false),
            .. Rules(listener.Redirects, redirectOf, named: true),
            .. Rules(listener.Sites, nameOf, named: true),
        ];

    /// <summary>The rules for the names that handshakes may have: who takes all others has none.</summary>
    public static IReadOnlyList<SiteRuleView> Named(ListenerModel listener, Func<Site, string> nameOf) =>
        [.. Rules(listener.Sites, nameOf, named: true)];

    private static IEnumerable<SiteRuleView> Rules(IEnumerable<Site> sites, Func<Site, string> nameOf, bool named) =>
        // Of two sites with the same host the first one counts.
        sites
            .Reverse()
            .SelectMany(site => site.Hosts.Select(host => (Host: host, Name: nameOf(site))))
            .Where(each => each.Host.Kind != HostPatternKind.Any == named)
            .OrderBy(static each => Rank(each.Host))
            .GroupBy(static each => (each.Name, each.Host.Kind, Length: Rank(each.Host)))
            .SelectMany(static group =>
                group
                    .Select(static each => Pattern(each.Host))
                    .Chunk(MostPatterns)
                    .Select(patterns => new SiteRuleView(
                        HAProxyQuoting.Word(group.Key.Name),
                        group.Key.Kind switch
                        {
                            HostPatternKind.Any => "",
                            HostPatternKind.Exact => "-m str " + string.Join(' ', patterns),
                            _ => "-m reg " + string.Join(' ', patterns),
                        }
                    ))
            );

    // A star behind a longer name is closer than one behind a shorter one; one in front is closer than each of them.
    private static int Rank(HostPattern host) =>
        host.Kind switch
        {
            HostPatternKind.Any => 0,
            HostPatternKind.Trailing => host.Name.Length,
            HostPatternKind.Wildcard => 1000,
            _ => 1001,
        };

    private static string Pattern(HostPattern host) =>
        HAProxyQuoting.Word(
            host.Kind switch
            {
                HostPatternKind.Wildcard => @"^[^.]+\." + Escape(host.Name) + "$",
                HostPatternKind.Trailing => "^" + Escape(host.Name) + @"\..",
                _ => host.Name,
            }
        );

    // A name has letters, digits, '-' and '.'.
    private static string Escape(string name) => name.Replace(".", @"\.", StringComparison.Ordinal);
}
