namespace Confgen.Targets.Nginx.Reading;

/// <summary>A piece of an argument: a text, or a variable by its name.</summary>
internal readonly record struct TextPart(string Text, bool IsVariable)
{
    /// <summary>Cuts an argument at its variables.</summary>
    public static List<TextPart> Cut(string text)
    {
        var parts = new List<TextPart>();
        int literal = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '$' || at + 1 == text.Length)
            {
                continue;
            }

            bool braced = text[at + 1] == '{';
            int start = at + (braced ? 2 : 1);
            int end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;

                // `$10` is the first group and a zero.
                if (char.IsAsciiDigit(text[start]))
                {
                    break;
                }
            }

            if (end == start || (braced && (end == text.Length || text[end] != '}')))
            {
                continue;
            }

            if (at > literal)
            {
                parts.Add(new TextPart(text[literal..at], false));
            }

            parts.Add(new TextPart(text[start..end], true));
            literal = braced ? end + 1 : end;
            at = literal - 1;
        }

        if (literal < text.Length)
        {
            parts.Add(new TextPart(text[literal..], false));
        }

        return parts;
    }
}
