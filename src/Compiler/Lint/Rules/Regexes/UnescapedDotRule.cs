using System.Text.RegularExpressions;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Regexes;

/// <summary>A dot is any character.</summary>
internal sealed partial class UnescapedDotRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0381",
        "unescaped-dot",
        Severity.Warning,
        "A dot before a file's extension that stands for any character"
    )
    {
        Why =
            @"In a regex `.` is any character: `.js$` takes `/app.js`, and `/nodejs` as well. Write `\.js$`, in single quotes so that YAML leaves the backslash alone.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { regex: '.(js|css)$', proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { regex: '\.(js|css)$', proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (
                route.Path.Kind == PathMatcherKind.Regex
                && HasBareDot(route.Path.Text)
                && Extension.Match(route.Path.Text) is { Success: true } match
            )
            {
                string right = route.Path.Text.Insert(match.Groups["dot"].Index, @"\");
                context.Report(route.Path.At.Span, $"the '.' in '{match.Value}' is any character", $"write '{right}'");
            }
        }
    }

    // The regex is made when there is something to find: making it takes longer than checking a small spec.
    private static bool HasBareDot(string regex)
    {
        int at = regex.LastIndexOf('.');
        while (at > 0 && regex[at - 1] == '\\')
        {
            at = regex.LastIndexOf('.', at - 1);
        }

        return at >= 0;
    }

    [GeneratedRegex(
        @"(?:^|[^\\])(?<dot>\.)(?:\((?:\?:)?[A-Za-z0-9?|]+\)|[A-Za-z][A-Za-z0-9]{1,4})\$$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Extension { get; }
}
