using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// The backends: one for all routes that do the same with a request. A rate is counted for each route by itself, so that one with a limit
/// shares none.
/// </summary>
internal sealed class BackendTable(HAProxyNames names)
{
    private const int MostSaid = 3;

    private readonly List<(BackendView View, List<string> About)> _made = [];
    private readonly Dictionary<string, int> _same = new(StringComparer.Ordinal);

    /// <summary>The backends, in the order in which they were asked for.</summary>
    public IReadOnlyList<BackendView> All => [.. _made.Select(static each => each.View with { About = Said(each.About) })];

    /// <summary>The backend of a route.</summary>
    /// <param name="builder">What makes it.</param>
    /// <param name="site">The site.</param>
    /// <param name="siteName">What the site is called.</param>
    /// <param name="route">The route.</param>
    public string NameOf(BackendBuilder builder, Site site, string siteName, Route route)
    {
        BackendView view = builder.Of(site, route);
        string key = string.Join('\n', [view.IsProxied ? "proxied" : "", .. view.Options, "", .. view.Rules, "", .. view.Servers]);
        if (route.RateLimit is null && _same.TryGetValue(key, out int at))
        {
            _made[at].About.Add(view.About);
            return _made[at].View.Name;
        }

        string wish =
            ReferenceEquals(route, RouteTable.NoRoute) ? "no-route"
            : route.Proxy is { Upstream: { IsInline: false, Tunnel: null } upstream } ? HAProxyNames.Of(upstream.Name, "app")
            : $"{siteName}:{HAProxyNames.Of(route)}";
        _same.TryAdd(key, _made.Count);
        _made.Add((view with { Name = names.Unique(wish) }, [view.About]));
        return _made[^1].View.Name;
    }

    private static string Said(List<string> about) =>
        string.Join("; ", about.Take(MostSaid))
        + (about.Count > MostSaid ? string.Create(null, $", and {about.Count - MostSaid} more") : "");
}
