using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>Conditions that no request meets.</summary>
internal sealed class ContradictoryMatchRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0217",
        "contradictory-match",
        Severity.Error,
        "A route that is never reached, because 'not' leaves out all of its requests"
    )
    {
        Why =
            "All conditions of `match` must hold, and of each map of `not` one must fail. Where a map of `not` asks for nothing more than "
            + "the conditions beside it do, no request is left for the route.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, match: { method: GET, not: { method: [GET, HEAD] } }, proxy: "http://127.0.0.1:3000" }
                  - { path: /, proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, match: { not: { method: [GET, HEAD] } }, proxy: "http://127.0.0.1:3000" }
                  - { path: /, proxy: "http://127.0.0.1:3001" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.Match.Contradiction() is { } block)
            {
                context.Report(
                    block.At.Span.IsSome ? block.At.Span : route.Match.At.Of(MatchFields.Not),
                    "this route never gets a request: every one that meets the other conditions is left out by 'not'",
                    "take one of the two out"
                );
            }
        }
    }
}
