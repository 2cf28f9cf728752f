using System.Text.RegularExpressions;

namespace Confgen.Cli.Editing.Cursors;

/// <summary>
/// A line of YAML as its columns show it, whether or not the file can be read: dashes, a key, what stands behind it. Columns count from 0.
/// </summary>
/// <param name="Text">The line.</param>
/// <param name="Dashes">The columns of dashes that begin items of lists.</param>
/// <param name="Column">The column of what stands behind the dashes.</param>
/// <param name="Key">The key that stands there, without quotes; null where there is none.</param>
/// <param name="ValueColumn">The column behind the key's colon; where there is no key, <paramref name="Column"/>.</param>
internal sealed partial record SpecLine(string Text, IReadOnlyList<int> Dashes, int Column, string? Key, int ValueColumn)
{
    /// <summary>Whether it holds nothing but blanks or a comment.</summary>
    public bool IsEmpty => Column >= Text.Length || Text[Column] == '#';

    /// <summary>The column of the first thing on it.</summary>
    public int Indent => Dashes.Count > 0 ? Dashes[0] : Column;

    /// <summary>Reads a line.</summary>
    public static SpecLine Of(string text)
    {
        var dashes = new List<int>();
        int column = Blanks(text, 0);
        while (column < text.Length && text[column] == '-' && (column + 1 == text.Length || text[column + 1] == ' '))
        {
            dashes.Add(column);
            column = column + 1 == text.Length ? text.Length : Blanks(text, column + 1);
        }

        Match key = KeyAtStart().Match(text[column..]);
        return key.Success
            ? new SpecLine(text, dashes, column, key.Groups["key"].Value.Trim('"', '\''), column + key.Groups["colon"].Index + 1)
            : new SpecLine(text, dashes, column, null, column);
    }

    private static int Blanks(string text, int from)
    {
        while (from < text.Length && text[from] == ' ')
        {
            from++;
        }

        return from;
    }

    [GeneratedRegex(
        """^(?<key>"[^"]*"|'[^']*'|[^\s#"'{}\[\],&*!|>%@`:-][^\s:{}\[\],]*)\s*(?<colon>:)(\s|\z)""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex KeyAtStart();
}
