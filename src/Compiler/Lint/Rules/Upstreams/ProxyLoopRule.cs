using Confgen.Compiler.Language;
using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>A proxy that asks itself never gets a response.</summary>
internal sealed class ProxyLoopRule : LintRule
{
    public static readonly Rule Definition = new("CFG0309", "proxy-loop", Severity.Warning, "An upstream that is this proxy itself")
    {
        Why =
            "The server's address is one at which a site of this spec listens, and the upstream sees the client's `Host`: the request "
            + "comes back to the same route, again and again, until connections run out. Give the application another port. To pass a "
            + "request from one site to another, name the other's host with `host:`.",
        Bad = """
            sites:
              - { host: a.example.com, listen: 8080, proxy: "http://127.0.0.1:8080" }

            """,
        Good = """
            sites:
              - { host: a.example.com, listen: 8080, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var own = new Dictionary<(int Port, bool Tls), List<Site>>();
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen.Where(l => l.SocketPath is null && (l.IsWildcard() || l.IsLocal())))
            {
                Add(own, (listen.Port, site.Tls is not null), site);
            }

            if (site.RedirectHttp is { } redirect)
            {
                Add(own, (redirect.Port, false), site);
            }
        }

        foreach ((Site from, Route route, ProxyAction proxy) in spec.ProxyRoutes())
        {
            foreach (UpstreamServer server in proxy.Upstream.Servers)
            {
                if (Next(own, from, proxy, server) is { } site && Returns(own, site, from))
                {
                    context.Report(
                        server.At.Of(ServerFields.Url),
                        $"this proxy itself listens on port {server.Address.Port}: the request would come back to it",
                        "give the application another port",
                        new RelatedSpan(site.At.Of(site.At.Wrote(SiteFields.Listen) ? "listen" : "host"), "the site")
                    );
                }
            }
        }
    }

    private static void Add(Dictionary<(int Port, bool Tls), List<Site>> own, (int Port, bool Tls) key, Site site)
    {
        if (!own.TryGetValue(key, out List<Site>? sites))
        {
            own[key] = sites = [];
        }

        sites.Add(site);
    }

    // The site of this spec that the request comes to: one for the same host, as the client's Host is kept; else the one that has no rival.
    private static Site? Next(Dictionary<(int Port, bool Tls), List<Site>> own, Site from, ProxyAction proxy, UpstreamServer server)
    {
        bool isOwn =
            proxy.Host.Kind == HostHeaderKind.Preserve && server.Address.Scheme != ServerScheme.Unix && server.Address.IsOnThisMachine();
        if (!isOwn || !own.TryGetValue((server.Address.Port, server.Address.Scheme == ServerScheme.Https), out List<Site>? sites))
        {
            return null;
        }

        return sites.Find(s => s.Hosts.Any(from.Hosts.Contains))
            ?? sites.Find(s => s.Hosts.Any(h => h.Kind == HostPatternKind.Any))
            ?? sites[0];
    }

    // Whether a request that comes to a site is passed on to the one it came from: a second hop that ends at an application is no loop.
    private static bool Returns(Dictionary<(int Port, bool Tls), List<Site>> own, Site at, Site to)
    {
        var seen = new HashSet<Site>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Site>([at]);
        while (open.TryPop(out Site? site))
        {
            if (ReferenceEquals(site, to))
            {
                return true;
            }

            foreach (ProxyAction proxy in seen.Add(site) ? site.Routes.Select(r => r.Action).OfType<ProxyAction>() : [])
            {
                foreach (UpstreamServer server in proxy.Upstream.Servers)
                {
                    if (Next(own, site, proxy, server) is { } next)
                    {
                        open.Push(next);
                    }
                }
            }
        }

        return false;
    }
}
