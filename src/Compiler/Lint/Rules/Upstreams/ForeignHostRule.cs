using Confgen.Compiler.Language;
using Confgen.Compiler.Lint.Rules.Tls;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>Somebody else's server answers for its own name.</summary>
internal sealed class ForeignHostRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0308",
        "foreign-host-header",
        Severity.Warning,
        "A public server that is asked for a host that it doesn't know"
    )
    {
        Why =
            "The upstream sees the client's `Host`. A server of one's own builds its links from it; one of somebody else, as an API or a "
            + "bucket, knows only its own name and responds with 403, 404 or 421. Add `host: upstream`.",
        Bad = """
            sites:
              - { host: files.example.com, proxy: "https://my-bucket.s3.amazonaws.com" }

            """,
        Good = """
            sites:
              - host: files.example.com
                routes:
                  - { path: /, proxy: "https://my-bucket.s3.amazonaws.com", host: upstream }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((Site site, Route route, ProxyAction proxy) in spec.ProxyRoutes())
        {
            if (
                proxy is { Host.Kind: HostHeaderKind.Preserve, Upstream: { Scheme: ServerScheme.Https, Servers.Count: > 0 } upstream }
                && upstream.Servers.All(s =>
                    !s.Address.IsAddress && PublicNames.IsPublic(s.Address.Host) && !site.Hosts.Any(h => h.Matches(s.Address.Host))
                )
            )
            {
                context.Report(
                    route.At.Of(RouteFields.Proxy),
                    $"{upstream.Servers[0].Address.Host} is asked for the host '{site.Hosts.FirstOrDefault(HostPattern.Any)}'",
                    route.At.Span == site.At.Span ? "list the route under 'routes', with 'host: upstream'" : "add 'host: upstream'"
                );
            }
        }
    }
}
