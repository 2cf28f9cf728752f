using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>A route with the same matcher as another, which takes all of its requests first.</summary>
internal sealed class UnreachableRouteRule : LintRule
{
    // Beyond it only equal conditions are looked for, in linear time.
    private const int MaxCompared = 200;

    public static readonly Rule Definition = new(
        "CFG0210",
        "unreachable-route",
        Severity.Error,
        "A route that is never reached, because another takes its requests first"
    )
    {
        Why =
            "Among routes with the same matcher the one with more conditions goes first, then the one written first. A route whose every "
            + "request meets the conditions of one before it is never reached.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /api, proxy: "http://127.0.0.1:3000" }
                  - { path: /api/, proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /api, proxy: "http://127.0.0.1:3000" }
                  - { path: /api/v2, proxy: "http://127.0.0.1:3001" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites.Where(s => s.Routes.Count > 1))
        {
            foreach (IGrouping<PathMatcher, Route> same in site.Routes.GroupBy(r => r.Path).Where(g => g.Skip(1).Any()))
            {
                CheckGroup(context, [.. same.OrderByDescending(r => r.Match.Count)]);
            }
        }
    }

    // OrderBy is stable, so that the routes stand in the order in which they are tried.
    private static void CheckGroup(LintContext context, Route[] routes)
    {
        var equal = new Dictionary<RouteConditions, Route>();
        for (int i = 0; i < routes.Length; i++)
        {
            Route route = routes[i];
            Route? before =
                !equal.TryAdd(route.Match, route) ? equal[route.Match]
                : routes.Length > MaxCompared ? null
                : routes.Take(i).FirstOrDefault(r => r.Match.Covers(route.Match));
            if (before is not null)
            {
                string what = route.Match.Count == 0 ? "the same matcher" : "the same matcher and conditions that cover these";
                context.Report(
                    Place(route),
                    $"this route never answers: one before it has {what}",
                    "remove one of the two, or give this one further conditions under 'match'",
                    new RelatedSpan(Place(before), "the route that takes its requests")
                );
            }
        }
    }

    private static SourceSpan Place(Route route) => route.Path.At.Span.IsSome ? route.Path.At.Span : route.At.Span;
}
