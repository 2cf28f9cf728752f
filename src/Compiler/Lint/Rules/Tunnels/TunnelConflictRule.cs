using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;

namespace Confgen.Compiler.Lint.Rules.Tunnels;

/// <summary>A portal's listener is its own, and its domain names one tunnel.</summary>
internal sealed class TunnelConflictRule : LintRule
{
    public static readonly Rule Definition = new("CFG0206", "tunnel-conflict", Severity.Error, "A tunnel that takes what a site or another tunnel has")
    {
        Why = "Bridges don't speak HTTP, so a portal can't share its port with a site. The domain tells the tunnels of one pair apart, so it names one tunnel.",
        Bad = """
            tunnels:
              home:
                portal: { listen: 8080, public: tunnel.example.com }
                bridge: { forward: "http://127.0.0.1:80" }
                secret: ${TUNNEL_SECRET:-0123456789abcdef}
            sites:
              - { host: a.example.com, listen: 8080, proxy: "tunnel:home" }

            """,
        Good = """
            tunnels:
              home:
                portal: { listen: 1024, public: tunnel.example.com }
                bridge: { forward: "http://127.0.0.1:80" }
                secret: ${TUNNEL_SECRET:-0123456789abcdef}
            sites:
              - { host: a.example.com, listen: 8080, proxy: "tunnel:home" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var ports = new Dictionary<int, Site>();
        foreach (Site site in spec.Tunnels.Count == 0 ? [] : spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen)
            {
                ports.TryAdd(listen.Port, site);
            }

            if (site.RedirectHttp is { } redirect)
            {
                ports.TryAdd(redirect.Port, site);
            }
        }

        var domains = new Dictionary<string, Tunnel>(StringComparer.OrdinalIgnoreCase);
        foreach (Tunnel tunnel in spec.Tunnels)
        {
            if (tunnel.Portal.Listen.SocketPath is null && ports.TryGetValue(tunnel.Portal.Listen.Port, out Site? site))
            {
                context.Report(tunnel.Portal.At.Of("listen"), $"a site listens on port {tunnel.Portal.Listen.Port}", "give the portal a port of its own", new RelatedSpan(site.At.Of("host"), "the site"));
            }

            if (!domains.TryAdd(tunnel.Domain, tunnel))
            {
                context.Report(tunnel.At.Of("domain"), $"the tunnel '{domains[tunnel.Domain].Name}' has the domain '{tunnel.Domain}' too", "give each tunnel its own", new RelatedSpan(domains[tunnel.Domain].At.Of("domain"), "the first one"));
            }
        }
    }
}
