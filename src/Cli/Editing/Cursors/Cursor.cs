namespace Confgen.Cli.Editing.Cursors;

/// <summary>
/// Where the editor's cursor stands in a spec. It is found by the columns of the lines, because a spec that somebody is typing can seldom
/// be read.
/// </summary>
/// <param name="Path">The keys that lead to the map or value at the cursor, from the root; null stands for an item of a list.</param>
/// <param name="Key">The key whose value the cursor is in, which <paramref name="Path"/> ends with; null where a key is being
/// written.</param>
/// <param name="Word">What is written of the key or value before the cursor.</param>
/// <param name="WordStart">The column of the word from 0.</param>
/// <param name="Siblings">The other keys of the map in which a key is being written.</param>
/// <param name="IsFlow">Whether it stands between brackets.</param>
/// <param name="Indent">The column of the map's keys.</param>
internal sealed record Cursor(
    IReadOnlyList<string?> Path,
    string? Key,
    string Word,
    int WordStart,
    IReadOnlyCollection<string> Siblings,
    bool IsFlow,
    int Indent
)
{
    // How many lines a bracket may stay open.
    private const int MostLines = 200;

    /// <summary>Finds the cursor.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="line">The line, from 0.</param>
    /// <param name="character">The column, from 0.</param>
    public static Cursor At(IReadOnlyList<string> lines, int line, int character)
    {
        line = Math.Clamp(line, 0, lines.Count - 1);
        string text = lines[line];
        character = Math.Clamp(character, 0, text.Length);
        return InFlow(lines, line, character) ?? InBlock(lines, line, character);
    }

    /// <summary>The keys that lead to a key, without it: the map in which it stands.</summary>
    public static IReadOnlyList<string?> PathOf(IReadOnlyList<string> lines, int line)
    {
        SpecLine read = SpecLine.Of(lines[line]);
        return Above(lines, line, read, read.Column);
    }

    private static Cursor InBlock(IReadOnlyList<string> lines, int line, int character)
    {
        string text = lines[line];
        SpecLine read = SpecLine.Of(text);
        if (read.Key is { } key && character >= read.ValueColumn)
        {
            int start = Math.Min(character, read.ValueColumn + Blanks(text[read.ValueColumn..]));
            return new Cursor([.. Above(lines, line, read, read.Column), key], key, text[start..character], start, [], false, read.Column);
        }

        // In front of the dash, or on an empty line, the cursor's own column says where it is.
        int column = Math.Min(read.Column, character);
        IReadOnlyList<string?> path = Above(
            lines,
            line,
            read.IsEmpty || character < read.Column ? SpecLine.Of(text[..column]) : read,
            column
        );

        // An item of a list of plain values is a value of the key above.
        return new Cursor(path, null, text[column..character], column, SiblingsOf(lines, line, column), false, column);
    }

    private static Cursor? InFlow(IReadOnlyList<string> lines, int line, int character)
    {
        string text = "";
        for (int first = line; first >= Math.Max(0, line - MostLines); first--)
        {
            string added = first == line ? lines[line][..character] : WithoutComment(lines[first]);
            text = first == line ? added : added + "\n" + text;
            SpecLine read = SpecLine.Of(lines[first]);
            int from = Math.Min(read.ValueColumn, added.Length);
            FlowPart part = FlowPart.Of(text, from);
            if (part.IsOpen)
            {
                string?[] outer = [.. Above(lines, first, read, read.Column)];
                string?[] path = [.. outer, .. read.Key is { } key ? new[] { key } : [], .. part.Path];
                int lineStart = text.LastIndexOf('\n') + 1;
                int start = Math.Min(Math.Max(part.Start, lineStart), text.Length);
                string word = text[start..];
                return new Cursor(
                    path,
                    part.AwaitsKey ? null : path.LastOrDefault(p => p is not null),
                    word,
                    start - lineStart,
                    part.Keys,
                    true,
                    read.Column
                );
            }

            // A line with a key at the left of everything can't stand inside brackets that were opened above.
            if (first < line && read is { IsEmpty: false, Indent: 0, Key: not null })
            {
                return null;
            }
        }

        return null;
    }

    // The keys and items that lead to what stands at a column of a line.
    private static List<string?> Above(IReadOnlyList<string> lines, int line, SpecLine read, int column)
    {
        var path = new List<string?>();
        int limit = column;
        foreach (int dash in read.Dashes.Reverse().Where(d => d < column))
        {
            path.Insert(0, null);
            limit = dash;
        }

        bool isItem = path.Count > 0;
        for (int above = line - 1; above >= 0 && (limit > 0 || isItem); above--)
        {
            SpecLine outer = SpecLine.Of(lines[above]);
            if (outer.IsEmpty)
            {
                continue;
            }

            // A list may stand at the column of the key that holds it.
            if (outer.Key is { } key && (outer.Column < limit || (isItem && outer.Column == limit)))
            {
                path.Insert(0, key);
                (limit, isItem) = (outer.Column, false);
            }

            foreach (int dash in outer.Dashes.Reverse().Where(d => d < limit))
            {
                path.Insert(0, null);
                (limit, isItem) = (dash, true);
            }
        }

        return path;
    }

    private static List<string> SiblingsOf(IReadOnlyList<string> lines, int line, int column)
    {
        var keys = new List<string>();

        // The first line of an item holds its dash: nothing of the item is above.
        bool isFirst = SpecLine.Of(lines[line]).Dashes.Count > 0;
        foreach (SpecLine above in Read(lines, isFirst ? [] : Enumerable.Range(0, line).Reverse()).TakeWhile(l => l.Column >= column))
        {
            Add(above);
            if (above.Indent < column)
            {
                break;
            }
        }

        foreach (SpecLine below in Read(lines, Enumerable.Range(line + 1, lines.Count - line - 1)).TakeWhile(l => l.Indent >= column))
        {
            Add(below);
        }

        return keys;

        void Add(SpecLine other)
        {
            if (other.Column == column && other.Key is { } key)
            {
                keys.Add(key);
            }
        }
    }

    private static IEnumerable<SpecLine> Read(IReadOnlyList<string> lines, IEnumerable<int> numbers) =>
        numbers.Select(n => SpecLine.Of(lines[n])).Where(l => !l.IsEmpty);

    private static int Blanks(string text) => text.Length - text.TrimStart(' ').Length;

    private static string WithoutComment(string text) =>
        text.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var at && !text[..at].Contains('"', StringComparison.Ordinal)
            ? text[..at]
            : text;
}
