using System.Buffers;
using System.Globalization;
using System.Text;

namespace Confgen.Targets.HAProxy.Syntax;

/// <summary>
/// Writes any value as one word of a line, so that HAProxy reads exactly that value back, or says why it can't. Nothing that passed can end
/// a word or a line.
/// </summary>
internal static class HAProxyQuoting
{
    private static readonly SearchValues<char> _bare = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:@+=,"
    );

    /// <summary>Why HAProxy can't hold such a text, in one line without a full stop; null where it can.</summary>
    public static string? Refusal(string value)
    {
        for (int i = 0; i < value.Length; )
        {
            if (!Rune.TryGetRuneAt(value, i, out Rune rune))
            {
                return "it is not valid Unicode";
            }

            if (rune.Value == 0)
            {
                return "it has a NUL character";
            }

            i += rune.Utf16SequenceLength;
        }

        return null;
    }

    /// <summary>The value as a word; in quotes only where it needs them.</summary>
    public static string Word(string value) => value.Length > 0 && value.AsSpan().IndexOfAnyExcept(_bare) < 0 ? value : Quote(value);

    /// <summary>The text as a word that HAProxy reads as a format (its section 8.2.4): no <c>%</c> of it starts a variable.</summary>
    public static string EscapeFormat(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    /// <summary>A text for the replacement of a regex, which is a format as well: no backslash of it starts a reference.</summary>
    public static string EscapeReplacement(string text) => EscapeFormat(text.Replace(@"\", @"\\", StringComparison.Ordinal));

    // A line ends with its newline, also within quotes.
    private static string Quote(string value)
    {
        var result = new StringBuilder(value.Length + 8).Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' or '\\' or '$' => result.Append('\\').Append(c),
                < ' ' or '\x7F' => result.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}"),
                _ => result.Append(c),
            };
        }

        return result.Append('"').ToString();
    }
}
