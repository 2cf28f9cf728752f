using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>A proxy that asks itself never gets an answer.</summary>
internal sealed class ProxyLoopRule : LintRule
{
    public static readonly Rule Definition = new("CFG0309", "proxy-loop", Severity.Warning, "An upstream that is this proxy itself")
    {
        Why = "The server's address is one at which a site of this spec listens, and the upstream sees the client's `Host`: the request comes back to the same route, again and again, until connections run out. Give the application another port. To pass a request from one site to another, name the other's host with `host:`.",
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
        var own = new Dictionary<(int Port, bool Tls), Site>();
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen.Where(l => l.SocketPath is null && (l.IsWildcard() || l.IsLocal())))
            {
                own.TryAdd((listen.Port, site.Tls is not null), site);
            }

            if (site.RedirectHttp is { } redirect)
            {
                own.TryAdd((redirect.Port, false), site);
            }
        }

        foreach ((_, Route route, ProxyAction proxy) in spec.ProxyRoutes().Where(r => r.Proxy.Host.Kind == HostHeaderKind.Preserve))
        {
            foreach (UpstreamServer server in proxy.Upstream.Servers.Where(s => s.Address.Scheme != ServerScheme.Unix && s.Address.IsOnThisMachine()))
            {
                if (own.TryGetValue((server.Address.Port, server.Address.Scheme == ServerScheme.Https), out Site? site))
                {
                    context.Report(server.At.Of("url"), $"this proxy itself listens on port {server.Address.Port}: the request would come back to it", "give the application another port", new RelatedSpan(site.At.Of(site.At.Wrote("listen") ? "listen" : "host"), "the site"));
                }
            }
        }
    }
}
