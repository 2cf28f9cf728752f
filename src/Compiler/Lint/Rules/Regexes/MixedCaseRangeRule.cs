using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Regexes;

/// <summary>Between <c>Z</c> and <c>a</c> there are signs.</summary>
internal sealed class MixedCaseRangeRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0384",
        "mixed-case-range",
        Severity.Warning,
        "A range of characters from upper to lower case"
    )
    {
        Why =
            @"`[A-z]` is every character from `A` to `z` in ASCII, and the six signs ``[ \ ] ^ _ ` `` stand between the two alphabets. Write `[A-Za-z]`.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { regex: '^/[A-z]+$', proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { regex: '^/[A-Za-z]+$', proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            CheckText(context, route.Path.Kind == PathMatcherKind.Regex ? route.Path.Text : null, route.Path.At.Span);
            CheckText(context, route.Rewrite?.Regex?.Text, route.Rewrite?.At.Span ?? route.At.Span);
            foreach ((RegexPattern regex, SourceSpan at) in route.Match.Regexes())
            {
                CheckText(context, regex.Text, at);
            }
        }
    }

    private static void CheckText(LintContext context, string? regex, SourceSpan place)
    {
        int at = regex?.IndexOf("A-z", StringComparison.Ordinal) ?? -1;
        if (regex is not null && at > 0 && regex.LastIndexOf('[', at) > regex.LastIndexOf(']', at))
        {
            context.Report(place, @"'A-z' takes in the signs [ \ ] ^ _ ` as well", "write 'A-Za-z'");
        }
    }
}
