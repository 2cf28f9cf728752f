using Confgen.Model.Routes;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The order in which the contract tries a site's routes.</summary>
internal static class RouteOrder
{
    public static List<Route> Of(IReadOnlyList<Route> routes)
    {
        var first = new Dictionary<(PathMatcherKind, string), int>();
        for (int i = 0; i < routes.Count; i++)
        {
            first.TryAdd((routes[i].Path.Kind, routes[i].Path.Text), i);
        }

        return [.. routes
            .OrderBy(static route => route.Path.Kind switch { PathMatcherKind.Exact => 0, PathMatcherKind.Regex => 1, _ => 2 })
            .ThenByDescending(static route => route.Path.Kind == PathMatcherKind.Prefix ? route.Path.Text.Length : 0)
            .ThenBy(route => first[(route.Path.Kind, route.Path.Text)])
            .ThenByDescending(static route => route.Match.Count)];
    }
}
