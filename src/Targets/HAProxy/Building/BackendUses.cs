using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Targets.HAProxy.Syntax;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// Which requests go to which backend. Where there are many routes, maps hold what a path alone decides, for all sites of a listener:
/// HAProxy looks a path up in a tree, and finds the longest prefix, as a spec wants it. The others are conditions that are tried in turn,
/// of which neighbours that differ in their path alone share a line.
/// </summary>
/// <param name="texts">What quotes.</param>
/// <param name="nameOf">What a site is called.</param>
/// <param name="backendsOf">The backends of a site with their routes, in the order in which they are tried.</param>
internal sealed class BackendUses(
    HAProxyTexts texts,
    Func<Site, string> nameOf,
    Func<Site, IReadOnlyList<(string Backend, Route? Route)>> backendsOf
)
{
    private const int FewestInMaps = 20;

    private readonly RouteConditions _conditions = new(texts);
    private readonly List<MapView> _maps = [];

    /// <summary>The maps that are used.</summary>
    public IReadOnlyList<MapView> Maps => _maps;

    /// <summary>The lines of a listener.</summary>
    /// <param name="listener">The listener.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="onlySite">Whether it has no other site.</param>
    public IReadOnlyList<RouteView> Of(ListenerModel listener, string name, bool onlySite)
    {
        MappedRoutes[] sites = [.. listener.Sites.Select(site => MappedRoutes.Of(backendsOf(site)))];
        if (sites.Sum(static site => site.Exact.Count + site.Prefixes.Count) < FewestInMaps)
        {
            return [.. listener.Sites.SelectMany(site => Tried(backendsOf(site), Condition(site, onlySite)))];
        }

        // A key begins with its site, whose name has no slash.
        List<string> Keys(Func<MappedRoutes, IReadOnlyList<(string Path, string Backend)>> routes) =>
            [
                .. listener
                    .Sites.Zip(sites)
                    .SelectMany(each =>
                        routes(each.Second).Select(route => $"{(onlySite ? "" : nameOf(each.First))}{route.Path} {route.Backend}")
                    ),
            ];

        string path = onlySite ? "var(txn.path)" : "var(txn.site),concat(,txn.path)";
        string below = onlySite ? "var(txn.below)" : "var(txn.site),concat(,txn.below)";
        return
        [
            .. Mapped(name, "exact", path + ",map_str", Keys(static each => each.Exact)),
            .. listener.Sites.Zip(sites).SelectMany(each => Tried(each.Second.Tried, Condition(each.First, onlySite))),
            .. Mapped(name, "paths", below + ",map_beg", Keys(static each => each.Prefixes)),
        ];
    }

    private string[] Condition(Site site, bool onlySite) =>
        onlySite ? [] : [$"{{ var(txn.site) -m str {HAProxyQuoting.Word(nameOf(site))} }}"];

    private IEnumerable<RouteView> Mapped(string name, string kind, string lookup, List<string> keys)
    {
        if (keys.Count > 0)
        {
            string file = MapView.FileOf(name, kind);
            _maps.Add(new MapView($"{(kind == "exact" ? "Paths" : "Beginnings of paths")}, each with its backend.", file, keys));
            string found = $"{lookup}({file})";
            yield return new RouteView($"%[{found}]", [$"{{ {found} -m found }}"]);
        }
    }

    private IEnumerable<RouteView> Tried(IReadOnlyList<(string Backend, Route? Route)> routes, string[] ofSite)
    {
        for (int i = 0; i < routes.Count; )
        {
            (string backend, Route? route) = routes[i];
            int end = i + 1;
            while (end < routes.Count && end - i < SiteRules.MostPatterns && IsAlike(routes[i], routes[end]))
            {
                end++;
            }

            PathMatcher[] paths = [.. routes.Skip(i).Take(end - i).Select(static each => each.Route?.Path).OfType<PathMatcher>()];
            foreach (
                IReadOnlyList<string> conditions in route is null
                    ?
                    [
                        [],
                    ]
                    : _conditions.Of(route, paths)
            )
            {
                yield return new RouteView(backend, [.. ofSite, .. conditions]);
            }

            i = end;
        }
    }

    // They differ in their path alone.
    private static bool IsAlike((string Backend, Route? Route) one, (string Backend, Route? Route) next) =>
        one.Backend == next.Backend
        && one.Route is { Path.IsEverything: false, Match.Count: 0 } first
        && next.Route is { Path.IsEverything: false, Match.Count: 0 } second
        && first.Path.Kind == second.Path.Kind;
}
