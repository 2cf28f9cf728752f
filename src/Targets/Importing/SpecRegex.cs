using Confgen.Model.Globs;
using Confgen.Model.Regexes;

namespace Confgen.Targets.Importing;

/// <summary>Regexes of a spec that are composed of texts and of a program's regexes.</summary>
internal static class SpecRegex
{
    private const string IgnoresCase = "(?i)";

    /// <summary>A text as a regex that matches it alone.</summary>
    public static string Escape(string text) =>
        string.Concat(text.Select(c => @"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()));

    /// <summary>A regex on a value of <c>match</c>; null where the spec would refuse it.</summary>
    /// <param name="regex">The program's regex.</param>
    /// <param name="field">The field of <c>match</c> that it stands in.</param>
    public static string? OfValue(string regex, string field) =>
        RegexPattern.TryParse(regex, out RegexPattern? pattern, out _, out _)
        && ValueRegex.TryCreate(
            pattern,
            field switch
            {
                "query" => ValueRegex.OutsideQuery,
                "cookie" => ValueRegex.OutsideCookies,
                _ => null,
            },
            out _,
            out _
        )
            ? regex
            : null;

    /// <summary>Whether an alternation stands outside of all groups; so it is taken to be where the regex can't be read.</summary>
    public static bool HasAlternatives(string regex) =>
        !RegexPattern.TryParse(regex, out RegexPattern? read, out _, out _) || read.Root is RegexAlternation;

    /// <summary>
    /// The paths that begin with a prefix and that a regex matches anywhere, also where the match begins within the prefix.
    /// </summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="regex">The regex; not anchored at the start.</param>
    /// <returns>A regex, which ignores the case of the prefix where the given one ignores case; null where these paths are not known to be
    /// those of a regex.</returns>
    public static string? Below(string prefix, string regex)
    {
        if (prefix == "/")
        {
            return regex;
        }

        bool ignoresCase = regex.StartsWith(IgnoresCase, StringComparison.Ordinal);
        string body = ignoresCase ? regex[IgnoresCase.Length..] : regex;
        if (HasAlternatives(regex) || body.StartsWith('^'))
        {
            return null;
        }

        (string begin, string rest) = Begin(body);
        var comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var ways = new List<string> { ".*" + body };
        for (int at = 0; at < prefix.Length; at++)
        {
            int compared = Math.Min(prefix.Length - at, begin.Length);
            if (string.Compare(prefix, at, begin, 0, compared, comparison) != 0)
            {
                continue;
            }

            if (prefix.Length - at > begin.Length)
            {
                // What is behind its fixed text decides whether the match goes on.
                return null;
            }

            ways.Add(Escape(begin[compared..]) + rest);
        }

        string below = (ignoresCase ? IgnoresCase : "") + "^" + Escape(prefix);
        below += ways.Count == 1 ? ways[0] : $"(?:{string.Join('|', ways)})";
        return RegexPattern.TryParse(below, out _, out _, out _) ? below : null;
    }

    // The fixed text that a regex begins with, which no quantifier takes back, and what follows it.
    private static (string Text, string Behind) Begin(string regex)
    {
        var begin = new System.Text.StringBuilder();
        int at = 0;
        while (at < regex.Length)
        {
            bool isEscaped = regex[at] == '\\' && at + 1 < regex.Length && char.IsAscii(regex[at + 1]) && char.IsPunctuation(regex[at + 1]);
            char c = isEscaped ? regex[at + 1] : regex[at];
            int next = at + (isEscaped ? 2 : 1);
            bool isPlain = isEscaped || char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '~' or '%' or '@' or ',' or ':' or '=';
            if (!isPlain || (next < regex.Length && regex[next] is '?' or '*' or '+' or '{'))
            {
                break;
            }

            begin.Append(c);
            at = next;
        }

        return (begin.ToString(), regex[at..]);
    }
}
