namespace Confgen.Conformance.Tests.Generated;

/// <summary>The parts of a line of YAML in flow style, as <c>headers: { request: { set: { X-A: "1" } } }</c>.</summary>
internal static class FlowParts
{
    /// <summary>The line without one of its parts, for each that stands beside others.</summary>
    public static IEnumerable<string> Without(string line)
    {
        for (int open = 0; open < line.Length; open = Next(line, open))
        {
            if (line[open] is not ('{' or '['))
            {
                continue;
            }

            (List<string> items, int close) = Items(line, open);
            string space = line[open] == '{' ? " " : "";
            for (int i = 0; i < items.Count && items.Count > 1; i++)
            {
                yield return $"{line[..(open + 1)]}{space}{string.Join(", ", items.Where((_, other) => other != i))}{space}{line[close..]}";
            }
        }
    }

    private static (List<string> Items, int Close) Items(string line, int open)
    {
        var items = new List<string>();
        int from = open + 1;
        int depth = 0;
        for (int i = from; i < line.Length; i = Next(line, i))
        {
            bool closes = line[i] is '}' or ']';
            if (depth == 0 && (closes || line[i] == ','))
            {
                items.Add(line[from..i].Trim());
                from = i + 1;
                if (closes)
                {
                    return (items, i);
                }
            }

            depth +=
                closes ? -1
                : line[i] is '{' or '[' ? 1
                : 0;
        }

        throw new ArgumentException($"'{line}' has an open bracket", nameof(line));
    }

    // Behind the character, or behind the quoted text that it opens.
    private static int Next(string line, int at)
    {
        char quote = line[at];
        if (quote is not ('"' or '\''))
        {
            return at + 1;
        }

        int end = at + 1;
        while (end < line.Length && line[end] != quote)
        {
            end += quote == '"' && line[end] == '\\' ? 2 : 1;
        }

        return end + 1;
    }
}
