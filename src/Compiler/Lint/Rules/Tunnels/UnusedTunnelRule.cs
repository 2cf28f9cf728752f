using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Tunnels;

namespace Confgen.Compiler.Lint.Rules.Tunnels;

/// <summary>A tunnel that no route uses carries nothing.</summary>
internal sealed class UnusedTunnelRule : LintRule
{
    public static readonly Rule Definition = new("CFG0221", "unused-tunnel", Severity.Warning, "A tunnel that no route uses")
    {
        Why =
            "A route uses a tunnel by `proxy: tunnel:NAME`. Without one its portal is an open port for nothing. A spec without sites, as "
            + "for the bridge's host alone, is not asked for that.",
        Bad = """
            tunnels:
              home:
                portal: { listen: 1024, public: tunnel.example.com }
                bridge: { forward: "http://127.0.0.1:80" }
                secret: ${TUNNEL_SECRET:-0123456789abcdef}
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            tunnels:
              home:
                portal: { listen: 1024, public: tunnel.example.com }
                bridge: { forward: "http://127.0.0.1:80" }
                secret: ${TUNNEL_SECRET:-0123456789abcdef}
            sites:
              - { host: a.example.com, proxy: "tunnel:home" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        if (spec.Sites.Count == 0)
        {
            return;
        }

        HashSet<string> used = [.. spec.ProxyRoutes().Select(r => r.Proxy.Tunnel).OfType<string>()];
        foreach (Tunnel tunnel in spec.Tunnels.Where(t => !used.Contains(t.Name)))
        {
            context.Report(
                tunnel.At.Span,
                $"no route uses the tunnel '{tunnel.Name}'",
                $"a route uses it by 'proxy: tunnel:{tunnel.Name}'"
            );
        }
    }
}
