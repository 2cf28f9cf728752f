using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>A page is many requests at once.</summary>
internal sealed class RateLimitWithoutBurstRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0316",
        "rate-limit-without-burst",
        Severity.Info,
        "A rate limit on whole pages that allows no two requests at once"
    )
    {
        Why =
            "`10/s` allows one request each 100 ms, and without `burst` the second of two that come together gets 429. A browser asks for "
            + "a page and its twenty files at once. Add a `burst` of about that number.",
        Bad = """
            sites:
              - { host: a.internal, proxy: "http://127.0.0.1:3000", rate_limit: { rate: 10/s } }

            """,
        Good = """
            sites:
              - { host: a.internal, proxy: "http://127.0.0.1:3000", rate_limit: { rate: 10/s, burst: 40 } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route is { RateLimit: { Burst: 0 } limit, Path.IsEverything: true } && !limit.At.Wrote(RateLimitFields.Burst))
            {
                context.Report(
                    limit.At.Span,
                    "of two requests that come together the second gets 429",
                    "add 'burst: 40', as many as a page has files"
                );
            }
        }
    }
}
