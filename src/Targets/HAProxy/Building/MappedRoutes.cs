using Confgen.Model.Routes;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// The routes of a site in the order in which they are decided: those that an exact path alone chooses, those that are tried in turn, and
/// those that the longest beginning of a path alone chooses.
/// </summary>
/// <param name="Exact">Paths with their backends.</param>
/// <param name="Tried">Backends with their routes; null for what no route takes.</param>
/// <param name="Prefixes">Beginnings of paths, each with a slash at its end, with their backends.</param>
internal sealed record MappedRoutes(
    IReadOnlyList<(string Path, string Backend)> Exact,
    IReadOnlyList<(string Backend, Route? Route)> Tried,
    IReadOnlyList<(string Path, string Backend)> Prefixes
)
{
    /// <summary>Parts the routes of a site, which are given in the order in which they are tried.</summary>
    public static MappedRoutes Of(IReadOnlyList<(string Backend, Route? Route)> routes)
    {
        List<Route> conditional =
        [
            .. routes.Select(static each => each.Route).OfType<Route>().Where(static route => route.Match.Count > 0),
        ];
        HashSet<string> asked =
        [
            .. conditional.Where(static route => route.Path.Kind == PathMatcherKind.Exact).Select(static r => r.Path.Text),
        ];
        string[] above =
        [
            .. conditional
                .Where(static route => route.Path.Kind == PathMatcherKind.Prefix)
                .Select(static route => Key(route.Path))
                .Distinct(),
        ];
        var exact = new Dictionary<string, string>(StringComparer.Ordinal);
        var prefixes = new Dictionary<string, string>(StringComparer.Ordinal);
        var tried = new List<(string Backend, Route? Route)>();
        foreach ((string backend, Route? route) in routes)
        {
            if (route is null)
            {
                prefixes.TryAdd("/", backend);
            }
            else if (route.Match.Count > 0 || !IsMappable(route.Path))
            {
                tried.Add((backend, route));
            }
            else if (route.Path.Kind == PathMatcherKind.Exact && !asked.Contains(route.Path.Text))
            {
                exact.TryAdd(route.Path.Text, backend);
            }
            // What is tried goes first, so that a route below one with conditions is tried as well, before it.
            else if (route.Path.Kind == PathMatcherKind.Prefix && !above.Any(path => IsBelow(Key(route.Path), path)))
            {
                prefixes.TryAdd(Key(route.Path), backend);
            }
            else
            {
                tried.Add((backend, route));
            }
        }

        return new MappedRoutes(
            [.. exact.Select(static each => (each.Key, each.Value))],
            tried,
            [.. prefixes.Select(static each => (each.Key, each.Value))]
        );
    }

    // A line of a map is cut at blanks.
    private static bool IsMappable(PathMatcher path) =>
        path.Kind != PathMatcherKind.Regex
        && (path.IsEverything || (path.Text.StartsWith('/') && path.Text.All(static c => c is > ' ' and < '\x7F')));

    private static bool IsBelow(string path, string other) => path != other && path.StartsWith(other, StringComparison.Ordinal);

    private static string Key(PathMatcher path) => path.Text.TrimEnd('/') + "/";
}
