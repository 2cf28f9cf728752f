using Confgen.Model.Routes;
using Confgen.Model.Rules;

namespace Confgen.Targets.Nginx.Building;

/// <summary>A site's routes, in the order in which they are tried, by their paths.</summary>
internal static class RouteGroups
{
    /// <summary>The routes of each path.</summary>
    public static IReadOnlyList<IReadOnlyList<Route>> Of(IReadOnlyList<Route> routes)
    {
        var groups = new List<List<Route>>();
        foreach (Route route in RouteTable.InOrder(routes))
        {
            if (groups.Count > 0 && groups[^1][0].Path.Kind == route.Path.Kind && groups[^1][0].Path.Text == route.Path.Text)
            {
                groups[^1].Add(route);
            }
            else
            {
                groups.Add([route]);
            }
        }

        return groups;
    }
}
