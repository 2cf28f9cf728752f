using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>Methods have a case.</summary>
internal sealed class MethodCaseRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0231",
        "method-case",
        Severity.Warning,
        "A method in lower case, which no client sends"
    )
    {
        Why =
            "Methods are compared with their case (RFC 9110, section 9.1), and those that there are have upper case: `get` matches no "
            + "request.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, match: { method: [get] }, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, match: { method: [GET] }, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            foreach (
                (RouteConditions block, string method) in route
                    .Match.Blocks()
                    .SelectMany(b => b.Methods.Where(m => m.Any(char.IsAsciiLetterLower)).Select(m => (b, m)))
            )
            {
                context.Report(
                    block.At.Of(MatchFields.Method),
                    $"no client sends the method '{method}'",
                    $"write {method.ToUpperInvariant()}"
                );
            }

            if (route.Cors is { } cors && cors.Methods.FirstOrDefault(m => m.Any(char.IsAsciiLetterLower)) is { } allowed)
            {
                context.Report(
                    cors.At.Of(CorsFields.Methods),
                    $"no client sends the method '{allowed}'",
                    $"write {allowed.ToUpperInvariant()}"
                );
            }
        }
    }
}
