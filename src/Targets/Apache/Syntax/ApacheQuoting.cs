using System.Buffers;
using System.Text;

namespace Confgen.Targets.Apache.Syntax;

/// <summary>
/// Writes any value as one argument of a directive, so that httpd reads exactly that value back, or says why it can't. Nothing that passed
/// can end an argument or a line.
/// </summary>
internal static class ApacheQuoting
{
    /// <summary>The variable that holds a dollar sign, since <c>${NAME}</c> is exchanged wherever it stands.</summary>
    public const string Dollar = "dollar";

    // What the scanner of expressions keeps in one piece, with room for what a character becomes.
    private const int LongestPiece = 8000;

    private static readonly SearchValues<char> _bare = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:@+=,*"
    );

    /// <summary>Why httpd can't hold such a text, in one line without a full stop; null where it can.</summary>
    public static string? Refusal(string value)
    {
        for (int i = 0; i < value.Length; )
        {
            if (!Rune.TryGetRuneAt(value, i, out Rune rune))
            {
                return "it is not valid Unicode";
            }

            if (rune.Value is 0 or '\n')
            {
                return rune.Value == 0 ? "it has a NUL character" : "it has a line break, which no argument of a directive can hold";
            }

            i += rune.Utf16SequenceLength;
        }

        return null;
    }

    /// <summary>The value as an argument; in quotes only where it needs them.</summary>
    public static string Word(string value) => value.Length > 0 && value.AsSpan().IndexOfAnyExcept(_bare) < 0 ? value : Quote(value);

    /// <summary>The value as an argument in quotes.</summary>
    public static string Quote(string value)
    {
        value = value.Replace("${", "${" + Dollar + "}{", StringComparison.Ordinal);
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            // A backslash escapes a quote or another one alone, so that a regex needs none twice.
            bool escaped = value[i] == '"' || (value[i] == '\\' && (i + 1 == value.Length || value[i + 1] is '\\' or '"'));
            text.Append(escaped ? "\\" : "").Append(value[i]);
        }

        return text.Append('"').ToString();
    }

    /// <summary>Whether <see cref="Raw"/> can hold a text.</summary>
    public static bool FitsRaw(string value) =>
        !(value.Contains('"', StringComparison.Ordinal) && value.Contains('\'', StringComparison.Ordinal));

    /// <summary>The value as an argument of RewriteRule or RewriteCond, which end at the next quote and know no escape.</summary>
    public static string Raw(string value)
    {
        value = value.Replace("${", "${" + Dollar + "}{", StringComparison.Ordinal);
        return value.Contains('"', StringComparison.Ordinal) ? $"'{value}'" : $"\"{value}\"";
    }

    /// <summary>A regex as such an argument: of two kinds of quotes one is written by its number.</summary>
    public static string RawRegex(string regex)
    {
        if (FitsRaw(regex))
        {
            return Raw(regex);
        }

        var text = new StringBuilder();
        int backslashes = 0;
        foreach (char c in regex)
        {
            text.Append(
                c != '"' ? c.ToString()
                : backslashes % 2 == 1 ? "x22"
                : "\\x22"
            );
            backslashes = c == '\\' ? backslashes + 1 : 0;
        }

        return Raw(text.ToString());
    }

    /// <summary>A text as a part of a string expression, as ErrorDocument and <c>expr=</c> read one.</summary>
    public static string EscapeExpression(string text)
    {
        var result = new StringBuilder(text.Length);
        int piece = 0;
        foreach (char c in text)
        {
            if (++piece == LongestPiece)
            {
                // A variable that is never set ends a piece.
                result.Append("%{reqenv:nothing}");
                piece = 0;
            }

            result.Append(
                c switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\\' or '%' or '$' => "\\" + c,
                    _ => c.ToString(),
                }
            );
        }

        return result.ToString();
    }

    /// <summary>A text between the single quotes of an expression.</summary>
    public static string Literal(string text) => $"'{EscapeExpression(text).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <summary>A regex between the delimiters of an expression, which has no escape for them.</summary>
    public static string Regex(string regex) => $"m#{regex.Replace("#", "\\x23", StringComparison.Ordinal)}#";

    /// <summary>A text as the value of a field, which mod_headers reads as a format.</summary>
    public static string EscapeFormat(string text)
    {
        string format = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "%%", StringComparison.Ordinal);
        return format.StartsWith("expr=", StringComparison.OrdinalIgnoreCase) ? "expr=" + EscapeExpression(text) : format;
    }

    /// <summary>A text as a part of what a RewriteRule writes.</summary>
    public static string EscapeSubstitution(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            result.Append(c is '\\' or '%' or '$' ? "\\" : "").Append(c);
        }

        return result.ToString();
    }
}
