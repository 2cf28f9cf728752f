using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Matrix;

/// <summary>Signatures cover the target.</summary>
internal sealed class MatrixRewrittenRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0371",
        "matrix-rewritten",
        Severity.Warning,
        "A Matrix API whose requests are rewritten"
    )
    {
        Why =
            "Homeservers sign the request's method and target. If any byte of it changes on the way, federation fails with \"invalid "
            + "signature\". Forward it as it is, and say `transparent: true`: then every change is an error.",
        Bad = """
            sites:
              - host: matrix.example.com
                routes:
                  - { path: /_matrix, proxy: "http://127.0.0.1:8008", add_prefix: /hs }

            """,
        Good = """
            sites:
              - host: matrix.example.com
                routes:
                  - { path: /_matrix, proxy: "http://127.0.0.1:8008", transparent: true }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route, _) in spec.MatrixRoutes())
        {
            if (route.Rewrite is { } rewrite)
            {
                context.Report(
                    rewrite.At.Span,
                    "signatures of federation cover the target that is changed here",
                    "remove it, and add 'transparent: true'"
                );
            }
        }
    }
}
