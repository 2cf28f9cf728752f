using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.HAProxy.Syntax;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// Which of a listener's sites a host belongs to, as rules of which the last that holds decides: so those for fewer hosts stand further
/// down. Many names stand in a map, with a dot in front where a label goes before them.
/// </summary>
/// <param name="nameOf">What a site is called.</param>
internal sealed class SiteRules(Func<Site, string> nameOf)
{
    /// <summary>How many patterns a line has: of its 64 words some say what they are for.</summary>
    public const int MostPatterns = 40;

    /// <summary>How names of redirects begin, and no others.</summary>
    public const string RedirectPrefix = "https:";

    private const int FewestInMap = 20;

    private readonly List<MapView> _maps = [];

    /// <summary>The maps that are used.</summary>
    public IReadOnlyList<MapView> Maps => _maps;

    /// <summary>What the redirect of a site is called.</summary>
    public string RedirectOf(Site site) => RedirectPrefix + nameOf(site);

    /// <summary>The rules of a listener: its sites, and those whose plain requests are redirected to https.</summary>
    public IReadOnlyList<SiteRuleView> Of(ListenerModel listener, string name) =>
        [
            .. Everything(listener.Sites, nameOf),
            .. Everything(listener.Redirects, RedirectOf),
            .. Named(listener.Redirects, RedirectOf, MapView.FileOf(name, "redirects"), "var(txn.host)"),
            .. Named(listener.Sites, nameOf, MapView.FileOf(name, "hosts"), "var(txn.host)"),
        ];

    /// <summary>The rules for the names that handshakes may have: who takes all others has none.</summary>
    public IReadOnlyList<SiteRuleView> OfHandshakes(ListenerModel listener, string name) =>
        [.. Named(listener.Sites, nameOf, MapView.FileOf(name, "hosts"), "ssl_fc_sni,lower")];

    // Of two sites with the same host the first one counts.
    private static IEnumerable<SiteRuleView> Everything(IEnumerable<Site> sites, Func<Site, string> called) =>
        sites
            .Where(static site => site.Hosts.Any(static host => host.Kind == HostPatternKind.Any))
            .Take(1)
            .Select(site => new SiteRuleView($"str({HAProxyQuoting.Word(called(site))})", ""));

    private IEnumerable<SiteRuleView> Named(IEnumerable<Site> sites, Func<Site, string> called, string file, string asked)
    {
        (HostPattern Host, string Name)[] hosts =
        [
            .. sites
                .Reverse()
                .SelectMany(site => site.Hosts.Select(host => (Host: host, Name: called(site))))
                .Where(static each => each.Host.Kind != HostPatternKind.Any),
        ];
        (HostPattern Host, string Name)[] mapped = [.. hosts.Where(static each => each.Host.Kind != HostPatternKind.Trailing)];
        return mapped.Length < FewestInMap ? Tried(hosts, asked) : [.. Tried(hosts.Except(mapped), asked), .. Mapped(mapped, file, asked)];
    }

    private IEnumerable<SiteRuleView> Mapped((HostPattern Host, string Name)[] hosts, string file, string asked)
    {
        if (!_maps.Exists(map => map.File == file))
        {
            IEnumerable<string> keys = hosts
                .Reverse()
                .Select(static each => (Key: (each.Host.Kind == HostPatternKind.Wildcard ? "." : "") + each.Host.Name, each.Name))
                .DistinctBy(static each => each.Key)
                .Select(static each => $"{each.Key} {each.Name}");
            _maps.Add(new MapView("Hosts, each with its site.", file, [.. keys]));
        }

        if (hosts.Any(static each => each.Host.Kind == HostPatternKind.Wildcard))
        {
            yield return new SiteRuleView($"{asked},regsub('^[^.]+',''),map_str({file})", $"{{ {asked} -m reg ^[^.] }}");
        }

        yield return new SiteRuleView($"{asked},map_str({file})", $"{{ {asked},map_str({file}) -m found }}");
    }

    private static IEnumerable<SiteRuleView> Tried(IEnumerable<(HostPattern Host, string Name)> hosts, string asked) =>
        hosts
            .OrderBy(static each => Rank(each.Host))
            .GroupBy(static each => (each.Name, each.Host.Kind, Length: Rank(each.Host)))
            .SelectMany(group =>
                group
                    .Select(static each => Pattern(each.Host))
                    .Chunk(MostPatterns)
                    .Select(patterns => new SiteRuleView(
                        $"str({HAProxyQuoting.Word(group.Key.Name)})",
                        $"{{ {asked} -m {(group.Key.Kind == HostPatternKind.Exact ? "str" : "reg")} {string.Join(' ', patterns)} }}"
                    ))
            );

    // A star behind a longer name is closer than one behind a shorter one; one in front is closer than each of them.
    private static int Rank(HostPattern host) =>
        host.Kind switch
        {
            HostPatternKind.Trailing => host.Name.Length,
            HostPatternKind.Wildcard => 1000,
            _ => 1001,
        };

    private static string Pattern(HostPattern host) =>
        HAProxyQuoting.Word(
            host.Kind switch
            {
                HostPatternKind.Wildcard => @"^[^.]+\." + Escape(host.Name) + "$",
                HostPatternKind.Trailing => "^" + Escape(host.Name) + @"\..",
                _ => host.Name,
            }
        );

    // A name has letters, digits, '-' and '.'.
    private static string Escape(string name) => name.Replace(".", @"\.", StringComparison.Ordinal);
}
