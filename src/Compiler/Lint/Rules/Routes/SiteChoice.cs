using Confgen.Model;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>Which site answers for a host on a port: exact name, then wildcards, then <c>_</c>.</summary>
internal sealed class SiteChoice
{
    private readonly Dictionary<(int Port, HostPattern Host), Site> _sites = [];
    private readonly Dictionary<(int Port, HostPattern Host), Site> _redirects = [];

    public SiteChoice(Spec spec)
    {
        foreach (Site site in spec.Sites)
        {
            foreach (HostPattern host in site.Hosts)
            {
                foreach (ListenAddress listen in site.Listen)
                {
                    _sites.TryAdd((listen.Port, host), site);
                }

                if (site.RedirectHttp is { } redirect)
                {
                    _redirects.TryAdd((redirect.Port, host), site);
                }
            }
        }
    }

    /// <summary>The site, or null where none answers.</summary>
    public Site? Find(int port, string host) => Find(_sites, port, host);

    /// <summary>The site with TLS that plain requests on the port are redirected to, or null.</summary>
    public Site? FindRedirect(int port, string host) => Find(_redirects, port, host);

    private static Site? Find(Dictionary<(int Port, HostPattern Host), Site> sites, int port, string host)
    {
        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return sites.GetValueOrDefault((port, new HostPattern(HostPatternKind.Exact, host)))
            ?? (dot < 0 ? null : sites.GetValueOrDefault((port, new HostPattern(HostPatternKind.Wildcard, host[(dot + 1)..]))))
            ?? FindTrailing(sites, port, host)
            ?? sites.GetValueOrDefault((port, HostPattern.Any));
    }

    private static Site? FindTrailing(Dictionary<(int Port, HostPattern Host), Site> sites, int port, string host)
    {
        for (int dot = host.LastIndexOf('.'); dot > 0; dot = host.LastIndexOf('.', dot - 1))
        {
            if (sites.TryGetValue((port, new HostPattern(HostPatternKind.Trailing, host[..dot])), out Site? site))
            {
                return site;
            }
        }

        return null;
    }
}
