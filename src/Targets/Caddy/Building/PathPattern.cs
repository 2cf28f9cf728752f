using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Regexes for paths: <c>path</c> matchers ignore case, take wildcards and miss the prefix itself, so that they can't be used.
/// </summary>
internal static class PathPattern
{
    /// <summary>Matches the normalised path.</summary>
    public static string Of(PathMatcher path) =>
        path.Kind switch
        {
            PathMatcherKind.Exact => "^" + Escape(path.Text) + "$",
            PathMatcherKind.Regex => path.Regex?.Write(RegexDialect.Re2) ?? path.Text,
            _ when path.Text == "/" => "^/",
            _ => "^" + Escape(path.Text) + "(?:/|$)",
        };

    /// <summary>Matches a prefix at the start of the raw path, in whatever spelling.</summary>
    public static string RawPrefix(string prefix) => RawPathRegex.Of(prefix, Escape);

    /// <summary>The text as a regex that matches just it.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            result
                .Append(c is '\\' or '.' or '+' or '*' or '?' or '(' or ')' or '|' or '[' or ']' or '{' or '}' or '^' or '$' ? "\\" : "")
                .Append(c);
        }

        return result.ToString();
    }
}
