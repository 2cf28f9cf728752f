using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>Regexes are asked before paths, so a regex that takes a whole prefix hides every path below it.</summary>
internal sealed class HiddenByRegexRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0211",
        "hidden-by-regex",
        Severity.Error,
        "A route that is never reached, because a regex takes its paths first"
    )
    {
        Why =
            "`exact` goes first, then every `regex` in the order written, then the longest `path`. A regex as `^/api` takes all that a "
            + "`path: /api/v2` could, and all that a later regex behind the same prefix could. Write the regex as a `path`: then the "
            + "longest one wins.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { regex: "^/api/", proxy: "http://127.0.0.1:3000" }
                  - { path: /api/v2, proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /api, proxy: "http://127.0.0.1:3000" }
                  - { path: /api/v2, proxy: "http://127.0.0.1:3001" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            var prefixes = new Dictionary<string, Route>(StringComparer.Ordinal);
            foreach (Route route in site.Routes.Where(r => r.Path.Kind == PathMatcherKind.Regex))
            {
                string? prefix = RegexShape.TakesEverything(route.Path.Text) ? "" : RegexShape.LiteralPrefix(route.Path.Text);
                Report(context, route, prefix ?? RegexShape.FirstLiteral(route.Path.Text), prefixes, strictly: prefix is not null);
                if (prefix is not null && route.Match.Count == 0)
                {
                    prefixes.TryAdd(prefix, route);
                }
            }

            foreach (Route route in prefixes.Count == 0 ? [] : site.Routes.Where(r => r.Path.Kind == PathMatcherKind.Prefix))
            {
                Report(context, route, route.Path.Text, prefixes, strictly: false);
            }
        }
    }

    // A regex of the same text is the business of another rule.
    private static void Report(LintContext context, Route route, string text, Dictionary<string, Route> prefixes, bool strictly)
    {
        for (int length = 0; length <= text.Length && prefixes.Count > 0; length++)
        {
            if (prefixes.TryGetValue(text[..length], out Route? before) && !(strictly && before.Path.Text == route.Path.Text))
            {
                string taken =
                    before.Path.Text.Length == 0 || length <= 1 ? "every path" : $"every path that starts with '{text[..length]}'";
                context.Report(
                    route.Path.At.Span,
                    $"this route never answers: the regex '{before.Path.Text}' goes first and takes {taken}",
                    "write that regex as a 'path', so that the longest one wins",
                    new RelatedSpan(before.Path.At.Span, "the regex")
                );
                return;
            }
        }
    }
}
