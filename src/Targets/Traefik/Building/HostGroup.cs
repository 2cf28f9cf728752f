using Confgen.Model;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Targets.Traefik.Building;

/// <summary>
/// Hosts of a site that give way to the same hosts of other sites: routers of a group have priorities of their own, since a rule for a star
/// takes what another site's rule for a name takes as well.
/// </summary>
/// <param name="Site">The site.</param>
/// <param name="Redirects">Whether its plain requests are sent to https there.</param>
/// <param name="Rank">How close the hosts are: the higher goes first.</param>
/// <param name="Hosts">The hosts.</param>
/// <param name="On">Where.</param>
internal sealed record HostGroup(Site Site, bool Redirects, int Rank, IReadOnlyList<HostPattern> Hosts, IReadOnlyList<ListenerModel> On)
{
    // Sites that name the host go before those that redirect, and these before a site for any host.
    private const int Named = 4000;
    private const int Redirecting = 2000;
    private const int Exact = 1001;
    private const int Wildcard = 1000;

    /// <summary>Whether it takes any host.</summary>
    public bool IsAny => Hosts.Any(static host => host.Kind == HostPatternKind.Any);

    /// <summary>The groups of a spec, the closest first.</summary>
    public static IReadOnlyList<HostGroup> Of(Spec spec) =>
        [
            .. Listeners
                .Of(spec)
                .SelectMany(static listener => Of(listener, listener.Sites, false).Concat(Of(listener, listener.Redirects, true)))
                .GroupBy(static group => (group.Site, group.Redirects, group.Rank, string.Join(' ', group.Hosts)), new Key())
                .Select(static same => same.First() with { On = [.. same.SelectMany(static group => group.On)] })
                .OrderByDescending(static group => group.Rank),
        ];

    // Of two sites with the same host the first one counts.
    private static IEnumerable<HostGroup> Of(ListenerModel listener, IEnumerable<Site> sites, bool redirects)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Site site in sites)
        {
            foreach (
                IGrouping<int, HostPattern> hosts in site
                    .Hosts.Where(host => taken.Add(host.ToString()))
                    .GroupBy(host => RankOf(host, redirects))
                    .ToList()
            )
            {
                yield return new HostGroup(site, redirects, hosts.Key, [.. hosts], [listener]);
            }
        }
    }

    private static int RankOf(HostPattern host, bool redirects) =>
        (
            redirects ? Redirecting
            : host.Kind == HostPatternKind.Any ? 0
            : Named
        )
        + host.Kind switch
        {
            HostPatternKind.Any => 0,
            HostPatternKind.Trailing => host.Name.Length,
            HostPatternKind.Wildcard => Wildcard,
            _ => Exact,
        };

    // A site is one thing, however much another has the same fields.
    private sealed class Key : IEqualityComparer<(Site Site, bool Redirects, int Rank, string Hosts)>
    {
        public bool Equals((Site Site, bool Redirects, int Rank, string Hosts) x, (Site Site, bool Redirects, int Rank, string Hosts) y) =>
            ReferenceEquals(x.Site, y.Site) && (x.Redirects, x.Rank, x.Hosts) == (y.Redirects, y.Rank, y.Hosts);

        public int GetHashCode((Site Site, bool Redirects, int Rank, string Hosts) key) =>
            HashCode.Combine(key.Redirects, key.Rank, key.Hosts);
    }
}
