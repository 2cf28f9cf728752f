using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Targets.HAProxy.Syntax;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Rewrites the raw path: the regex takes all of it, since HAProxy replaces the whole path by what is given.</summary>
internal sealed class PathRewrites(HAProxyTexts texts)
{
    // \1 to \9; the first has what stands before the match, the last what stands behind it.
    private const int MostGroups = 9;

    private const string Field = "x-confgen-path";

    /// <summary>The lines that rewrite; none where the target stays.</summary>
    public IEnumerable<string> Of(Route route)
    {
        if (route.Rewrite is not { } rewrite)
        {
            yield break;
        }

        SourceSpan at = rewrite.At.Span;
        string to = HAProxyQuoting.EscapeReplacement(rewrite.To);
        string prefix = route.Path.IsEverything ? "^" : RawPathRegex.Of(route.Path.Text, Escape);
        switch (rewrite.Kind)
        {
            case PathRewriteKind.AddPrefix:
                yield return Replace("^(.*)$", to + @"\1", at);
                break;
            case PathRewriteKind.Regex when rewrite.Regex is { } regex:
                foreach (string line in FirstMatch(regex, rewrite, at))
                {
                    yield return line;
                }

                break;
            case PathRewriteKind.StripPrefix:
            case PathRewriteKind.ReplacePrefix when rewrite.To.Length == 0:
                yield return Replace(prefix + "/?(.*)$", @"/\1", at);
                break;
            default:
                yield return Replace(prefix + "(.*)$", to + @"\1", at);
                break;
        }
    }

    private IEnumerable<string> FirstMatch(RegexPattern regex, PathRewrite rewrite, SourceSpan at)
    {
        var replacement = new WholePathReplacement(regex, rewrite);
        if (replacement.LastGroup > MostGroups)
        {
            texts.Refuse(at, "HAProxy knows nine groups of a regex, of which it needs three", "use fewer groups");
        }

        string to = replacement.Write(HAProxyQuoting.EscapeReplacement, '\\');
        string all = replacement.Match(HAProxyTexts.Pcre(regex), ".*");
        string result = $"\\1{to}\\{replacement.LastGroup}";
        if (replacement.KeepsRoot)
        {
            return [Replace(all, result, at)];
        }

        // A path without its slash is none to HAProxy, so that it gets one while it is a field.
        return
        [
            $"http-request set-header {Field} %[path]",
            $"http-request replace-header {Field} {texts.Word(all, at)} {texts.Word(result, at)}",
            $"http-request replace-header {Field} {texts.Word("^([^/].*)?$", at)} {texts.Word(@"/\1", at)}",
            $"http-request set-path %[req.fhdr({Field})]",
            $"http-request del-header {Field}",
        ];
    }

    private string Replace(string regex, string to, SourceSpan at) =>
        $"http-request replace-path {texts.Word(regex, at)} {texts.Word(to, at)}";

    private static string Escape(string text) => RegexText.Escape(text, RegexDialect.Pcre);
}
