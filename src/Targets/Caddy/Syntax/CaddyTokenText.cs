using System.Buffers;
using System.Text.RegularExpressions;

namespace Confgen.Targets.Caddy.Syntax;

/// <summary>
/// Writes a text as one token: bare, in quotes or in backquotes, whichever each release and <c>caddy fmt</c> read as that text.
/// </summary>
internal static partial class CaddyTokenText
{
    /// <summary>What needs no quotes in any release, nor makes <c>caddy fmt</c> see a string, a comment or a block.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!$%&'()*+,-./:;<=>?@[]^_|~"
    );

    /// <summary>
    /// An unset variable whose default is a brace: the only way to a literal <c>{$</c>, since references are replaced before all else.
    /// </summary>
    private const string HiddenBrace = "{$CONFGEN_NONE:";

    /// <summary>A token with this text.</summary>
    public static CaddyQuoted Of(string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Plain) && text[0] != '<')
        {
            return CaddyQuoted.Of(text);
        }

        if (text is "{" or "}")
        {
            return CaddyQuoted.Refused("Caddy takes a lone brace for a block's, in quotes too");
        }

        if (!IsWellFormed(text))
        {
            return CaddyQuoted.Refused("it holds half of a surrogate pair, which no UTF-8 file can");
        }

        string shown = HideReferences(text);
        if (IsBare(shown))
        {
            return CaddyQuoted.Of(shown);
        }

        // Backslashes before a quote, or at the end, come in pairs or not at all.
        bool odd = HasOddBackslashes(shown);
        if ((odd || (shown.Contains('"') && IsSafeInBackticks(shown))) && !shown.Contains('`'))
        {
            return CaddyQuoted.Of("`" + shown + "`");
        }

        return odd
            ? CaddyQuoted.Refused("beside a backquote Caddy can't tell a backslash before a quote, or at the end, from an escape")
            : CaddyQuoted.Of("\"" + shown.Replace("\"", "\\\"", StringComparison.Ordinal) + "\"");
    }

    /// <summary>
    /// A placeholder as it stands in expanded values, or a count of a repetition: the only braces that go without quotes.
    /// </summary>
    [GeneratedRegex(@"\{[a-z][A-Za-z0-9_.\-]*\}|\{[0-9]+(?:,[0-9]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BareBraces();

    private static bool IsWellFormed(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private static string HideReferences(string text) =>
        !text.Contains(CaddyEnvironment.Open, StringComparison.Ordinal)
            ? text
            : HidesBackslash().Replace(text, static match => HiddenBrace + match.Value[..^1] + "}$");

    [GeneratedRegex(@"\\*\{\$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HidesBackslash();

    public static bool IsBare(string text)
    {
        if (
            text.Length == 0
            || text[0] is '<' or '\\' or '`' or '"' or '#'
            || text[^1] == '\\'
            || text.Contains("\\<", StringComparison.Ordinal)
        )
        {
            return false;
        }

        int from = 0;
        foreach (ValueMatch braces in BareBraces().EnumerateMatches(text))
        {
            if (!IsPlain(text.AsSpan(from, braces.Index - from)))
            {
                return false;
            }

            from = braces.Index + braces.Length;
        }

        return IsPlain(text.AsSpan(from));

        static bool IsPlain(ReadOnlySpan<char> stretch)
        {
            foreach (char c in stretch)
            {
                if (c != '\\' && !Plain.Contains(c))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static bool HasOddBackslashes(string text)
    {
        int run = 0;
        foreach (char c in text)
        {
            if (c == '\\')
            {
                run++;
                continue;
            }

            if (c == '"' && run % 2 == 1)
            {
                return true;
            }

            run = 0;
        }

        return run % 2 == 1;
    }

    /// <summary>
    /// Whether <c>caddy fmt</c> leaves the text alone between backticks. Before 2.7 it doesn't know them: it joins white space, moves
    /// braces and sees strings and comments within.
    /// </summary>
    private static bool IsSafeInBackticks(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char ch = text[i];
            char before = i > 0 ? text[i - 1] : '`';
            char after = i + 1 < text.Length ? text[i + 1] : '`';
            bool unsafeHere = ch switch
            {
                ' ' => before is ' ' or '`' || after is ' ' or '`',
                '{' => after is '{' or '`' || char.IsWhiteSpace(after),
                '}' => char.IsWhiteSpace(before) || !text.AsSpan(0, i).Contains('{'),
                '\\' or '#' => true,
                _ => char.IsWhiteSpace(ch) || char.IsControl(ch),
            };
            if (unsafeHere)
            {
                return false;
            }

            // After a space a quote starts a string, which must end in here.
            if (ch == '"' && before == ' ')
            {
                int close = text.IndexOf('"', i + 1);
                if (close < 0)
                {
                    return false;
                }

                i = close;
            }
        }

        return true;
    }
}
