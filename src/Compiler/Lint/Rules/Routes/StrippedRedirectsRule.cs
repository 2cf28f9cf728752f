using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Rules;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>An application that isn't told its prefix redirects to paths without it.</summary>
internal sealed class StrippedRedirectsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0233",
        "stripped-redirects",
        Severity.Info,
        "A prefix that the upstream's redirects and cookies don't have"
    )
    {
        Why =
            "With `strip_prefix` or `replace_prefix` the upstream doesn't see the prefix under which clients know it. What it sends in "
            + "Location, in Refresh and as the path of cookies then leads out of the route: a login redirects to `/login` instead of "
            + "`/app/login`. `rewrite_response: auto` puts the prefix back. An API that neither redirects nor sets cookies needs nothing: "
            + "`rewrite_response: off` says so. An application that can be told its prefix, as by X-Forwarded-Prefix, needs that instead, "
            + "for the links in its pages.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /app, proxy: "http://127.0.0.1:3000", strip_prefix: true }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /app, proxy: "http://127.0.0.1:3000", strip_prefix: true, rewrite_response: auto }

            """,
    };

    private static readonly string[] _telling = ["X-Forwarded-Prefix", "X-Script-Name", "X-Ingress-Path", "X-Forwarded-Path"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((Model.Sites.Site site, Route route, _) in spec.ProxyRoutes())
        {
            if (
                route.Rewrite is { Kind: PathRewriteKind.StripPrefix or PathRewriteKind.ReplacePrefix } rewrite
                && !route.At.Wrote(RouteFields.RewriteResponse)
                && !EffectiveHeaders.Request(site, route).Any(e => _telling.Contains(e.Name, StringComparer.OrdinalIgnoreCase))
            )
            {
                context.Report(
                    rewrite.At.Span,
                    $"redirects and cookies of {(route.Proxy is { } proxy ? proxy.Upstream.Name : "the upstream")} don't have "
                        + $"'{route.Path.Text}'",
                    "add 'rewrite_response: auto', or 'off' where it sends neither"
                );
            }
        }
    }
}
