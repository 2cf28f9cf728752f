using System.Buffers;
using System.Text.RegularExpressions;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Globs;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>In a condition only the star has a meaning.</summary>
internal sealed partial class RegexInGlobRule : LintRule
{
    public static readonly Rule Definition = new("CFG0386", "regex-in-glob", Severity.Warning, "A condition that looks like a regex")
    {
        Why =
            "The values under `match` are globs: `*` stands for any characters, and every other sign for itself. `^2` matches a value "
            + "that starts with a caret, and hardly any request has one. Write `2*`, or a regex as `{ regex: '^2' }`.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, match: { header: { X-Version: "^2.*" } }, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, match: { header: { X-Version: "2*" } }, proxy: "http://127.0.0.1:3000" }

            """,
    };

    // The regex is made when a sign of one shows up: making it takes longer than checking a small spec.
    private static readonly SearchValues<char> _signs = SearchValues.Create(@"^~.$\(");

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (RouteConditions block in spec.Routes().SelectMany(static r => r.Route.Match.Blocks()))
        {
            foreach ((NamedValueKind kind, ValueCondition condition) in block.Values())
            {
                if (condition.Value is Glob && condition.Value.Text.AsSpan().ContainsAny(_signs) && Sign.IsMatch(condition.Value.Text))
                {
                    context.Report(
                        block.At.Of(
                            kind switch
                            {
                                NamedValueKind.Header => MatchFields.Header,
                                NamedValueKind.Parameter => MatchFields.Query,
                                _ => MatchFields.Cookie,
                            }
                        ),
                        $"'{condition.Value.Text}' is a glob, in which only '*' has a meaning",
                        "write '2*' for what starts with 2, '*2*' for what has it anywhere, '{ regex: \"...\" }' for a regex"
                    );
                }
            }
        }
    }

    [GeneratedRegex(@"^[~^]|\.[*+]|[^$]\$$|\\[dws.]|\(\?|\([^)]*\|[^)]*\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sign { get; }
}
