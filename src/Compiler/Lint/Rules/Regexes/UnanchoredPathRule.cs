using Confgen.Compiler.Lint.Rules.Routes;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Regexes;

/// <summary>A regex searches anywhere in the path.</summary>
internal sealed class UnanchoredPathRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0382",
        "unanchored-path-regex",
        Severity.Warning,
        "A regex that starts like a path and matches in the middle of one"
    )
    {
        Why =
            "A regex without `^` matches anywhere: `/api/` takes `/static/api/x` too, before every `path` is asked. Write `^/api/`, or "
            + "better `path: /api`, where the longest one wins.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { regex: "/api/v[0-9]+/", proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { regex: "^/api/v[0-9]+/", proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            // With a '$' at its end it is meant to match at the end.
            if (
                route.Path is { Kind: PathMatcherKind.Regex, Text: ['/', var first, ..] text }
                && char.IsAsciiLetterOrDigit(first)
                && !text.EndsWith('$')
            )
            {
                context.Report(
                    route.Path.At.Span,
                    $"'{text}' matches in the middle of a path too, as in '/x{Sample(text)}'",
                    $"write '^{text}', or use 'path'"
                );
            }
        }
    }

    private static string Sample(string text) =>
        RegexShape.FirstLiteral("^" + text) is var literal && literal.Length == text.Length ? literal : literal + "...";
}
