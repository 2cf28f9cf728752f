using System.Globalization;

namespace Confgen.Model.Regexes;

/// <summary>What stands behind a backslash, inside and outside of brackets.</summary>
internal static class RegexEscapes
{
    /// <summary>The set of <c>\d</c> and its like; null for another letter.</summary>
    public static AsciiSet? Class(char letter) =>
        letter switch
        {
            'd' => AsciiSet.Digits,
            'D' => ~AsciiSet.Digits,
            'w' => AsciiSet.Word,
            'W' => ~AsciiSet.Word,
            's' => AsciiSet.Space,
            'S' => ~AsciiSet.Space,
            _ => null,
        };

    /// <summary>Whether PCRE and RE2 mean the same: PCRE's <c>\s</c> has the vertical tab since 8.34.</summary>
    public static bool IsPortableClass(char letter) => letter is 'd' or 'D' or 'w' or 'W';

    /// <summary>Whether PCRE and RE2 read the escape of one character alike: <c>\v</c> is a class in PCRE.</summary>
    public static bool IsPortableCharacter(char letter) => letter != 'v';

    /// <summary>Reads the escape of one ASCII character. Null after a problem was reported.</summary>
    public static char? Character(RegexParser parser, string text, ref int at)
    {
        int start = at;
        if (at + 1 == text.Length)
        {
            parser.Fail(start, @"a '\' at the end: write '\\' for the character");
            return null;
        }

        char c = text[at + 1];
        if (c == 'x')
        {
            return Hex(parser, text, ref at);
        }

        char? meant = c switch
        {
            'a' => '\a',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            _ when char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && !char.IsControl(c) => c,
            _ => null,
        };
        if (meant is null)
        {
            parser.Fail(start, RegexRefusals.Escape(c));
            return null;
        }

        at += 2;
        return meant;
    }

    // \x7F or \x{7F}
    private static char? Hex(RegexParser parser, string text, ref int at)
    {
        int start = at;
        ReadOnlySpan<char> rest = text.AsSpan(at + 2);
        bool braces = rest.StartsWith("{");
        int close = rest.IndexOf('}');
        ReadOnlySpan<char> digits = braces ? (close < 0 ? default : rest[1..close]) : rest[..Math.Min(2, rest.Length)];
        if (
            (!braces && digits.Length < 2)
            || digits.Length is 0 or > 6
            || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
        )
        {
            parser.Fail(start, @"'\x' wants two hexadecimal digits, as \x2F, or braces, as \x{2F}");
            return null;
        }

        if (code > 0x7F)
        {
            parser.Fail(start, "beyond ASCII a code is a byte for PCRE and a code point for RE2: write the character itself");
            return null;
        }

        at += 2 + (braces ? close + 1 : 2);
        return (char)code;
    }
}
