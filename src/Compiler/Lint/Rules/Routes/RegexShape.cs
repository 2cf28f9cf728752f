using System.Buffers;
using System.Text;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>What can be told about a path regex from its text alone.</summary>
internal static class RegexShape
{
    private static readonly SearchValues<char> _signs = SearchValues.Create(@".+*?()[]{}|^$\");

    /// <summary>Whether the regex matches every path. A path is never empty and starts with a slash.</summary>
    public static bool TakesEverything(string regex) =>
        LiteralPrefix(regex) is "" or "/" || regex is "" or "/" or "." or ".*" or "(.*)" or ".*$" or "(.*)$";

    /// <summary>
    /// The prefix whose paths, and only whose paths, the regex takes, as <c>/api/</c> for <c>^/api/.*</c>; null where it is no such regex.
    /// </summary>
    public static string? LiteralPrefix(string regex)
    {
        if (!regex.StartsWith('^'))
        {
            return null;
        }

        ReadOnlySpan<char> rest = regex.AsSpan(1);
        foreach (string tail in (ReadOnlySpan<string>)["(.*)$", ".*$", "(.*)", ".*"])
        {
            if (rest.EndsWith(tail, StringComparison.Ordinal) && !rest[..^tail.Length].EndsWith("\\", StringComparison.Ordinal))
            {
                rest = rest[..^tail.Length];
                break;
            }
        }

        return Literal(rest);
    }

    /// <summary>
    /// What every match of an anchored regex starts with: the plain characters behind <c>^</c>; empty where that can't be told.
    /// </summary>
    public static string FirstLiteral(string regex)
    {
        if (!regex.StartsWith('^') || regex.Contains('|', StringComparison.Ordinal))
        {
            return "";
        }

        ReadOnlySpan<char> rest = regex.AsSpan(1);
        int end = rest.IndexOfAny(_signs);

        // A quantifier may take away the character before it.
        return (
            end < 0 ? rest
            : end > 0 && rest[end] is '*' or '?' or '{' ? rest[..(end - 1)]
            : rest[..end]
        ).ToString();
    }

    /// <summary>The text that a regex without any sign matches, escapes resolved; null where there is a sign.</summary>
    public static string? Literal(ReadOnlySpan<char> regex)
    {
        var text = new StringBuilder(regex.Length);
        for (int i = 0; i < regex.Length; i++)
        {
            char c = regex[i];
            if (c == '\\' && i + 1 < regex.Length && !char.IsAsciiLetterOrDigit(regex[i + 1]))
            {
                text.Append(regex[++i]);
            }
            else if (_signs.Contains(c))
            {
                return null;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }
}
