using Confgen.Model;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Apache.Syntax;
using Confgen.Targets.Apache.Views;

namespace Confgen.Targets.Apache.Building;

/// <summary>
/// Virtual hosts in the order that httpd chooses them by: the first of a listener takes every host that no other has, and of those with a
/// host's name the first one counts.
/// </summary>
internal static class HostOrder
{
    /// <summary>The hosts of a spec.</summary>
    public static IEnumerable<VirtualHostView> Of(ValueList<Site> sites, IReadOnlyList<ListenerModel> listeners, SiteBuilder builder)
    {
        IEnumerable<IGrouping<SiteTls?, ListenerModel>> bare = listeners
            .Where(static listener => !listener.Sites.Concat(listener.Redirects).Any(TakesAll))
            .GroupBy(static listener => listener.Sites.Select(static site => site.Tls).FirstOrDefault(static tls => tls is not null));
        foreach (IGrouping<SiteTls?, ListenerModel> group in bare)
        {
            yield return Nobody(group, group.Key);
        }

        Site[] redirecting = [.. listeners.SelectMany(static listener => listener.Redirects).Distinct()];
        foreach (Site site in redirecting.Where(TakesAll))
        {
            yield return Redirect(site, listeners);
        }

        foreach (Site site in sites.Where(TakesAll))
        {
            yield return builder.Of(site);
        }

        foreach (Site site in sites.Where(static site => !TakesAll(site)).OrderBy(Rank))
        {
            yield return builder.Of(site);
        }

        foreach (Site site in redirecting.Where(static site => !TakesAll(site)).OrderBy(Rank))
        {
            yield return Redirect(site, listeners);
        }
    }

    /// <summary>
    /// The hosts of sites that httpd would give to another site of the listener, which comes before because of a host that is closer.
    /// </summary>
    public static IEnumerable<Site> Overtaken(ListenerModel listener)
    {
        Site[] order = [.. listener.Sites.Where(TakesAll), .. listener.Sites.Where(static site => !TakesAll(site)).OrderBy(Rank)];
        return order.Where((site, i) => order.Take(i).Any(before => before.Hosts.Any(host => site.Hosts.Any(other => Takes(host, other)))));
    }

    private static bool TakesAll(Site site) => site.Hosts.Any(static host => host.Kind == HostPatternKind.Any);

    // By the host that takes most: so a site whose names are all exact goes before one with a star.
    private static int Rank(Site site) => site.Hosts.Max(Rank);

    private static int Rank(HostPattern host) =>
        host.Kind switch
        {
            HostPatternKind.Exact => 0,
            HostPatternKind.Wildcard => 1,
            // A star behind a longer name is closer than one behind a shorter one.
            _ => 1000 - host.Name.Length,
        };

    // Whether a pattern, as httpd reads it, takes a host that belongs to another one.
    private static bool Takes(HostPattern pattern, HostPattern other) =>
        pattern.Kind switch
        {
            HostPatternKind.Wildcard => other.Kind != HostPatternKind.Any
                && other.Name.EndsWith("." + pattern.Name, StringComparison.Ordinal),
            HostPatternKind.Trailing => other.Kind != HostPatternKind.Any
                && (other.Name + ".").StartsWith(pattern.Name + ".", StringComparison.Ordinal),
            _ => false,
        };

    private static VirtualHostView Nobody(IEnumerable<ListenerModel> listeners, SiteTls? tls) =>
        Small("every other host", "_", [.. listeners.Select(static listener => SiteBuilder.Address(listener.Address))], []) with
        {
            // A handshake needs a certificate, whoever it is for.
            Settings = tls is null
                ? []
                :
                [
                    "SSLEngine On",
                    $"SSLCertificateFile {ApacheQuoting.Word(tls.Cert ?? "")}",
                    $"SSLCertificateKeyFile {ApacheQuoting.Word(tls.Key ?? "")}",
                ],
            Rules = ["RewriteRule ^ - [R=404,L]"],
        };

    private static VirtualHostView Redirect(Site site, IReadOnlyList<ListenerModel> listeners)
    {
        string[] addresses =
        [
            .. listeners
                .Where(listener => listener.Redirects.Contains(site))
                .Select(static listener => SiteBuilder.Address(listener.Address)),
        ];
        string to =
            $"https://{Listeners.HttpsAuthority(site, "%{SERVER_NAME}")}%{{ENV:{ApacheTexts.RawPath}}}%{{ENV:{ApacheTexts.RawQuery}}}?";
        return Small(
            $"{string.Join(", ", site.Hosts)}: to https",
            SiteBuilder.Name(site.Hosts[0]),
            addresses,
            [.. site.Hosts.Where((host, i) => i > 0 || host.Kind != HostPatternKind.Exact).Select(SiteBuilder.Alias).OfType<string>()]
        ) with
        {
            Rules =
            [
                string.Create(null, $"RewriteRule ^ {ApacheQuoting.Raw(to)} [R={site.RedirectHttp?.Status ?? 308},NE,L,UnsafeAllow3F]"),
            ],
        };
    }

    private static VirtualHostView Small(string about, string name, IReadOnlyList<string> addresses, IReadOnlyList<string> aliases) =>
        new()
        {
            About = about,
            Addresses = addresses,
            Name = name,
            Aliases = aliases,
            Settings = [],
            Rules = [],
            Common = [],
            Routes = [],
        };
}
