using System.Globalization;
using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Regexes for paths: <c>path</c> matchers ignore case, take wildcards and miss the prefix itself, so that they can't be used.
/// </summary>
internal static class PathPattern
{
    /// <summary>One or several separators, also encoded, with the <c>.</c> segments between them.</summary>
    private const string Separator = "(?:/|%2[Ff])+(?:(?:\\.|%2[Ee])(?:/|%2[Ff])+)*";

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
    public static string RawPrefix(string prefix)
    {
        var result = new StringBuilder("^");
        Span<byte> bytes = stackalloc byte[4];
        if (prefix == "/")
        {
            return result.Append(Separator).ToString();
        }

        foreach (string segment in prefix.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            result.Append(Separator);
            foreach (Rune rune in segment.EnumerateRunes())
            {
                result.Append("(?:").Append(Escape(rune.ToString())).Append('|');
                foreach (byte each in bytes[..rune.EncodeToUtf8(bytes)])
                {
                    result.Append('%').Append(Digit(each >> 4)).Append(Digit(each & 15));
                }

                result.Append(')');
            }
        }

        return result.ToString();
    }

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

    private static string Digit(int value) =>
        value < 10
            ? value.ToString(CultureInfo.InvariantCulture)
            : string.Create(null, $"[{(char)('A' + value - 10)}{(char)('a' + value - 10)}]");
}
