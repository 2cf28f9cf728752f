using System.Buffers;
using System.Text.RegularExpressions;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>A path is compared as it is written.</summary>
internal sealed partial class PatternInPathRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0385",
        "pattern-in-path",
        Severity.Warning,
        "A path that looks like a pattern of another language"
    )
    {
        Why =
            "`path` and `exact` know no patterns: `/users/:id` takes the path with a colon in it, and no other. A prefix takes everything "
            + "below it, so `path: /users` will often do; else use `regex`.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: "/users/:id", proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /users, proxy: "http://127.0.0.1:3000" }

            """,
    };

    // The regex is made when a sign of a pattern shows up: making it takes longer than checking a small spec.
    private static readonly SearchValues<char> _signs = SearchValues.Create(@":{<.([\$");

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (
                route.Path.Kind != PathMatcherKind.Regex
                && route.Path.Text.AsSpan().ContainsAny(_signs)
                && Pattern.Match(route.Path.Text) is { Success: true } match
            )
            {
                context.Report(
                    route.Path.At.Span,
                    $"'{match.Value}' is compared as it stands, not as a pattern",
                    "a 'path' takes everything below it anyway; for a pattern use 'regex'"
                );
            }
        }
    }

    [GeneratedRegex(
        @"/:[A-Za-z_][A-Za-z0-9_]*|\{[^}/]*\}| \{$|<[^>/]+>|\.[*+]|\(\?|\[\^?[A-Za-z0-9]-|\\[.dws/]|\$$|\(.*\|.*\)",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Pattern { get; }
}
