using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Matrix;

/// <summary>A homeserver speaks CORS itself.</summary>
internal sealed class MatrixDoubleCorsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0372",
        "matrix-double-cors",
        Severity.Warning,
        "CORS on a Matrix API, which answers it itself"
    )
    {
        Why =
            "Synapse, Palpo and other homeservers send `Access-Control-Allow-Origin: *` and answer preflights by themselves. A second one "
            + "from the proxy makes browsers refuse the response (\"multiple values\"), and clients can't log in.",
        Bad = """
            sites:
              - host: matrix.example.com
                routes:
                  - { path: /_matrix, proxy: "http://127.0.0.1:8008", cors: { origins: ["*"] } }

            """,
        Good = """
            sites:
              - host: matrix.example.com
                routes:
                  - { path: /_matrix, proxy: "http://127.0.0.1:8008" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((Site site, Route route, _) in spec.MatrixRoutes())
        {
            if (route.Cors is { } cors)
            {
                context.Report(
                    cors.At.Span,
                    "the homeserver sends these headers itself",
                    "remove 'cors' from this route; 'cors: off' where the site has it"
                );
            }

            foreach (
                HeaderValue value in site
                    .Headers.Response.Add.Concat(route.Headers.Response.Add)
                    .Where(h => h.Name.Equals("Access-Control-Allow-Origin", StringComparison.OrdinalIgnoreCase))
            )
            {
                context.Report(value.At.Span, "the homeserver sends this header itself", "remove it");
            }
        }
    }
}
