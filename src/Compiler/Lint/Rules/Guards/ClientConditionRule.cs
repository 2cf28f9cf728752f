using Confgen.Compiler.Language;
using Confgen.Compiler.Lint.Rules.Routes;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>A condition on clients passes over the route, and refuses nobody.</summary>
internal sealed class ClientConditionRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0234",
        "client-condition-is-no-guard",
        Severity.Warning,
        "A route for some clients, whose path others reach through another route"
    )
    {
        Why =
            "`match.client` chooses among routes: a client of another network goes on to the next route that takes the path. Where that "
            + "one leads to the same upstream without a guard, everybody reaches what looks like some networks' own. `allow` refuses the "
            + "others with 403.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /admin, match: { client: [10.0.0.0/8] }, proxy: "http://127.0.0.1:3000" }
                  - { path: /, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /admin, allow: [10.0.0.0/8], proxy: "http://127.0.0.1:3000" }
                  - { path: /, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var choice = new RouteChoice();
        foreach ((Site site, Route route, ProxyAction proxy) in spec.ProxyRoutes())
        {
            if (
                route.Match is { Clients.Count: > 0, Count: 1 }
                && route.Path is { IsEverything: false, Kind: not PathMatcherKind.Regex }
                && Next(choice, site, route) is { Proxy: { } other } next
                && next.Path != route.Path
                && other.Upstream.Name == proxy.Upstream.Name
                && !next.IsFenced(site)
            )
            {
                context.Report(
                    route.Match.At.Of(MatchFields.Client),
                    $"clients of other networks reach the same upstream through '{next.Path}': 'match.client' refuses nobody",
                    "write the networks under 'allow' instead",
                    new RelatedSpan(next.Path.At.Span.IsSome ? next.Path.At.Span : next.At.Span, "the route that takes their requests")
                );
            }
        }
    }

    // The route that responds to those who are passed over, where nothing else decides on it.
    private static Route? Next(RouteChoice choice, Site site, Route route) =>
        choice.Candidates(site, route.Path.Text).SkipWhile(r => !ReferenceEquals(r, route)).Skip(1).FirstOrDefault()
            is { Match.Count: 0 } next
            ? next
            : null;
}
