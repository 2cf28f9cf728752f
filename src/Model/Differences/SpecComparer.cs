using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Model.Differences;

/// <summary>
/// Compares what two specs do, not how they are written: (1) connections and hosts are cut into the classes that both specs tell apart, (2)
/// each pair of sites that requests get is compared once, route by route, (3) equal changes become one difference, and each gets a witness.
/// </summary>
public sealed class SpecComparer
{
    private readonly Spec _old;
    private readonly Spec _new;
    private readonly List<string> _limits = [];
    private readonly Dictionary<(Aspect Aspect, object Old, object New, string OldText, string NewText), Found> _found = [];

    private SpecComparer(Spec old, Spec @new) => (_old, _new) = (old, @new);

    /// <summary>Compares two specs.</summary>
    public static Comparison Compare(Spec old, Spec @new) => new SpecComparer(old, @new).Run();

    private Comparison Run()
    {
        foreach (Zone zone in Zones())
        {
            Compare(zone);
        }

        var witnesses = new WitnessFinder(_old, _new);
        Difference[] differences =
        [
            .. _found.Values.Select(f => Named(f, witnesses)),
            .. Trust(witnesses),
            .. RawDifferences.Between(_old, _new),
            .. TunnelDifferences.Of(_old.Tunnels, _new.Tunnels),
            .. StreamDifferences.Of(_old.Streams, _new.Streams),
        ];
        return new Comparison([.. differences.OrderByDescending(d => d.Risk)], _limits);
    }

    // Requests that get the same pair of sites, or of refusals, whatever their path.
    private List<Zone> Zones()
    {
        // Sites count as what they are, not as what they say: to compare many routes for each host would take long.
        var numbers = new Dictionary<Site, int>(ReferenceEqualityComparer.Instance);
        var zones = new Dictionary<(int, int, bool, bool, bool, bool), Zone>();
        foreach (Connection connection in Connection.Of(_old, _new))
        {
            IEnumerable<Site> sites = new[] { connection.Old, connection.New }
                .OfType<ListenerModel>()
                .SelectMany(l => l.Sites.Concat(l.Redirects));
            foreach (HostClass host in HostClass.Of(sites))
            {
                Side was = Side.Of(connection.Old, connection.Https, host.Sample);
                Side now = Side.Of(connection.New, connection.Https, host.Sample);
                var key = (Number(was.Site), Number(now.Site), was.IsRedirect, now.IsRedirect, was.IsServed, now.IsServed);
                if (!zones.TryGetValue(key, out Zone? zone))
                {
                    zones[key] = zone = new Zone(was, now, []);
                }

                zone.Places.Add((connection, host));
            }
        }

        return [.. zones.Values];

        int Number(Site? site) =>
            site is null ? -1
            : numbers.TryGetValue(site, out int number) ? number
            : numbers[site] = numbers.Count;
    }

    private void Compare(Zone zone)
    {
        // 1. Whether a site takes the requests at all.
        if (zone.Old.Routed is not { } old || zone.New.Routed is not { } @new)
        {
            if (!Equals(zone.Old.Value, zone.New.Value))
            {
                Add(
                    new(Aspect.Site, zone.Old.Value, zone.Old.Text),
                    new(Aspect.Site, zone.New.Value, zone.New.Text),
                    new RequestClass(zone.Places, [], null, []),
                    zone,
                    null,
                    null
                );
            }

            return;
        }

        // 2. What the site decides.
        foreach (
            (AspectValue was, AspectValue now) in SiteAspects
                .Of(old)
                .Zip(SiteAspects.Of(@new))
                .Where(p => !Equals(p.First.Value, p.Second.Value))
        )
        {
            Add(was, now, new RequestClass(zone.Places, [], null, []), zone, null, null);
        }

        // 3. What the routes decide.
        var walk = new RouteWalk(old, @new);
        if (!walk.IsComplete)
        {
            _limits.Add(
                $"{string.Join(", ", @new.Hosts)}: the regexes and conditions of the routes make too many cases; some may be missing here"
            );
        }

        var before = new Dictionary<Route, IReadOnlyList<AspectValue>>(ReferenceEqualityComparer.Instance);
        var after = new Dictionary<Route, IReadOnlyList<AspectValue>>(ReferenceEqualityComparer.Instance);
        foreach ((Route from, Route to, RequestCell cell, IReadOnlyList<PathClass> paths) in walk.Pieces)
        {
            bool isEvery = paths.Count == walk.Partition.Classes.Count;
            var requests = new RequestClass(zone.Places, isEvery ? [] : paths, cell, []) { Partition = walk.Partition };
            foreach (
                (AspectValue was, AspectValue now) in Changed(
                    Aspects(before, old, from),
                    Aspects(after, @new, to),
                    ReferenceEquals(from, RouteTable.NoRoute) != ReferenceEquals(to, RouteTable.NoRoute)
                )
            )
            {
                Add(was, now, requests, zone, from, to);
            }
        }

        static IReadOnlyList<AspectValue> Aspects(Dictionary<Route, IReadOnlyList<AspectValue>> known, Site site, Route route) =>
            known.TryGetValue(route, out IReadOnlyList<AspectValue>? aspects) ? aspects : known[route] = RouteAspects.Of(site, route);
    }

    // What both have; where the response itself comes or goes, the rest says nothing new, and neither does what follows from a guard.
    private static IEnumerable<(AspectValue Old, AspectValue New)> Changed(
        IReadOnlyList<AspectValue> old,
        IReadOnlyList<AspectValue> @new,
        bool comesOrGoes
    )
    {
        (AspectValue Old, AspectValue New)[] changed =
        [
            .. old.Join(@new, a => a.Aspect, a => a.Aspect, (a, b) => (Old: a, New: b)).Where(p => !Equals(p.Old.Value, p.New.Value)),
        ];
        bool hasGuard = changed.Any(p => p.Old.Aspect is Aspect.Access or Aspect.Credentials or Aspect.AuthServer or Aspect.RateLimit);
        bool hasResponse = changed.Any(p => p.Old.Aspect == Aspect.Response);
        return changed.Where(p =>
            p.Old.Aspect == Aspect.Response || ((!comesOrGoes || !hasResponse) && (!hasGuard || p.Old.Aspect != Aspect.OddTargets))
        );
    }

    private void Add(AspectValue old, AspectValue @new, RequestClass requests, Zone zone, Route? from, Route? to)
    {
        var key = (old.Aspect, old.Value, @new.Value, old.Text, @new.Text);
        if (!_found.TryGetValue(key, out Found? found))
        {
            _found[key] = found = new Found(old, @new, zone, from, to, []);
        }

        found.Classes.Add(requests);
    }

    private static Difference Named(Found found, WitnessFinder witnesses)
    {
        Witness? witness = found.Classes.Select(c => witnesses.Find(c, found.Old.Aspect)).FirstOrDefault(w => w is not null);
        var difference = new Difference
        {
            Aspect = found.Old.Aspect,
            Old = found.Old.Text,
            New = found.New.Text,
            Classes = found.Classes,
            Consequence = "",
            Witness = witness,
            OldAt = found.From?.At.Span is { IsSome: true } from ? from : found.Zone.Old.Site?.At.Span ?? SourceSpan.None,
            NewAt = found.To?.At.Span is { IsSome: true } to ? to : found.Zone.New.Site?.At.Span ?? SourceSpan.None,
        };
        (Risk risk, string consequence) = Consequences.Of(found.Old, found.New, found.From, found.To, found.Classes);
        return difference with { Risk = risk, Consequence = consequence };
    }

    private IEnumerable<Difference> Trust(WitnessFinder witnesses)
    {
        (Cidr[] gone, Cidr[] come) = (
            [.. _old.TrustedProxies.Except(_new.TrustedProxies)],
            [.. _new.TrustedProxies.Except(_old.TrustedProxies)]
        );
        if (gone.Length + come.Length == 0 && _old.TrustsUnixPeers == _new.TrustsUnixPeers)
        {
            yield break;
        }

        var requests = new RequestClass([], [], null, [.. gone, .. come]);
        IEnumerable<Route> routes = _old.Sites.Concat(_new.Sites).SelectMany(s => s.Routes).Where(r => r.Path.Regex is null);
        string[] paths =
        [
            .. routes.Select(r => PathClass.ToTarget(RawTarget.FromText(r.Path.Text))).Append("/").Distinct(StringComparer.Ordinal),
        ];
        Witness? witness =
            gone.Length + come.Length == 0 ? null : witnesses.FindTrusted(requests, [.. come, .. gone], Connection.Of(_old, _new), paths);
        bool widens = come.Any(c => !_old.TrustedProxies.Any(t => t.Contains(c))) || (_new.TrustsUnixPeers && !_old.TrustsUnixPeers);
        yield return new Difference
        {
            Aspect = Aspect.TrustedProxies,
            Old = Text(_old),
            New = Text(_new),
            Classes = gone.Length + come.Length == 0 ? [] : [requests],
            Risk = widens ? Risk.Exposure : Risk.Breakage,
            Consequence = widens
                ? "peers there are believed about the client's address, so that they can pass for any client"
                : "behind these peers the client's address is no longer known: rules about addresses see the peer",
            Witness = witness,
        };

        static string Text(Spec spec) =>
            spec.TrustedProxies.Count == 0 && !spec.TrustsUnixPeers
                ? "none"
                : string.Join(", ", spec.TrustedProxies.Select(c => c.ToString()).Concat(spec.TrustsUnixPeers ? ["unix"] : []));
    }

    private sealed record Found(AspectValue Old, AspectValue New, Zone Zone, Route? From, Route? To, List<RequestClass> Classes);

    private sealed record Zone(Side Old, Side New, List<(Connection Connection, HostClass Host)> Places);

    // What one spec makes of a connection and a host.
    private sealed record Side(Site? Site, bool IsRedirect, bool IsServed, object Value, string Text)
    {
        public Site? Routed => IsRedirect ? null : Site;

        public static Side Of(ListenerModel? listener, bool https, string host)
        {
            if (listener?.Speaks(https) != true)
            {
                return new Side(null, false, false, Outcome.NoConnection, Outcome.NoConnection);
            }

            (Site? site, Site? redirecting) = listener.Find(host);
            if (redirecting is { RedirectHttp: { } redirect })
            {
                string authority = Listeners.HttpsAuthority(redirecting, "");
                return new Side(
                    redirecting,
                    true,
                    true,
                    (redirect.Status, authority),
                    string.Create(null, $"{redirect.Status} to https{(authority.Length > 0 ? authority : "")}")
                );
            }

            return site is null
                ? new Side(null, false, true, "no site", "404, no site")
                : new Side(
                    site,
                    false,
                    true,
                    site,
                    $"the site {string.Join(", ", site.Hosts)} with "
                        + $"{(site.Routes.Count == 1 ? "1 route" : string.Create(null, $"{site.Routes.Count} routes"))}"
                );
        }
    }
}
