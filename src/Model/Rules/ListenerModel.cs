using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Model.Rules;

/// <summary>A listener with everything that serves there.</summary>
/// <param name="address">Where it is.</param>
public sealed class ListenerModel(ListenAddress address)
{
    // Made when the lists are complete.
    private SiteTable? _sites;
    private SiteTable? _redirects;

    /// <summary>Where it is.</summary>
    public ListenAddress Address { get; } = address;

    /// <summary>The sites that response, in the order written.</summary>
    public IList<Site> Sites { get; } = [];

    /// <summary>The sites whose plain requests are redirected to https here.</summary>
    public IList<Site> Redirects { get; } = [];

    /// <summary>Whether it speaks TLS.</summary>
    public bool HasTls => Sites.Any(s => s.Tls is not null);

    /// <summary>Whether it serves requests of the scheme.</summary>
    public bool Speaks(bool https) => HasTls == https || Sites.Count + Redirects.Count == 0;

    /// <summary>
    /// What answers for a host, in lower case and without its port: a site, or one whose plain requests are redirected to https; neither is
    /// 404.
    /// </summary>
    public (Site? Site, Site? Redirecting) Find(string host)
    {
        _sites ??= new SiteTable(Sites);
        _redirects ??= new SiteTable(Redirects);
        Site? site = _sites.Find(host);
        Site? redirecting = _redirects.Find(host);
        bool isNamed = site is not null && site.Hosts.Any(h => h.Kind != HostPatternKind.Any && h.Matches(host));
        return redirecting?.RedirectHttp is not null && !isNamed ? (null, redirecting) : (site, null);
    }
}
