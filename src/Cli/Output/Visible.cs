using System.Buffers;
using System.Globalization;
using System.Text;

namespace Confgen.Cli.Output;

/// <summary>
/// Text from a spec on its way to a terminal or to the log of a CI system. Control characters could recolour, move or hide what follows,
/// bidirectional ones could show it in another order, and some beginnings are commands to the system that runs the job: all are shown as
/// escapes.
/// </summary>
internal static class Visible
{
    // C0, DEL, C1; the marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm; the separators of lines and
    // paragraphs; the byte order mark.
    private static readonly SearchValues<char> _hidden = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(c => (char)c),
        .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c),
        '\u061C',
        '\u200E',
        '\u200F',
        '\u2028',
        '\u2029',
        '\u202A',
        '\u202B',
        '\u202C',
        '\u202D',
        '\u202E',
        '\u2066',
        '\u2067',
        '\u2068',
        '\u2069',
        '\uFEFF',
    ]);

    // GitHub's of the second kind, Azure's and TeamCity's, wherever they stand in a line.
    private static readonly SearchValues<string> _commands = SearchValues.Create(
        ["##[", "##vso[", "##teamcity["],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>The text with everything that would not be seen written out; a tab becomes a space.</summary>
    public static string Text(string text) => Escape(text, tab: ' ');

    /// <summary>A line of a file with everything that would not be seen written out, but for tabs.</summary>
    public static string Line(string line) => Escape(line, tab: '\t');

    /// <summary>Several lines, each as <see cref="Text"/>.</summary>
    public static string Lines(string text) =>
        text.Contains('\n', StringComparison.Ordinal) ? string.Join('\n', text.Split('\n').Select(Text)) : Text(text);

    /// <summary>A JSON document with the same characters as JSON's escapes: they can only stand within its strings.</summary>
    public static string Json(string document) =>
        document.AsSpan().IndexOfAny(_hidden) < 0
            ? document
            : string.Concat(document.Select(c => c != '\n' && _hidden.Contains(c) ? Escaped(c) : c.ToString()));

    private static string Escape(string text, char tab)
    {
        // GitHub's commands of the first kind begin a line, after any space.
        bool isCommand = text.AsSpan().TrimStart().StartsWith("::") || text.AsSpan().ContainsAny(_commands);
        if (!isCommand && text.AsSpan().IndexOfAny(_hidden) < 0)
        {
            return text;
        }

        int colons = isCommand && text.AsSpan().TrimStart().StartsWith("::") ? text.IndexOf(':', StringComparison.Ordinal) : -1;
        var shown = new StringBuilder(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\t')
            {
                shown.Append(tab);
            }
            else if (
                _hidden.Contains(c)
                || i == colons
                || (c == '#' && isCommand && text.AsSpan(i).StartsWith("##") && text.AsSpan(i).IndexOfAny(_commands) == 0)
            )
            {
                shown.Append(Escaped(c));
            }
            else
            {
                shown.Append(c);
            }
        }

        return shown.ToString();
    }

    private static string Escaped(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");

    /// <summary>The columns that a shown text fills on a terminal.</summary>
    public static int Columns(ReadOnlySpan<char> text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text.Length;
        }

        int columns = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            columns += Columns(rune);
        }

        return columns;
    }

    // Combining marks take none; East Asian wide characters and pictures take two (Unicode's annex 11, in its large blocks).
    private static int Columns(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            _ => rune.Value
                is (>= 0x1100 and <= 0x115F)
                    or (>= 0x2E80 and <= 0xA4CF)
                    or (>= 0xAC00 and <= 0xD7A3)
                    or (>= 0xF900 and <= 0xFAFF)
                    or (>= 0xFE30 and <= 0xFE6F)
                    or (>= 0xFF00 and <= 0xFF60)
                    or (>= 0xFFE0 and <= 0xFFE6)
                    or (>= 0x1F300 and <= 0x1F64F)
                    or (>= 0x1F900 and <= 0x1F9FF)
                    or (>= 0x20000 and <= 0x3FFFD)
                ? 2
                : 1,
        };
}
