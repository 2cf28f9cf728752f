using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Targets.Traefik.Syntax;
using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik.Building;

/// <summary>
/// Rewrites the raw path. The middleware replaces each match, so that a regex takes the whole path; what is to stay stands in groups.
/// </summary>
internal static class PathRewrites
{
    private const string Rest = "((?s:.*))$";

    /// <summary>The replacements of a route, in their order; none where the target stays.</summary>
    public static IEnumerable<ReplacementView> Of(Route route)
    {
        if (route.Rewrite is not { } rewrite)
        {
            yield break;
        }

        string to = Literal(rewrite.To);
        string prefix = route.Path.IsEverything ? "^" : RawPathRegex.Of(route.Path.Text, Escape);
        switch (rewrite.Kind)
        {
            case PathRewriteKind.AddPrefix:
                yield return Replace("^" + Rest, to + "${1}");
                break;
            case PathRewriteKind.Regex when rewrite.Regex is { } regex:
                RegexReplacement replacement = Read(rewrite, regex);
                yield return FirstMatch(regex, replacement);
                if (!replacement.KeepsRoot)
                {
                    yield return Replace("^([^/](?s:.*))?$", "/${1}");
                }

                break;
            case PathRewriteKind.StripPrefix:
            case PathRewriteKind.ReplacePrefix when rewrite.To.Length == 0:
                yield return Replace($"{prefix}/?{Rest}", "/${1}");
                break;
            default:
                yield return Replace(prefix + Rest, to + "${1}");
                break;
        }
    }

    private static RegexReplacement Read(PathRewrite rewrite, RegexPattern regex) =>
        RegexReplacement.TryParse(rewrite.To, regex, out RegexReplacement? read, out _, out _)
            ? read
            : throw new InvalidOperationException("no replacement: " + rewrite.To);

    // The first group is what stands before the match, the second the match, the last what stands behind it.
    private static ReplacementView FirstMatch(RegexPattern regex, RegexReplacement replacement)
    {
        const int raise = 2;
        string to = string.Concat(
            replacement.Parts.Select(static part =>
                part.Literal is { } literal ? Literal(literal) : string.Create(null, $"${{{part.Group + raise}}}")
            )
        );
        return Replace(
            $"^((?s:.*?))({regex.Write(RegexDialect.Re2)}){Rest}",
            string.Create(null, $"${{1}}{to}${{{regex.Groups.Count + raise + 1}}}")
        );
    }

    private static ReplacementView Replace(string regex, string to) => new(TraefikQuoting.Scalar(regex), TraefikQuoting.Scalar(to));

    private static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    private static string Escape(string text) => RegexText.Escape(text, RegexDialect.Re2);
}
