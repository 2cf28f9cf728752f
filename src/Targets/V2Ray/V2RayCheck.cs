using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using Confgen.Model.Tunnels;

namespace Confgen.Targets.V2Ray;

/// <summary>Reports what no single field says by itself.</summary>
internal static class V2RayCheck
{
    public static readonly Rule NoTunnel = new("CFG0640", "v2ray-no-tunnel", Severity.Error, "V2Ray has nothing to carry")
    {
        Why = "V2Ray carries the tunnels of a spec, and this one has none. Sites are served by nginx, Caddy or `confgen serve`.",
        Bad = "sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:3000\" }\n",
        Good =
            "tunnels:\n  home:\n    portal: { listen: 1024, public: tunnel.example.com }\n"
            + "    bridge: { forward: \"http://127.0.0.1:80\" }\n    secret: ${TUNNEL_SECRET:-0123456789abcdef}\n",
        Target = "v2ray",
    };

    public static readonly Rule PlainVless = new(
        "CFG0641",
        "v2ray-plain-vless",
        Severity.Warning,
        "VLESS without TLS can be read and changed on its way"
    )
    {
        Why =
            "VLESS leaves encryption to TLS: without, whoever sits between bridge and portal reads every request, and the id with which "
            + "it could be the bridge itself.",
        Bad =
            "targets: { v2ray: { protocol: vless } }\ntunnels:\n  home:\n    portal: { listen: 1024, public: tunnel.example.com }\n"
            + "    bridge: { forward: \"http://127.0.0.1:80\" }\n    secret: ${TUNNEL_SECRET:-0123456789abcdef}\n",
        Good =
            "targets: { v2ray: { protocol: vless } }\ntunnels:\n  home:\n"
            + "    portal: { listen: 1024, public: tunnel.example.com, tls: { cert: /etc/ssl/tunnel.pem, key: /etc/ssl/tunnel.key } }\n"
            + "    bridge: { forward: \"http://127.0.0.1:80\" }\n    secret: ${TUNNEL_SECRET:-0123456789abcdef}\n",
        Target = "v2ray",
    };

    public static void Run(RenderContext context)
    {
        V2RaySettings.Check(context);
        if (context.Spec.Tunnels.Count == 0)
        {
            context.Report(NoTunnel, SourceSpan.None, "v2ray carries tunnels, and this spec has none", "define one under 'tunnels'");
        }

        HashSet<int> taken =
        [
            .. context.Spec.Sites.SelectMany(s => s.Listen.Select(l => l.Port)),
            .. context.Spec.Sites.Select(s => s.RedirectHttp?.Port ?? 0),
            .. context.Spec.Tunnels.Select(t => t.Portal.Listen.Port),
        ];
        foreach (Tunnel tunnel in context.Spec.Tunnels)
        {
            if (!tunnel.Portal.At.Wrote(PortalFields.Entry) && taken.Contains(tunnel.Portal.Entry.Port))
            {
                context.ReportNotExpressible(
                    tunnel.Portal.At.Span,
                    $"the portal's entry would listen on port {tunnel.Portal.Entry.Port}, which is taken",
                    "add 'entry: PORT' with another one"
                );
            }

            if (context.Settings.Text("protocol") == "vless" && tunnel.Portal.Tls is null)
            {
                context.Report(
                    PlainVless,
                    tunnel.Portal.At.Span,
                    $"the tunnel '{tunnel.Name}' is VLESS in plain text",
                    "add 'tls: { cert: ..., key: ... }', or use vmess"
                );
            }

            if (tunnel.Domain == tunnel.Bridge.Forward.Host)
            {
                context.ReportNotExpressible(
                    tunnel.At.Of(TunnelFields.Domain),
                    "the domain is the name of the service, so V2Ray can't tell requests from the tunnel's own traffic",
                    "leave 'domain' out"
                );
            }
        }
    }
}
