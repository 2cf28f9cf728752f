using Confgen.Model;
using Confgen.Model.Upstreams;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>The sections of name servers: one for each time after which they are asked again.</summary>
internal static class Resolvers
{
    /// <summary>The sections that the upstreams of routes need.</summary>
    public static IReadOnlyList<ResolversView> Of(Spec spec) =>
        [
            .. spec
                .Sites.SelectMany(static site => site.Routes)
                .Select(static route => route.Proxy?.Upstream.Discover)
                .OfType<SrvDiscovery>()
                .Select(static discover => new ResolversView(NameOf(discover), HAProxyUnits.Time(discover.Refresh)))
                .DistinctBy(static view => view.Name),
        ];

    /// <summary>The section that an upstream's servers are asked of.</summary>
    public static string NameOf(SrvDiscovery discover) => "dns-" + HAProxyUnits.Time(discover.Refresh);
}
