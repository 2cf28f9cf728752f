using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.HAProxy.Syntax;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Makes a frontend of a listener.</summary>
/// <param name="spec">The spec.</param>
/// <param name="texts">What quotes.</param>
/// <param name="certificates">The certificates.</param>
/// <param name="nameOf">What a site is called.</param>
/// <param name="backendsOf">The backends of a site with their routes, in the order in which they are tried; null for no route.</param>
internal sealed class FrontendBuilder(
    Spec spec,
    HAProxyTexts texts,
    HAProxyCertificates certificates,
    Func<Site, string> nameOf,
    Func<Site, IReadOnlyList<(string Backend, Route? Route)>> backendsOf
)
{
    /// <summary>How many addresses of X-Forwarded-For are looked at.</summary>
    public const int MostHops = 5;

    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(60);
    private readonly RouteConditions _conditions = new(texts);
    private readonly BackendUses _uses = new(texts, nameOf, backendsOf);
    private readonly SiteRules _sites = new(nameOf);
    private readonly List<CertificateListView> _lists = [];

    /// <summary>The maps of the frontends that were made.</summary>
    public IReadOnlyList<MapView> Maps => [.. _sites.Maps, .. _uses.Maps];

    /// <summary>The lists of certificates of the frontends that were made.</summary>
    public IReadOnlyList<CertificateListView> Lists => _lists;

    /// <summary>The frontend of a listener.</summary>
    public FrontendView Of(ListenerModel listener, string name)
    {
        bool onlySite = listener.Sites.Count == 1 && listener.Redirects.Count == 0;
        bool everyHost = listener.Sites.Concat(listener.Redirects).Any(static s => s.Hosts.Any(static h => h.Kind == HostPatternKind.Any));
        IEnumerable<ProxyAction> proxies = listener
            .Sites.SelectMany(static site => site.Routes)
            .Select(static r => r.Proxy)
            .OfType<ProxyAction>();
        return new FrontendView
        {
            Name = name,
            Binds = [.. Binds(listener, name)],
            Scheme = listener.HasTls ? "https" : "http",
            Head = listener.Sites.Concat(listener.Redirects).Max(static site => site.Limits.Head),
            ClientTimeout = HAProxyUnits.Time(proxies.Select(static proxy => proxy.ReadTimeout).Append(_shortest).Max()),
            Log = AccessLogLines.View(listener),
            Sites = _sites.Of(listener, name),
            NamedSites = listener.HasTls && listener.Sites.Count > 1 ? _sites.OfHandshakes(listener, name) : [],
            Certified =
                listener.Sites.Count == 1
                    ? []
                    :
                    [
                        .. listener
                            .Sites.Where(static site => site.Tls?.ClientCa is not null)
                            .Select(site => HAProxyQuoting.Word(nameOf(site))),
                    ],
            Ambiguous = [.. listener.Sites.SelectMany(site => OtherReadings.Of(site, nameOf(site), _conditions))],
            TakesEveryHost = everyHost,
            TrustedProxies = [.. spec.TrustedProxies.Select(static block => block.ToString())],
            Hops = [.. spec.TrustedProxies.Count == 0 ? [] : Enumerable.Range(1, MostHops)],
            Variables = [],
            Redirects = [.. Redirects(listener)],
            Routes = _uses.Of(listener, name, onlySite),
        };
    }

    // One line where all sites redirect alike; no site's own name begins as those of redirects.
    private IEnumerable<RedirectView> Redirects(ListenerModel listener)
    {
        (string Name, int Status, string Port)[] each =
        [
            .. listener.Redirects.Select(site =>
                (_sites.RedirectOf(site), site.RedirectHttp?.Status ?? 308, Listeners.HttpsAuthority(site, ""))
            ),
        ];
        bool alike = each.Length > 1 && each.All(one => (one.Status, one.Port) == (each[0].Status, each[0].Port));
        return (alike ? each.Take(1) : each).Select(one => new RedirectView(
            alike ? $"-m beg {SiteRules.RedirectPrefix}" : "-m str " + HAProxyQuoting.Word(one.Name),
            one.Status,
            one.Port
        ));
    }

    /// <summary>
    /// What <c>bind</c> says of an address. IPv4 clients of an IPv6 socket would have mapped addresses, so each family has a socket of its
    /// own.
    /// </summary>
    public static IEnumerable<string> Addresses(ListenAddress at, HAProxyTexts texts) =>
        at switch
        {
            { SocketPath: { } path } => [texts.Word("unix@" + path, at.At.Span)],
            { Address: { } address } =>
            [
                string.Create(null, $"{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{at.Port}"),
            ],
            _ => [string.Create(null, $":{at.Port}"), string.Create(null, $":::{at.Port} v6only")],
        };

    private IEnumerable<string> Binds(ListenerModel listener, string name)
    {
        string tls = listener.HasTls ? Tls(listener, name) : "";
        return Addresses(listener.Address, texts).Select(at => at + tls);
    }

    private string Tls(ListenerModel listener, string name)
    {
        List<(Site Site, SiteTls Tls)> sites =
        [
            .. listener
                .Sites.Where(static s => s.Tls is not null)
                .Select(static s => (s, s.Tls ?? throw new InvalidOperationException("no TLS"))),
        ];
        if (sites is [var only])
        {
            return $" ssl crt {Certificate(only.Tls)} {Parameters(only.Site, only.Tls)}";
        }

        // Each certificate is for the hosts of its site alone, whatever other names it has.
        string file = name.Replace(':', '-') + ".crtlist";
        _lists.Add(
            new CertificateListView(
                name,
                file,
                [
                    .. sites.Select(each =>
                        string.Join(
                            ' ',
                            (string[])
                                [
                                    Bare(Certificate(each.Tls), each.Tls),
                                    $"[{Bare(Parameters(each.Site, each.Tls), each.Tls)}]",
                                    .. each
                                        .Site.Hosts.Where(static h => h.Kind is HostPatternKind.Exact or HostPatternKind.Wildcard)
                                        .Select(static h => h.ToString()),
                                ]
                        )
                    ),
                ]
            )
        );
        return " ssl crt-list " + file;
    }

    private string Certificate(SiteTls tls) => certificates.Of(tls.Cert ?? "", tls.Key ?? "", tls.At.Of(TlsFields.Cert));

    // A list has no quotes.
    private string Bare(string word, SiteTls tls)
    {
        if (word.Contains('"', StringComparison.Ordinal))
        {
            texts.Refuse(
                tls.At.Span,
                "a name in a list of certificates with a blank or a sign",
                "name the file with letters, digits, '-', '_', '.' and '/'"
            );
        }

        return word;
    }

    private string Parameters(Site site, SiteTls tls) =>
        $"ssl-min-ver {(tls.MinVersion == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2")}"
        + (tls.Ciphers.Count > 0 ? " ciphers " + texts.Word(string.Join(':', tls.Ciphers), tls.At.Of(TlsFields.Ciphers)) : "")
        + (tls.ClientCa is { } ca ? $" verify required ca-file {texts.Word(ca, tls.At.Of(TlsFields.ClientCa))}" : "")
        + (site.Http2 ? " alpn h2,http/1.1" : " alpn http/1.1");
}
