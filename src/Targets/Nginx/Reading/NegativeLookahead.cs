using System.Text;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>
/// A look-ahead for what may not follow, as in <c>/\.(?!well-known)</c>, where it stands last: a regex of a spec has none, and says by
/// alternatives what may follow.
/// </summary>
internal static class NegativeLookahead
{
    private const int MostLetters = 80;

    /// <summary>The regex without its look-ahead; the same one where it can't be said.</summary>
    public static string Expand(string regex)
    {
        int start = regex.IndexOf("(?!", StringComparison.Ordinal);
        int end = start < 0 ? -1 : regex.IndexOf(')', start);
        if (end < 0 || regex[(end + 1)..] is not ("" or ".*" or ".*$" or ".+") || !EndsHere(regex[..start]))
        {
            return regex;
        }

        string[] texts = [.. regex[(start + 3)..end].Split('|').Select(Literal).OfType<string>()];
        bool isWhole = texts.Length == regex[(start + 3)..end].Split('|').Length && texts.All(t => t.Length > 0);
        if (!isWhole || texts.Sum(t => t.Length) > MostLetters)
        {
            return regex;
        }

        bool mayEnd = !regex.EndsWith(".+", StringComparison.Ordinal);
        var text = new StringBuilder(regex[..start]);
        Write(text, texts, 0, mayEnd);
        return text.ToString();
    }

    // Whether the group stands outside of all others.
    private static bool EndsHere(string before)
    {
        int depth = 0;
        bool isClass = false;
        for (int i = 0; i < before.Length; i++)
        {
            switch (before[i])
            {
                case '\\':
                    i++;
                    break;
                case '[' when !isClass:
                    isClass = true;
                    break;
                case ']':
                    isClass = false;
                    break;
                case '(' when !isClass:
                    depth++;
                    break;
                case ')' when !isClass:
                    depth--;
                    break;
                case '|' when !isClass && depth == 0:
                    return false;
            }
        }

        return depth == 0 && !isClass;
    }

    // The text that a piece of a regex matches alone; null where there are more.
    private static string? Literal(string piece)
    {
        var text = new StringBuilder();
        for (int i = 0; i < piece.Length; i++)
        {
            bool isEscaped = piece[i] == '\\' && i + 1 < piece.Length && char.IsAscii(piece[i + 1]) && char.IsPunctuation(piece[i + 1]);
            i += isEscaped ? 1 : 0;
            if (!isEscaped && !(char.IsAsciiLetterOrDigit(piece[i]) || piece[i] is '-' or '_' or '/' or '~'))
            {
                return null;
            }

            text.Append(piece[i]);
        }

        return text.ToString();
    }

    // What doesn't begin with any of the texts, from a place that all of them have come to.
    private static void Write(StringBuilder into, IReadOnlyList<string> texts, int at, bool mayEnd)
    {
        IGrouping<char, string>[] next = [.. texts.GroupBy(t => t[at])];
        into.Append("(?:");
        if (at > 0 || mayEnd)
        {
            into.Append("$|");
        }

        into.Append("[^")
            .Append(string.Concat(next.Select(g => g.Key == '-' ? "\\-" : g.Key.ToString()).Order(StringComparer.Ordinal)))
            .Append(']');
        foreach (IGrouping<char, string> group in next.Where(g => g.All(t => t.Length > at + 1)))
        {
            into.Append('|').Append(Importing.SpecRegex.Escape(group.Key.ToString()));
            Write(into, [.. group], at + 1, mayEnd);
        }

        into.Append(')');
    }
}
