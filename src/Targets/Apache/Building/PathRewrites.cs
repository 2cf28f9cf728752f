using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Apache.Building;

/// <summary>Writes the path that a server gets: the raw one, which rules may rewrite.</summary>
internal sealed class PathRewrites(ApacheTexts texts)
{
    // %1 to %9; the first has what stands before the match, the last what stands behind it.
    private const int MostGroups = 9;
    private const string RawPath = "%{ENV:" + ApacheTexts.RawPath + "}";
    private const string Target = "%{ENV:target}";

    /// <summary>
    /// Rules that go first, and the paths that a server may get: each with the condition under which it does; the last holds if no other
    /// does.
    /// </summary>
    public (IReadOnlyList<string> Before, IReadOnlyList<(string? Condition, string Path)> Paths) Of(Route route)
    {
        if (route.Rewrite is not { } rewrite)
        {
            return ([], [(null, RawPath)]);
        }

        SourceSpan at = rewrite.At.Span;
        string to = ApacheQuoting.EscapeSubstitution(rewrite.To);
        string prefix = route.Path.IsEverything ? "^" : RawPathRegex.Of(route.Path.Text, Escape);
        return rewrite.Kind switch
        {
            PathRewriteKind.AddPrefix => ([], [(null, to + RawPath)]),
            PathRewriteKind.Regex when rewrite.Regex is { } regex => FirstMatch(regex, rewrite, at),
            PathRewriteKind.StripPrefix => ([], [(On(RawPath, prefix + "/?(.*)$", at), "/%1")]),
            PathRewriteKind.ReplacePrefix when rewrite.To.Length == 0 => ([], [(On(RawPath, prefix + "/?(.*)$", at), "/%1")]),
            _ => ([], [(On(RawPath, prefix + "(.*)$", at), to + "%1")]),
        };
    }

    private (IReadOnlyList<string> Before, IReadOnlyList<(string? Condition, string Path)> Paths) FirstMatch(
        RegexPattern regex,
        PathRewrite rewrite,
        SourceSpan at
    )
    {
        var replacement = new WholePathReplacement(regex, rewrite);
        if (replacement.LastGroup > MostGroups)
        {
            texts.Refuse(at, "httpd knows nine groups of a regex, of which this needs up to three", "use fewer groups");
        }

        string to = replacement.Write(ApacheQuoting.EscapeSubstitution, '%');
        string match = On(RawPath, replacement.Match(ApacheTexts.Pcre(regex), "(?s:.*)"), at);
        string result = string.Create(null, $"%1{to}%{replacement.LastGroup}");
        if (replacement.KeepsRoot)
        {
            return ([], [(match, result), (null, RawPath)]);
        }

        // What doesn't start with a slash gets one.
        if (to.Contains(',', StringComparison.Ordinal))
        {
            texts.Refuse(at, "a comma in what a regex is replaced by, where that doesn't start with '/'", "let it start with '/'");
        }

        return (
            [$"RewriteRule ^ - [E=target:{RawPath}]", match, $"RewriteRule ^ - {texts.Raw($"[E=target:{result}]", at)}"],
            [(On(Target, "^/?(.*)$", at), "/%1")]
        );
    }

    private string On(string what, string regex, SourceSpan at) => $"RewriteCond {ApacheQuoting.Raw(what)} {texts.RawRegex(regex, at)}";

    private static string Escape(string text) => RegexText.Escape(text, RegexDialect.Pcre);
}
