using System.Globalization;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The listeners of a spec: what they share, and what belongs to no site on them.</summary>
internal sealed class Listeners
{
    /// <summary>The first release that can be told which certificate a handshake for an unknown host gets.</summary>
    public static readonly CaddyVersion FallbackSniSince = new(7);

    /// <summary>
    /// Each site's block names those of all others on its listener: with many, the output would grow with the square of their number.
    /// </summary>
    private const int MostNames = 30;

    /// <summary>How many labels a star at the end stands for at most.</summary>
    public const int MostLastLabels = 4;

    /// <summary>Before the path of a unix socket.</summary>
    public const string SocketPrefix = "unix/";

    private readonly SortedDictionary<(string Address, int Port, bool Tls), List<Site>> _sites = [];

    public Listeners(Spec spec)
    {
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen)
            {
                At(InterfaceOf(listen), PortOf(site, listen), site.Tls is not null).Add(site);
            }

            if (site is { Tls: not null, RedirectHttp: { } redirect })
            {
                foreach (
                    string? address in site
                        .Listen.Where(static listen => listen.SocketPath is null)
                        .Select(static listen => listen.Address)
                        .Distinct()
                )
                {
                    At(address, redirect.Port, tls: false).Add(site);
                }
            }
        }
    }

    /// <summary>The sites that listen with TLS.</summary>
    private IEnumerable<Site> TlsSites => _sites.Where(static listener => listener.Key.Tls).SelectMany(static listener => listener.Value);

    public bool HasTls => _sites.Keys.Any(static listener => listener.Tls);

    public bool HasInternalCertificates => TlsSites.Any(static site => site.Tls is { Source: CertificateSource.Internal });

    /// <summary>The name whose certificate clients without SNI get: the first one, as nginx does; or null.</summary>
    public string? DefaultSni =>
        TlsSites
            .SelectMany(static site => site.Hosts)
            .FirstOrDefault(static host => host.Kind == HostPatternKind.Exact && host.Name.Any(char.IsAsciiLetter) && host.Name[0] != '[')
            ?.Name;

    /// <summary>What the site binds to: an IP address, a unix socket as Caddy writes it, or null for every address.</summary>
    public static string? InterfaceOf(ListenAddress listen) => listen.SocketPath is { } path ? SocketPrefix + path : listen.Address;

    /// <summary>The port in the site's address; a unix socket has none, so that its address has the usual one.</summary>
    public static int PortOf(Site site, ListenAddress listen) =>
        listen.SocketPath is null ? listen.Port
        : site.Tls is null ? 80
        : 443;

    /// <summary>
    /// The addresses of a site, as short as they go. In Caddy a star stands for one label, so that one at the end is written out for
    /// several.
    /// </summary>
    public static IEnumerable<string> Addresses(HostPattern host, int port, bool tls) =>
        host.Kind == HostPatternKind.Trailing
            ? Enumerable
                .Range(0, MostLastLabels)
                .Select(more => Address(host with { Name = host.Name + string.Concat(Enumerable.Repeat(".*", more)) }, port, tls))
            : [Address(host, port, tls)];

    /// <summary>An address of a site, as short as it goes.</summary>
    private static string Address(HostPattern host, int port, bool tls)
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

    /// <summary>
    /// Which connections were made for another site than this, by the host that the handshake named; null where there is no other on its
    /// ports.
    /// </summary>
    public MisdirectedView? OthersThan(CaddyQuoter texts, Site site)
    {
        bool takesAll = site.Hosts.Any(static host => host.Kind == HostPatternKind.Any);
        List<HostPattern> others =
        [
            .. Neighbours(site)
                .SelectMany(static other => other.Hosts)
                .Where(static host => host.Kind != HostPatternKind.Any)
                .Distinct()
                .Take(takesAll ? int.MaxValue : MostNames + 1),
        ];
        if (others.Count == 0)
        {
            return null;
        }

        if (others.Count > MostNames && !takesAll)
        {
            return new MisdirectedView(null, NamesOf(texts, site, site.Hosts, "?"));
        }

        // Of a name that another site's wildcard takes, too, the exact one is the owner.
        List<HostPattern> own =
        [
            .. site.Hosts.Where(host => host.Kind != HostPatternKind.Any && others.Exists(other => Overlaps(other, host))),
        ];
        return new MisdirectedView(NamesOf(texts, site, others, ""), own.Count == 0 ? null : NamesOf(texts, site, own, ""));
    }

    /// <summary>
    /// Whether Caddy asks the block of a host with a star at its end before that of one with a star in front, which is the closer one: of
    /// blocks with stars it puts the one first whose longest host has more characters beside them.
    /// </summary>
    public static bool ComesFirst(HostPattern trailing, HostPattern other) =>
        trailing.Kind == HostPatternKind.Trailing
        && other.Kind == HostPatternKind.Wildcard
        && trailing.Name.Length + MostLastLabels >= other.Name.Length + 1
        && HostPattern.Both(other, trailing) is not null;

    // Whether a pattern takes names that the other site's host takes as the closer one.
    private static bool Overlaps(HostPattern wide, HostPattern host) =>
        host.Kind switch
        {
            HostPatternKind.Exact => wide.Kind is HostPatternKind.Wildcard or HostPatternKind.Trailing && wide.Matches(host.Name),
            HostPatternKind.Wildcard => wide.Kind == HostPatternKind.Trailing && HostPattern.Both(host, wide) is not null,
            _ => wide.Kind == HostPatternKind.Trailing && wide.Matches(host.Name),
        };

    private static string NamesOf(CaddyQuoter texts, Site site, IEnumerable<HostPattern> hosts, string orNone) =>
        texts.Regex("(?i)^" + AnyOf(hosts) + orNone + "$", site.At.Of(SiteFields.Host));

    /// <summary>
    /// The first site of a listener with so many names that a connection which named an unknown one is taken for another site's; or null.
    /// </summary>
    public Site? Crowded =>
        _sites
            .Where(static listener => listener.Key.Tls && listener.Value.Sum(static site => site.Hosts.Count) > MostNames + 1)
            .Select(static listener => listener.Value[0])
            .FirstOrDefault();

    private IEnumerable<Site> Neighbours(Site site) =>
        site
            .Listen.SelectMany(listen => At(InterfaceOf(listen), PortOf(site, listen), tls: true))
            .Where(other => !ReferenceEquals(other, site))
            .Distinct();

    /// <summary>
    /// Sites whose certificates Caddy gets itself: beside them, a release without a fallback ends handshakes that name an unknown host.
    /// </summary>
    public IEnumerable<Site> WithoutFallback =>
        _sites
            .Values.SelectMany(static sites => sites)
            .Where(static site => site.Tls is { Source: not CertificateSource.Files })
            .Distinct();

    private IEnumerable<KeyValuePair<(string Address, int Port, bool Tls), List<Site>>> WithCatchAllSites =>
        _sites.Where(static listener =>
            !listener.Value.Exists(static site => site.Hosts.Any(static host => host.Kind == HostPatternKind.Any))
        );

    /// <summary>Listeners without a site for all hosts.</summary>
    public IEnumerable<CatchAllSitesView> CatchAllSites(CaddyQuoter texts, AccessLogs logs)
    {
        foreach (((string address, int port, bool isTls), List<Site> sites) in WithCatchAllSites)
        {
            SiteTls? tls = isTls ? FallbackCertificate(sites) : null;
            yield return new CatchAllSitesView(
                Address(HostPattern.Any, port, isTls),
                address.Length > 0 ? address : null,
                tls?.Cert is { } cert ? texts.Value(cert, tls.At.Of(TlsFields.Cert)) : null,
                tls?.Key is { } key ? texts.Value(key, tls.At.Of(TlsFields.Key)) : null,
                logs.Common is { } log && sites.Exists(site => AccessLogs.Logs(site) && site.Tls is not null == isTls)
                    ? logs.View(log)
                    : null
            );
        }
    }

    /// <summary>
    /// The certificate for handshakes that name an unknown host: that of the default name. A block without hosts that has one gets all such
    /// handshakes; but then also those for certificates that Caddy gets itself. The release's own fallback finds a certificate only by a
    /// name that it spells out, and not by the wildcard that it may have instead.
    /// </summary>
    private SiteTls? FallbackCertificate(List<Site> sites) =>
        sites.TrueForAll(static site => site.Tls is { Source: CertificateSource.Files })
            ? (sites.Find(site => site.Hosts.Any(host => host.Name == DefaultSni)) ?? sites[0]).Tls
            : null;

    /// <summary>Options of all listeners together where they agree, else of each.</summary>
    public List<ServerView> Options(string? trustedProxies)
    {
        var options = new List<ServerView>();
        foreach (((string address, int port, bool tls), List<Site> sites) in _sites)
        {
            options.Add(
                new ServerView
                {
                    Listener = address.StartsWith(SocketPrefix, StringComparison.Ordinal)
                        ? address
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"{(address.Contains(':', StringComparison.Ordinal) ? "[" + address + "]" : address)}:{port}"
                        ),
                    Protocols = Protocols(tls, sites),
                    MaxHeader = sites.Max(static site => site.Limits.Head),
                    TrustedProxies = trustedProxies,
                }
            );
        }

        List<ServerView> different = [.. options.Select(static option => option with { Listener = "" }).Distinct()];

        // Protocols mean nothing to a plain listener, so its options fit to those of the others.
        if (
            different.Count == 2
            && different.Exists(static option => option.Protocols is null)
            && different[0] with { Protocols = null } == different[1] with { Protocols = null }
        )
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

    private static string AnyOf(IEnumerable<HostPattern> hosts) =>
        "(?:"
        + string.Join(
            '|',
            hosts.Select(static host =>
                host.Kind switch
                {
                    HostPatternKind.Wildcard => "[^.]+\\." + PathPattern.Escape(host.Name),
                    HostPatternKind.Trailing => PathPattern.Escape(host.Name) + "\\..+",
                    _ => PathPattern.Escape(host.Name),
                }
            )
        )
        + ")";

    private List<Site> At(string? address, int port, bool tls)
    {
        if (!_sites.TryGetValue((address ?? "", port, tls), out List<Site>? sites))
        {
            _sites.Add((address ?? "", port, tls), sites = []);
        }

        return sites;
    }
}
