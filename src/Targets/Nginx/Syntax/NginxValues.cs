namespace Confgen.Targets.Nginx.Syntax;

/// <summary>The spellings of numbers, sizes and times that nginx accepts.</summary>
internal static class NginxValues
{
    /// <summary>Whether the words are what the definition takes; words with variables are not judged.</summary>
    public static bool Accepts(NginxDefinition definition, IReadOnlyList<NginxToken> words)
    {
        switch (definition.Kind)
        {
            case NginxValueKind.Text:
                return true;
            case NginxValueKind.Buffers:
                return words.Count == 2 && IsNumber(words[0].Content) && IsSize(words[1].Content, "kKmM");
            case NginxValueKind.Some:
                foreach (NginxToken word in words)
                {
                    if (!IsOneOf(definition.Words, word.Content))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return words.Count == 0 || words[0].Content.Contains('$') || AcceptsWord(definition, words[0].Content);
        }
    }

    private static bool AcceptsWord(NginxDefinition definition, ReadOnlySpan<char> word) =>
        definition.Kind switch
        {
            NginxValueKind.Flag => word.Equals("on", StringComparison.OrdinalIgnoreCase)
                || word.Equals("off", StringComparison.OrdinalIgnoreCase),
            NginxValueKind.Number => IsNumber(word),
            NginxValueKind.Size => IsSize(word, "kKmM"),
            NginxValueKind.Offset => IsSize(word, "kKmMgG"),
            NginxValueKind.Time => IsTime(word, milliseconds: true),
            NginxValueKind.Seconds => IsTime(word, milliseconds: false),
            NginxValueKind.One => IsOneOf(definition.Words, word),
            _ => true,
        };

    private static bool IsOneOf(IReadOnlyList<string> words, ReadOnlySpan<char> word)
    {
        foreach (string candidate in words)
        {
            if (word.Equals(candidate, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNumber(ReadOnlySpan<char> word) => !word.IsEmpty && !word.ContainsAnyExceptInRange('0', '9') && word.Length < 19;

    private static bool IsSize(ReadOnlySpan<char> word, ReadOnlySpan<char> units) =>
        IsNumber(!word.IsEmpty && units.Contains(word[^1]) ? word[..^1] : word);

    /// <summary>Numbers with units that fall from years to milliseconds; a bare last number counts as seconds or milliseconds.</summary>
    private static bool IsTime(ReadOnlySpan<char> word, bool milliseconds)
    {
        int step = milliseconds ? 1 : -1;
        bool any = false;
        int i = 0;
        while (i < word.Length)
        {
            if (char.IsAsciiDigit(word[i]))
            {
                any = true;
                i++;
                continue;
            }

            bool isMillisecond = word[i] == 'm' && i + 1 < word.Length && word[i + 1] == 's';
            int unit = isMillisecond ? 7 : "yMwdhms".IndexOf(word[i], StringComparison.Ordinal);
            if (unit < 0 || unit <= step || (isMillisecond && !milliseconds))
            {
                return false;
            }

            step = unit;
            i += isMillisecond ? 2 : 1;
            while (i < word.Length && word[i] == ' ')
            {
                i++;
            }
        }

        return any && word.Length < 19;
    }
}
