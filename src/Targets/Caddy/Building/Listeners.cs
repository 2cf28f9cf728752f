using System.Globalization;
using Confgen.Model;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The listeners of a spec: what they share, and what no site on them answers for.</summary>
internal sealed class Listeners
{
    /// <summary>Go reads this much more of a head than it is told.</summary>
    private const int GoSlack = 4096;

    private readonly SortedDictionary<(string Address, int Port, bool Tls), List<Site>> _sites = [];

    public Listeners(Spec spec)
    {
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen.Where(static listen => listen.SocketPath is null))
            {
                At(listen.Address, listen.Port, site.Tls is not null).Add(site);
            }

            if (site is { Tls: not null, RedirectHttp: { } redirect })
            {
                foreach (string? address in site.Listen.Select(static listen => listen.Address).Distinct())
                {
                    At(address, redirect.Port, tls: false).Add(site);
                }
            }
        }

        Blocks = spec.Sites.Count + spec.Sites.Count(static site => site is { Tls: not null, RedirectHttp: not null }) + WithStrangers.Count();
    }

    /// <summary>The sites that listen with TLS.</summary>
    private IEnumerable<Site> TlsSites => _sites.Where(static listener => listener.Key.Tls).SelectMany(static listener => listener.Value);

    public bool HasTls => _sites.Keys.Any(static listener => listener.Tls);

    public bool HasInternalCertificates => TlsSites.Any(static site => site.Tls is { Source: CertificateSource.Internal });

    /// <summary>The name whose certificate clients without SNI get: the first one, as nginx does; or null.</summary>
    public string? DefaultSni => TlsSites.SelectMany(static site => site.Hosts).FirstOrDefault(static host => host.Kind == HostPatternKind.Exact && host.Name.Any(char.IsAsciiLetter) && host.Name[0] != '[')?.Name;

    /// <summary>An address of a site, as short as it goes.</summary>
    public static string Address(HostPattern host, int port, bool tls)
    {
        string name = host.Kind == HostPatternKind.Any ? "" : host.ToString();
        string number = string.Create(CultureInfo.InvariantCulture, $":{port}");
        return (tls, port) switch
        {
            (false, 80) => "http://" + name,
            (false, _) => "http://" + name + number,
            (true, 443) when name.Length > 0 => name,
            (true, 443) => "https://",
            (true, 80) => "https://" + name + number,
            _ => name.Length > 0 ? name + number : "https://" + number,
        };
    }

    /// <summary>What an SNI that names another site than this matches, or doesn't match; null where there is none on its ports.</summary>
    public (bool Negated, string Regex)? OthersThan(Site site)
    {
        List<Site> others = [.. site.Listen.Where(static listen => listen.SocketPath is null).SelectMany(listen => At(listen.Address, listen.Port, tls: true)).Where(other => other != site).Take(1)];
        if (others.Count == 0)
        {
            return null;
        }

        // A handshake for any other name than a site's fails, so whatever is not this site's is another's.
        return site.Hosts.Any(static host => host.Kind == HostPatternKind.Any)
            ? (false, "(?i)^" + AnyOf(site.Listen.Where(static listen => listen.SocketPath is null).SelectMany(listen => At(listen.Address, listen.Port, tls: true)).Where(other => other != site).SelectMany(static other => other.Hosts)) + "$")
            : (true, "(?i)^" + AnyOf(site.Hosts) + "?$");
    }

    /// <summary>How many blocks answer requests: those of the sites, of their redirects, and of the hosts of no site.</summary>
    public int Blocks { get; }

    private IEnumerable<IGrouping<string, (string Address, int Port, bool Tls)>> WithStrangers => _sites
        .Where(static listener => !listener.Value.Exists(static site => site.Hosts.Any(static host => host.Kind == HostPatternKind.Any)))
        .Select(static listener => listener.Key).GroupBy(static listener => listener.Address);

    /// <summary>Listeners without a site for all hosts.</summary>
    public IEnumerable<StrangersView> Strangers(RefusalsView refusals)
    {
        foreach (IGrouping<string, (string Address, int Port, bool Tls)> group in WithStrangers)
        {
            yield return new StrangersView(string.Join(", ", group.Select(static listener => Address(HostPattern.Any, listener.Port, listener.Tls))), group.Key.Length > 0 ? group.Key : null, refusals);
        }
    }

    /// <summary>Options of all listeners together where they agree, else of each.</summary>
    public List<ServerView> Options(string? trustedProxies)
    {
        var options = new List<ServerView>();
        foreach (((string address, int port, bool tls), List<Site> sites) in _sites)
        {
            options.Add(new ServerView
            {
                Listener = string.Create(CultureInfo.InvariantCulture, $"{(address.Contains(':', StringComparison.Ordinal) ? "[" + address + "]" : address)}:{port}"),
                Protocols = Protocols(tls, sites),
                MaxHeader = Math.Max(sites.Max(static site => site.Limits.Head) - GoSlack, 1),
                TrustedProxies = trustedProxies,
            });
        }

        List<ServerView> different = [.. options.Select(static option => option with { Listener = "" }).Distinct()];

        // Protocols mean nothing to a plain listener, so its options fit to those of the others.
        if (different.Count == 2 && different.Exists(static option => option.Protocols is null) && different[0] with { Protocols = null } == different[1] with { Protocols = null })
        {
            different.RemoveAll(static option => option.Protocols is null);
        }

        return different.Count <= 1 ? different : options;
    }

    private static string? Protocols(bool tls, List<Site> sites)
    {
        if (!tls)
        {
            return sites.Exists(static site => site is { Tls: null, Http2: true }) ? "h1 h2c" : null;
        }

        return "h1" + (sites.Exists(static site => site.Http2) ? " h2" : "") + (sites.Exists(static site => site.Http3) ? " h3" : "");
    }

    private static string AnyOf(IEnumerable<HostPattern> hosts) => "(?:" + string.Join('|', hosts.Select(static host => host.Kind switch
    {
        HostPatternKind.Wildcard => "[^.]+\\." + PathPattern.Escape(host.Name),
        _ => PathPattern.Escape(host.Name),
    })) + ")";

    private List<Site> At(string? address, int port, bool tls)
    {
        if (!_sites.TryGetValue((address ?? "", port, tls), out List<Site>? sites))
        {
            _sites.Add((address ?? "", port, tls), sites = []);
        }

        return sites;
    }
}
