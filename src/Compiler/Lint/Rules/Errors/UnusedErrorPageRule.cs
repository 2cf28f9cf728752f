using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Errors;

/// <summary>Error pages and intercepted statuses belong together.</summary>
internal sealed class UnusedErrorPageRule : LintRule
{
    public static readonly Rule Definition = new("CFG0228", "unused-error-page", Severity.Warning, "An error page that nothing leads to")
    {
        Why =
            "Pages are for the proxy's own errors: 502, 503 and 504 from a dead upstream, 413, 429, 401, 403 from the route's limits and "
            + "guards. The upstream's own responses, as its 404 or its 500, passes through unless `intercept` lists it. An intercepted "
            + "status without a page passes through as well.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                errors: { 404: { body: "no such page" } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                errors: { 404: { body: "no such page" }, intercept: [404] }

            """,
    };

    // What a proxied route answers by itself: see "What the client gets back" in the reference, and the guards.
    private static readonly int[] _ofProxy = [400, 401, 403, 405, 408, 411, 413, 414, 421, 426, 429, 431, 500, 501, 502, 503, 504, 505];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route, _) in spec.ProxyRoutes())
        {
            ErrorRules errors = route.Errors;
            if (!route.WroteItself("errors"))
            {
                // A site's pages serve all of its routes, files included.
                continue;
            }

            foreach (
                ErrorPage page in errors.Pages.Where(p =>
                    p.When.IsSingle && !_ofProxy.Contains(p.When.First) && !errors.Intercept.Any(i => i.Matches(p.When.First))
                )
            )
            {
                context.Report(
                    page.At.Span,
                    $"the proxy itself never answers {page.When} here, and the upstream's passes through",
                    $"add 'intercept: [{page.When}]'"
                );
            }

            foreach (StatusPattern status in errors.Intercept.Where(i => !errors.Pages.Any(p => Meet(p.When, i))))
            {
                context.Report(
                    errors.At.Of(ErrorsFields.Intercept),
                    $"{status} is intercepted, but no page answers it",
                    $"add '{status}: {{ body: ... }}'"
                );
            }
        }
    }

    private static bool Meet(StatusPattern a, StatusPattern b) => a.First <= b.Last && b.First <= a.Last;
}
