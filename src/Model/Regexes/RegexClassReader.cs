namespace Confgen.Model.Regexes;

/// <summary>Reads a class in brackets.</summary>
internal static class RegexClassReader
{
    /// <summary>Reads the class that starts at the bracket. Null after a problem was reported.</summary>
    /// <param name="parser">Takes the problem.</param>
    /// <param name="text">The regex.</param>
    /// <param name="at">Where the bracket stands; afterwards, the place behind the class.</param>
    /// <param name="ignoreCase">Whether both cases of each letter are meant.</param>
    /// <param name="folded">Whether that added letters.</param>
    /// <param name="portable">Whether PCRE and RE2 read the text alike.</param>
    public static AsciiSet? Read(RegexParser parser, string text, ref int at, bool ignoreCase, out bool folded, out bool portable)
    {
        (int start, AsciiSet set) = (at++, AsciiSet.None);
        bool negated = at < text.Length && text[at] == '^';
        at += negated ? 1 : 0;
        folded = false;
        portable = true;
        for (bool first = true; ; first = false)
        {
            if (at >= text.Length)
            {
                parser.Fail(start, @"a '[' is never closed: write '\[' for the character");
                return null;
            }

            // A bracket that comes first stands for itself.
            if (text[at] == ']' && !first)
            {
                at++;
                break;
            }

            int itemAt = at;
            if (Posix(parser, text, ref at, ref portable, out AsciiSet item) || Shorthand(text, ref at, ref portable, out item))
            {
                if (at + 1 < text.Length && text[at] == '-' && text[at + 1] != ']')
                {
                    parser.Fail(itemAt, @"a range can't start with a class: write '\-' for the character");
                }
            }
            else if (parser.Problem is null)
            {
                item = Range(parser, text, ref at, ref portable);
            }

            if (parser.Problem is not null)
            {
                return null;
            }

            set |= item;
        }

        folded = ignoreCase && !set.IsCaseClosed;
        set = folded ? set.WithBothCases() : set;
        set = negated ? ~set : set;
        if (set.IsEmpty)
        {
            parser.Fail(start, "the class matches nothing");
            return null;
        }

        return set;
    }

    private static bool Posix(RegexParser parser, string text, ref int at, ref bool portable, out AsciiSet set)
    {
        set = default;
        if (!text.AsSpan(at).StartsWith("[:"))
        {
            return false;
        }

        // The longest name has six letters.
        int length = text.AsSpan(at + 2, Math.Min(10, text.Length - at - 2)).IndexOf(":]");
        int end = at + 2 + length;
        if (length < 0)
        {
            // A bracket and a colon, which PCRE might still take for the start of a class.
            portable = false;
            return false;
        }

        bool negated = text[at + 2] == '^';
        if (AsciiSet.Posix(text.AsSpan(at + (negated ? 3 : 2), Math.Max(0, end - at - (negated ? 3 : 2)))) is not { } known)
        {
            parser.Fail(at, @"there is no class of that name: it may be [:alnum:] and so on; write '\[' for the character");
            return false;
        }

        at = end + 2;
        set = negated ? ~known : known;
        return true;
    }

    private static bool Shorthand(string text, ref int at, ref bool portable, out AsciiSet set)
    {
        set = default;
        if (text[at] != '\\' || at + 1 == text.Length || RegexEscapes.Class(text[at + 1]) is not { } known)
        {
            return false;
        }

        portable &= RegexEscapes.IsPortableClass(text[at + 1]);
        set = known;
        at += 2;
        return true;
    }

    // A character, or a range from it to another.
    private static AsciiSet Range(RegexParser parser, string text, ref int at, ref bool portable)
    {
        int start = at;
        if (Character(parser, text, ref at, ref portable) is not { } low)
        {
            return default;
        }

        if (at + 1 >= text.Length || text[at] != '-' || text[at + 1] == ']')
        {
            return AsciiSet.Range(low, low);
        }

        at++;
        if (text[at] == '\\' && at + 1 < text.Length && RegexEscapes.Class(text[at + 1]) is not null)
        {
            parser.Fail(start, @"a range can't end with a class: write '\-' for the character");
            return default;
        }

        if (Character(parser, text, ref at, ref portable) is not { } high)
        {
            return default;
        }

        if (high < low)
        {
            parser.Fail(start, "the range ends before its start");
            return default;
        }

        return AsciiSet.Range(low, high);
    }

    private static char? Character(RegexParser parser, string text, ref int at, ref bool portable)
    {
        char c = text[at];
        if (c == '\\')
        {
            portable &= at + 1 < text.Length && RegexEscapes.IsPortableCharacter(text[at + 1]);
            return RegexEscapes.Character(parser, text, ref at);
        }

        if (c > '\x7F')
        {
            parser.Fail(at, "classes are exact for ASCII alone: write characters beyond it as alternatives, (?:é|è)");
            return null;
        }

        // PCRE gives "[." and "[=" a meaning, .NET "-[", others "&&".
        portable &= c is not ('[' or '&') && !char.IsControl(c);
        at++;
        return c;
    }
}
