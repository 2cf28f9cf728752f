using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Matrix;

/// <summary>Discovery is read by scripts of other origins.</summary>
internal sealed class WellKnownRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0375",
        "matrix-well-known",
        Severity.Warning,
        "Matrix discovery that web clients can't read"
    )
    {
        Why =
            "Web clients fetch `/.well-known/matrix/client` from another origin, so the response needs `Access-Control-Allow-Origin: *`, "
            + "and both files are JSON (Matrix client-server API, \"Well-known URI\").",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - exact: /.well-known/matrix/client
                    respond: { body: '{"m.homeserver": {"base_url": "https://matrix.example.com"}}', content_type: application/json }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - exact: /.well-known/matrix/client
                    respond: { body: '{"m.homeserver": {"base_url": "https://matrix.example.com"}}', content_type: application/json }
                    cors: { origins: ["*"] }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((Site site, Route route) in spec.Routes())
        {
            if (
                route.Path.Text is "/.well-known/matrix/client"
                && route.Action is RespondAction { Status: 200 }
                && route.Cors?.AnyOrigin != true
                && !Allows(site.Headers)
                && !Allows(route.Headers)
            )
            {
                context.Report(route.Path.At.Span, "web clients of other origins can't read this", "add 'cors: { origins: [\"*\"] }'");
            }
        }
    }

    private static bool Allows(HeaderRules rules) =>
        rules
            .Response.Set.Concat(rules.Response.Add)
            .Any(h => h.Name.Equals("Access-Control-Allow-Origin", StringComparison.OrdinalIgnoreCase) && h.Value.AsLiteral == "*");
}
