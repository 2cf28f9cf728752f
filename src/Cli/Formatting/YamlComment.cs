namespace Confgen.Cli.Formatting;

/// <summary>A comment.</summary>
/// <param name="Start">The offset of its sign.</param>
/// <param name="Column">The sign's column, from 0.</param>
/// <param name="Text">The sign and what follows, without white space at the end.</param>
/// <param name="Gap">The columns of white space before it.</param>
internal sealed record YamlComment(int Start, int Column, string Text, int Gap)
{
    /// <summary>The offset behind it.</summary>
    public int End => Start + Text.Length;

    /// <summary>Whether nothing else stands on its line.</summary>
    public bool IsAlone => Gap == Column;

    /// <summary>The comments of a text: every sign behind white space that lies in no scalar.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scalars">The scalars' places in their order.</param>
    public static IReadOnlyList<YamlComment> Find(string text, IReadOnlyList<(int Start, int End)> scalars)
    {
        var found = new List<YamlComment>();
        int scalar = 0;
        for (int at = 0; at < text.Length; at++)
        {
            for (; scalar < scalars.Count && scalars[scalar].End <= at; scalar++) { }

            if (scalar < scalars.Count && scalars[scalar].Start <= at)
            {
                at = scalars[scalar].End - 1;
                continue;
            }

            if (text[at] != '#' || (at > 0 && text[at - 1] is not (' ' or '\t' or '\n')))
            {
                continue;
            }

            int line = text.LastIndexOf('\n', at) + 1;
            int end = text.IndexOf('\n', at);
            string whole = text[at..(end < 0 ? text.Length : end)];
            found.Add(new YamlComment(at, at - line, whole.TrimEnd(), at - line - text[line..at].TrimEnd().Length));
            at += whole.Length - 1;
        }

        return found;
    }
}
