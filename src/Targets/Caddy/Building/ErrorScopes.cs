using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Keeps each site's errors its own. Caddy gives an error of a site without <c>handle_errors</c> to the next site of the listener whose
/// hosts take the request as well: the one with the wildcard, or the one for all other hosts.
/// </summary>
internal static class ErrorScopes
{
    /// <summary>The sites' blocks, those marked whose errors another would get.</summary>
    public static IEnumerable<SiteView> Close(IReadOnlyList<(Site Site, SiteView View)> built)
    {
        // Of an exact host no other site has errors, so a spec has few of these.
        List<(Site Site, SiteView View)> wide =
        [
            .. built.Where(static one =>
                one.View.Errors is not null && one.Site.Hosts.Any(static host => host.Kind != HostPatternKind.Exact)
            ),
        ];
        foreach ((Site site, SiteView view) in built)
        {
            yield return view.Errors is null && wide.Exists(other => Takes(other.Site, site) && Shares(site, view, other))
                ? view with
                {
                    EndsErrors = true,
                }
                : view;
        }
    }

    private static bool Shares(Site site, SiteView view, (Site Site, SiteView View) other) =>
        view.Bind == other.View.Bind && Ports(site, view).Intersect(Ports(other.Site, other.View)).Any();

    private static IEnumerable<int> Ports(Site site, SiteView view) =>
        site.Listen.Where(listen => Listeners.InterfaceOf(listen) == view.Bind).Select(listen => Listeners.PortOf(site, listen));

    private static bool Takes(Site other, Site site) =>
        other.Hosts.Any(wide =>
            wide.Kind == HostPatternKind.Any
            || (
                wide.Kind is HostPatternKind.Wildcard or HostPatternKind.Trailing
                && site.Hosts.Any(host => host.Kind == HostPatternKind.Exact && wide.Matches(host.Name))
            )
        );
}
