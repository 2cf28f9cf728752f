using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Regexes;

/// <summary>A loop that can read one text in many ways.</summary>
internal sealed class CatastrophicRegexRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0380",
        "catastrophic-regex",
        Severity.Warning,
        "A regex that can take exponential time where the engine backtracks"
    )
    {
        Why =
            "nginx's PCRE tries one reading of the path after the other. Where a loop can read one text in two ways, as `(a+)+` or "
            + "`(x|x)*`, and something behind it fails, the readings double with each character: one long path keeps a worker busy until "
            + "PCRE's limit, and the request fails with 500. Write the loop so that each text has one reading.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { regex: '^/(([a-z]+)-?)+\.html$', proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { regex: '^/[a-z-]+\.html$', proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var known = new Dictionary<string, RegexRepeat?>(StringComparer.Ordinal);
        foreach ((_, Route route) in spec.Routes())
        {
            CheckRegex(context, known, route.Path.Regex, route.Path.At.Span);
            CheckRegex(context, known, route.Rewrite?.Regex, route.Rewrite?.At.Span ?? route.At.Span);
            foreach ((RegexPattern regex, SourceSpan at) in route.Match.Regexes())
            {
                CheckRegex(context, known, regex, at);
            }
        }
    }

    private static void CheckRegex(LintContext context, Dictionary<string, RegexRepeat?> known, RegexPattern? regex, SourceSpan place)
    {
        if (regex is null)
        {
            return;
        }

        if (!known.TryGetValue(regex.Text, out RegexRepeat? loop))
        {
            known[regex.Text] = loop = BacktrackingRisk.Find(regex);
        }

        if (loop is not null)
        {
            context.Report(
                place,
                $"'{regex.Text[loop.Start..loop.End]}' can read one text in many ways, and takes exponential time to find that none fits",
                "leave out one of the nested loops, or make its parts start differently"
            );
        }
    }
}
