using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>An upstream that nothing uses is a leftover, or a name that was misspelled where it was meant.</summary>
internal sealed class UnusedUpstreamRule : LintRule
{
    public static readonly Rule Definition = new("CFG0220", "unused-upstream", Severity.Warning, "An upstream that nothing uses")
    {
        Why = "No route and no error page names it, so it changes nothing. Remove it, or use it.",
        Bad = """
            upstreams:
              app: http://127.0.0.1:3000
              old: http://127.0.0.1:9000
            sites:
              - { host: a.example.com, proxy: app }

            """,
        Good = """
            upstreams:
              app: http://127.0.0.1:3000
            sites:
              - { host: a.example.com, proxy: app }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Upstream upstream in spec.Upstreams.Where(u => !context.Uses.Upstreams.Contains(u.Name)))
        {
            bool isHost = spec.Routes()
                .Any(r =>
                    r.Route.Action is ProxyAction { Upstream: { IsInline: true } inline } && inline.Servers.Any(s => IsHost(s, upstream))
                );
            context.Report(
                upstream.At.Span,
                $"nothing uses the upstream '{upstream.Name}'",
                isHost
                    ? $"a URL with that host goes to the host itself: write 'proxy: {upstream.Name}', without a scheme"
                    : "remove it, or name it in a route's 'proxy'"
            );
        }
    }

    private static bool IsHost(UpstreamServer server, Upstream named) =>
        server.Address.HostPort.Split(':')[0].Equals(named.Name, StringComparison.OrdinalIgnoreCase);
}
