using Confgen.Model.Routes;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// The response fields that a server adds, for all of its routes: one <c>add_header</c> in a location would hide all of the server's, so
/// what differs between routes is a variable.
/// </summary>
internal static class SiteHeaders
{
    public static IReadOnlyList<HeaderView> Of(
        NginxBuild build,
        RouteValues values,
        ResponseHeaders site,
        IReadOnlyDictionary<Route, ResponseHeaders> routes
    )
    {
        var added = new List<HeaderView>();
        foreach (
            string name in site
                .Names.Concat(routes.Values.SelectMany(headers => headers.Names))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .ToArray()
        )
        {
            int most = routes.Values.Append(site).Max(headers => headers.ValuesOf(name).Count);
            for (int i = 0; i < most; i++)
            {
                string value = values.Of(
                    NginxNames.Join(name, "by_route"),
                    null,
                    route => routes[route].ValuesOf(name).ElementAtOrDefault(i) ?? RouteValues.Nothing,
                    site.ValuesOf(name).ElementAtOrDefault(i) ?? RouteValues.Nothing
                );
                added.Add(new HeaderView(name, value));
            }
        }

        string cached = values.Of("cached", null, route => routes[route].CacheOfSuccess ?? RouteValues.Nothing, RouteValues.Nothing);
        if (cached != RouteValues.Nothing)
        {
            added.Add(new HeaderView("Cache-Control", "$" + CacheControl(build, cached)));
        }

        return added;
    }

    // An error must not be kept for as long as what it stands for: it has what the upstream says of it. Routes without a rule hide nothing
    // of the upstream's.
    private static string CacheControl(NginxBuild build, string cached) =>
        build.Map(
            "cache_control",
            new MapView
            {
                Purpose = "cache_control",
                Source = cached.StartsWith('$') ? $"\"${SharedVariables.Success}{cached}\"" : "$" + SharedVariables.Success,
                Variable = "",
                Lines =
                [
                    new MapLineView("default", "$upstream_http_cache_control"),
                    .. cached.StartsWith('$') ? (MapLineView[])[new("0", RouteValues.Nothing), new("~^1", cached)] : [new("1", cached)],
                ],
            }
        );
}
