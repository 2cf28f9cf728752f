using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;

namespace Confgen.Compiler.Lint.Rules.Tunnels;

/// <summary>A portal's listener is its own, and its domain names one tunnel.</summary>
internal sealed class TunnelConflictRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0206",
        "tunnel-conflict",
        Severity.Error,
        "A tunnel that takes what a site or another tunnel has"
    )
    {
        Why =
            "Bridges don't speak HTTP, so a portal can't share its port with a site, and what arrives at its entry belongs to one tunnel. "
            + "Tunnels may share the listener for bridges; it has one certificate then. The domain tells the tunnels of one pair apart, "
            + "so it names one tunnel.",
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
        var ports = new Dictionary<int, RelatedSpan>();
        foreach (Site site in spec.Tunnels.Count == 0 ? [] : spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen)
            {
                ports.TryAdd(listen.Port, new RelatedSpan(site.At.Of(SiteFields.Host), "the site"));
            }

            if (site.RedirectHttp is { } redirect)
            {
                ports.TryAdd(redirect.Port, new RelatedSpan(site.At.Of(SiteFields.Host), "the site"));
            }
        }

        var listeners = new Dictionary<string, Tunnel>(StringComparer.Ordinal);
        foreach (Tunnel tunnel in spec.Tunnels)
        {
            CheckListener(tunnel, listeners, ports, context);
        }

        var domains = new Dictionary<string, Tunnel>(StringComparer.OrdinalIgnoreCase);
        foreach (Tunnel tunnel in spec.Tunnels)
        {
            // A default that is taken concerns V2Ray alone, whose target says so.
            if (
                tunnel.Portal.At.Wrote(PortalFields.Entry)
                && !ports.TryAdd(tunnel.Portal.Entry.Port, new RelatedSpan(tunnel.Portal.At.Of(PortalFields.Entry), "the tunnel's entry"))
            )
            {
                context.Report(
                    tunnel.Portal.At.Of(PortalFields.Entry),
                    $"the entry's port {tunnel.Portal.Entry.Port} is taken",
                    "give the entry a port of its own",
                    ports[tunnel.Portal.Entry.Port]
                );
            }

            if (!domains.TryAdd(tunnel.Domain, tunnel))
            {
                context.Report(
                    tunnel.At.Of(TunnelFields.Domain),
                    $"the tunnel '{domains[tunnel.Domain].Name}' has the domain '{tunnel.Domain}' too",
                    "give each tunnel its own",
                    new RelatedSpan(domains[tunnel.Domain].At.Of("domain"), "the first one")
                );
            }
        }
    }

    private static void CheckListener(
        Tunnel tunnel,
        Dictionary<string, Tunnel> listeners,
        Dictionary<int, RelatedSpan> ports,
        LintContext context
    )
    {
        TunnelPortal portal = tunnel.Portal;
        if (listeners.TryGetValue(portal.Listen.ToString(), out Tunnel? first))
        {
            if (!Equals(first.Portal.Tls, portal.Tls))
            {
                context.Report(
                    portal.At.Of(PortalFields.Tls),
                    $"the tunnel '{first.Name}' has the same listener with another certificate",
                    "give both the same 'tls', or a listener of its own",
                    new RelatedSpan(first.Portal.At.Of(PortalFields.Tls), "the first one")
                );
            }

            return;
        }

        listeners.Add(portal.Listen.ToString(), tunnel);
        if (
            portal.Listen.SocketPath is null
            && !ports.TryAdd(portal.Listen.Port, new RelatedSpan(portal.At.Of(PortalFields.Listen), "the portal"))
        )
        {
            string who = ports[portal.Listen.Port].Message;
            context.Report(
                portal.At.Of(PortalFields.Listen),
                who == "the site" ? $"a site listens on port {portal.Listen.Port}" : $"another portal listens on port {portal.Listen.Port}",
                "give the portal a port of its own",
                ports[portal.Listen.Port]
            );
        }
    }
}
