using System.Globalization;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// The listeners of all sites: what each <c>listen</c> says, who answers for hosts that no site has, and which redirects there are.
/// </summary>
internal sealed class Listeners
{
    private readonly NginxBuild _build;
    private readonly Dictionary<string, Listener> _listeners = [];
    private readonly HashSet<string> _quic = [];
    private readonly List<Redirect> _redirects;
    private string? _sniVariable;
    private bool _sniLooked;

    public Listeners(NginxBuild build)
    {
        _build = build;
        foreach (Site site in build.Spec.Sites)
        {
            foreach (string address in site.Listen.SelectMany(Addresses))
            {
                Listener listener = At(address);
                listener.Sites.Add(site);
                listener.IsTls |= site.Tls is not null;
                listener.Http2 |= site.Http2 && site.Tls is not null;
                listener.Http3 |= site.Http3;
                listener.HasDefault |= site.Hosts.Any(host => host.Kind == HostPatternKind.Any);
            }
        }

        _redirects = MakeRedirects();
        foreach (Redirect redirect in _redirects)
        {
            foreach (string address in redirect.Addresses)
            {
                At(address).HasDefault |= redirect.Sites.Any(site => site.Hosts.Any(host => host.Kind == HostPatternKind.Any));
            }
        }
    }

    /// <summary>The addresses that a site listens on.</summary>
    public IReadOnlyList<ListenView> Of(Site site) =>
        [
            .. site
                .Listen.SelectMany(Addresses)
                .SelectMany(address => Lines(address, site.Hosts.Any(host => host.Kind == HostPatternKind.Any))),
        ];

    /// <summary>
    /// The variable with the name of the site that the TLS handshake named, empty where it named none; null where the site shares no
    /// listener with another one that has TLS.
    /// </summary>
    public string? SiteBySni(Site site)
    {
        if (
            site.Tls is null
            || !site.Listen.SelectMany(Addresses).Any(address => _listeners[address].Sites.Count(other => other.Tls is not null) > 1)
        )
        {
            return null;
        }

        if (!_sniLooked)
        {
            _sniLooked = true;
            _sniVariable = MakeSniMap();
        }

        return _sniVariable;
    }

    /// <summary>The servers that send plain requests to https.</summary>
    public IEnumerable<ServerView> RedirectServers(SiteBuilder sites, CommonView common)
    {
        foreach (Redirect redirect in _redirects)
        {
            bool any = redirect.Sites.Any(site => site.Hosts.Any(host => host.Kind == HostPatternKind.Any));
            yield return new ServerView
            {
                Purpose = "to_https",
                Common = _build.IsInclude ? common : null,
                Listens = [.. redirect.Addresses.SelectMany(address => Lines(address, any))],
                Names = string.Join(' ', redirect.Sites.Select(sites.Names).Distinct(StringComparer.Ordinal)),
                Return = new ReturnView(
                    redirect.Status,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"https://$host{(redirect.HttpsPort == 443 ? "" : $":{redirect.HttpsPort}")}$request_uri"
                    )
                ),
            };
        }
    }

    /// <summary>
    /// The servers that answer for hosts that no site has: without them nginx would give such requests to the first site.
    /// </summary>
    public IEnumerable<ServerView> DefaultServers(SiteBuilder sites, CommonView common)
    {
        var open = _listeners.Where(entry => !entry.Value.HasDefault).ToList();
        string[] plain = [.. open.Where(entry => !entry.Value.IsTls).Select(entry => entry.Key)];
        var secure = open.Where(entry => entry.Value.IsTls)
            .GroupBy(entry =>
                sites.Tls(entry.Value.Sites.First(site => site.Tls is not null).Tls ?? throw new InvalidOperationException()) is var tls
                    ? (tls.Certificate, tls.Key, tls.Protocols, tls.KeepsSessions)
                    : default
            )
            .ToList();
        if (plain.Length > 0 && secure.Count != 1)
        {
            yield return Default(plain, null, false, common);
        }

        foreach (var group in secure)
        {
            yield return Default(
                [.. secure.Count == 1 ? plain : [], .. group.Select(entry => entry.Key)],
                new ServerTlsView
                {
                    Certificate = group.Key.Certificate,
                    Key = group.Key.Key,
                    Protocols = group.Key.Protocols,
                    KeepsSessions = group.Key.KeepsSessions,
                },
                group.Any(entry => entry.Value.Http2),
                common
            );
        }
    }

    /// <summary>Every name, for the sizes of nginx's tables.</summary>
    public IEnumerable<string> AllNames => _build.Spec.Sites.SelectMany(site => site.Hosts).Select(host => host.Name);

    private List<Redirect> MakeRedirects() =>
        [
            .. _build
                .Spec.Sites.Where(site => site is { Tls: not null, RedirectHttp: not null })
                .GroupBy(site =>
                    (
                        Addresses: string.Join(
                            ' ',
                            site.Listen.Where(listen => listen.SocketPath is null)
                                .SelectMany(listen => Addresses(listen with { Port = site.RedirectHttp?.Port ?? 80 }))
                                .Distinct(StringComparer.Ordinal)
                        ),
                        Status: site.RedirectHttp?.Status ?? 308,
                        Port: site.Listen.Any(listen => listen.Port == 443)
                            ? 443
                            : site.Listen.FirstOrDefault(listen => listen.SocketPath is null)?.Port ?? 443
                    )
                )
                .Where(group => group.Key.Addresses.Length > 0)
                .Select(group => new Redirect(group.Key.Addresses.Split(' '), group.Key.Status, group.Key.Port, [.. group])),
        ];

    private ServerView Default(string[] addresses, ServerTlsView? tls, bool http2, CommonView common) =>
        new()
        {
            Purpose = "no_site",
            Listens = [.. addresses.SelectMany(address => Lines(address, isDefault: true))],
            Names = _build.IsInclude ? _build.Prefix : null,
            Http2 = http2 && _build.Features.Http2Directive,
            Tls = tls,
            Common = _build.IsInclude ? common : null,
            Return = new ReturnView(404),
        };

    private Listener At(string address)
    {
        if (!_listeners.TryGetValue(address, out Listener? listener))
        {
            _listeners.Add(address, listener = new Listener());
        }

        return listener;
    }

    private IEnumerable<ListenView> Lines(string address, bool isDefault)
    {
        Listener listener = At(address);

        // Among files of a configuration that exists, another server may be the default already; the first one is where none is.
        isDefault &= !(_build.IsInclude && !listener.HasDefault);
        yield return new ListenView(address)
        {
            Ssl = listener.IsTls,
            Http2 = listener is { IsTls: true, Http2: true } && !_build.Features.Http2Directive,
            Default = isDefault,
        };
        if (listener.Http3)
        {
            yield return new ListenView(address)
            {
                Quic = true,
                Reuseport = _quic.Add(address),
                Default = isDefault,
            };
        }
    }

    /// <summary>The addresses of a listener; one for IPv4 and one for IPv6 where none is named.</summary>
    public static IEnumerable<string> Addresses(ListenAddress listen) =>
        listen switch
        {
            { SocketPath: { } socket } => ["unix:" + socket],
            { Address: null } =>
            [
                string.Create(CultureInfo.InvariantCulture, $"{listen.Port}"),
                string.Create(CultureInfo.InvariantCulture, $"[::]:{listen.Port}"),
            ],
            _ => [listen.ToString()],
        };

    private string MakeSniMap()
    {
        Site[] sites = [.. _build.Spec.Sites.Where(site => site.Tls is not null)];
        string Ports(Site site) => string.Join(',', site.Listen.Select(listen => listen.Port).Order());
        bool byPort = sites.Select(Ports).Distinct(StringComparer.Ordinal).Count() > 1;
        var lines = new List<MapLineView> { new("default", "\"\"") };
        var regexes = new List<MapLineView>();
        var trailing = new List<(int Length, MapLineView Line)>();
        foreach (Site site in sites)
        {
            string name = _build.SiteNames.Of(site);
            foreach (int? port in byPort ? site.Listen.Select(listen => (int?)listen.Port).Distinct() : [null])
            {
                string before = port is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}:") : "";
                foreach (HostPattern host in site.Hosts)
                {
                    if (host.Kind == HostPatternKind.Exact)
                    {
                        lines.Add(new MapLineView(NginxQuoting.MapKey(before + host.Name).Text, name));
                    }
                    else if (host.Kind == HostPatternKind.Wildcard)
                    {
                        regexes.Add(new MapLineView("~*" + "^" + before + SiteBuilder.WildcardRegex(host)[1..], name));
                    }
                    else if (host.Kind == HostPatternKind.Trailing)
                    {
                        trailing.Add((host.Name.Length, new("~*" + "^" + before + SiteBuilder.TrailingRegex(host)[1..], name)));
                    }
                }
            }
        }

        return _build.Map(
            "tls_site",
            new MapView
            {
                Purpose = "tls_site",
                Source = byPort ? "$server_port:$ssl_server_name" : "$ssl_server_name",
                Variable = "",
                Lines = [.. lines, .. regexes, .. trailing.OrderByDescending(each => each.Length).Select(each => each.Line)],
            }
        );
    }

    private sealed class Listener
    {
        public List<Site> Sites { get; } = [];

        public bool IsTls { get; set; }

        public bool Http2 { get; set; }

        public bool Http3 { get; set; }

        /// <summary>Whether a site answers for every host.</summary>
        public bool HasDefault { get; set; }
    }

    private sealed record Redirect(string[] Addresses, int Status, int HttpsPort, Site[] Sites);
}
