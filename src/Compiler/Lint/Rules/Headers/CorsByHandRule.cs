using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Headers;

/// <summary>CORS headers that no browser accepts.</summary>
internal sealed class CorsByHandRule : LintRule
{
    public static readonly Rule Definition = new("CFG0363", "cors-by-hand", Severity.Warning, "CORS headers that browsers refuse")
    {
        Why =
            "`Access-Control-Allow-Origin` is one origin or `*`, never a list, and with `Access-Control-Allow-Credentials: true` it can't "
            + "be `*`. A header alone also leaves preflights (OPTIONS) to the upstream. The route's `cors:` echoes the origin if it is "
            + "listed, answers preflights and sets `Vary`.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { response: { set: { Access-Control-Allow-Origin: "*", Access-Control-Allow-Credentials: "true" } } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                cors: { origins: ["https://app.example.com"], credentials: true }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            HeaderValue[] ofSite = [.. Cors(site.Headers)];
            CheckValues(context, ofSite);
            foreach (Route route in site.Routes.Where(r => !r.Headers.Response.IsEmpty))
            {
                CheckValues(context, [.. ofSite, .. Cors(route.Headers)]);
            }
        }
    }

    private static IEnumerable<HeaderValue> Cors(HeaderRules rules) =>
        rules
            .Response.Set.Concat(rules.Response.Add)
            .Where(h => h.Name.StartsWith("Access-Control-Allow-", StringComparison.OrdinalIgnoreCase));

    private static void CheckValues(LintContext context, HeaderValue[] values)
    {
        bool credentials = values.Any(v =>
            v.Name.EndsWith("-Credentials", StringComparison.OrdinalIgnoreCase)
            && v.Value.AsLiteral?.Equals("true", StringComparison.OrdinalIgnoreCase) == true
        );
        foreach (HeaderValue value in values.Where(v => v.Name.EndsWith("-Origin", StringComparison.OrdinalIgnoreCase)))
        {
            string? text = value.Value.AsLiteral;
            string? problem =
                text is null ? null
                : text == "*" && credentials ? "'*' is refused by browsers together with credentials"
                : text.AsSpan().IndexOfAny(',', ' ') >= 0 ? "a list of origins is refused by browsers"
                : text.Length > 1 && text.Contains('*', StringComparison.Ordinal) ? "a star within an origin means nothing to browsers"
                : null;
            if (problem is not null)
            {
                context.Report(value.At.Span, problem, "use the route's 'cors: { origins: [...] }'");
            }
        }
    }
}
