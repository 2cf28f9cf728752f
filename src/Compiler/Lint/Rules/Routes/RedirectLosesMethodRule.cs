using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>301 and 302 turn POST into GET.</summary>
internal sealed class RedirectLosesMethodRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0387",
        "redirect-loses-method",
        Severity.Warning,
        "A redirect that turns a POST into a GET"
    )
    {
        Why =
            "After 301 and 302 clients send GET without the body (RFC 9110, section 15.4.2), so a redirected API call arrives empty, or "
            + "not at all. 308 and 307 keep the method and the body. The rule goes by a condition on such methods, and by a path that "
            + "starts with `/api`, `/graphql` or `/webhook`.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /api, redirect: { to: "https://api.example.com{uri}", status: 301 } }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /api, redirect: { to: "https://api.example.com{uri}", status: 308 } }

            """,
    };

    private static readonly string[] _withBody = ["POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] _apis = ["api", "graphql", "webhook", "webhooks"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.Action is not RedirectAction { Status: 301 or 302 } redirect)
            {
                continue;
            }

            bool reads = route.Match.Methods.Count > 0 && !route.Match.Methods.Any(m => _withBody.Contains(m));
            bool api = route.Path.Kind != PathMatcherKind.Regex && _apis.Contains(route.Path.Text.Split('/')[1]);
            if (!reads && (api || route.Match.Methods.Count > 0))
            {
                context.Report(
                    redirect.At.Of(RedirectFields.Status),
                    $"after {redirect.Status} clients send GET without the body",
                    redirect.Status == 301 ? "write 308" : "write 307"
                );
            }
        }
    }
}
