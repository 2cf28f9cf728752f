namespace Confgen.Model.Regexes;

/// <summary>
/// A set of characters that is exact for ASCII: beyond, it holds all or none. Programs disagree there on what a character is (a byte in
/// nginx, a code point in Go), so a finer set could not be honoured.
/// </summary>
/// <param name="Ascii">One bit for each character from U+0000 to U+007F.</param>
/// <param name="NonAscii">Whether every other character is in the set.</param>
public readonly record struct AsciiSet(UInt128 Ascii, bool NonAscii)
{
    /// <summary>No character.</summary>
    public static readonly AsciiSet None;

    /// <summary><c>[0-9]</c>.</summary>
    public static readonly AsciiSet Digits = Range('0', '9');

    /// <summary><c>[0-9A-Za-z_]</c>.</summary>
    public static readonly AsciiSet Word = Digits | Range('A', 'Z') | Range('a', 'z') | Range('_', '_');

    /// <summary><c>[\t\n\f\r ]</c>, without the vertical tab, as in RE2.</summary>
    public static readonly AsciiSet Space = Range('\t', '\n') | Range('\f', '\r') | Range(' ', ' ');

    /// <summary>Whether nothing is in the set.</summary>
    public bool IsEmpty => Ascii == 0 && !NonAscii;

    /// <summary>The number of ASCII characters in the set.</summary>
    public int AsciiCount => (int)UInt128.PopCount(Ascii);

    /// <summary>Whether the set holds a letter's two cases or neither, for each letter.</summary>
    public bool IsCaseClosed => WithBothCases() == this;

    /// <summary>The characters from the first to the last, both of ASCII.</summary>
    public static AsciiSet Range(char first, char last) =>
        new((UInt128.MaxValue >> (127 - last)) & (UInt128.MaxValue << first), NonAscii: false);

    /// <summary>Both sets together.</summary>
    public static AsciiSet operator |(AsciiSet a, AsciiSet b) => new(a.Ascii | b.Ascii, a.NonAscii || b.NonAscii);

    /// <summary>What is in both sets.</summary>
    public static AsciiSet operator &(AsciiSet a, AsciiSet b) => new(a.Ascii & b.Ascii, a.NonAscii && b.NonAscii);

    /// <summary>Everything else.</summary>
    public static AsciiSet operator ~(AsciiSet set) => new(~set.Ascii, !set.NonAscii);

    /// <summary>Both sets together.</summary>
    public static AsciiSet BitwiseOr(AsciiSet left, AsciiSet right) => left | right;

    /// <summary>What is in both sets.</summary>
    public static AsciiSet BitwiseAnd(AsciiSet left, AsciiSet right) => left & right;

    /// <summary>Everything else.</summary>
    public static AsciiSet OnesComplement(AsciiSet value) => ~value;

    /// <summary>Whether the character, or the byte, is in the set.</summary>
    public bool Contains(int c) => c < 128 ? ((Ascii >> c) & 1) != 0 : NonAscii;

    /// <summary>The set with the other case of each letter in it.</summary>
    public AsciiSet WithBothCases()
    {
        UInt128 upper = Ascii & Range('A', 'Z').Ascii;
        UInt128 lower = Ascii & Range('a', 'z').Ascii;
        return this with { Ascii = Ascii | (upper << 32) | (lower >> 32) };
    }

    /// <summary>The set of a POSIX class (<c>alpha</c> in <c>[:alpha:]</c>), or null where there is none of that name.</summary>
    public static AsciiSet? Posix(ReadOnlySpan<char> name) => name switch
    {
        "alnum" => Digits | Range('A', 'Z') | Range('a', 'z'),
        "alpha" => Range('A', 'Z') | Range('a', 'z'),
        "ascii" => Range('\0', '\x7F'),
        "blank" => Range('\t', '\t') | Range(' ', ' '),
        "cntrl" => Range('\0', '\x1F') | Range('\x7F', '\x7F'),
        "digit" => Digits,
        "graph" => Range('!', '~'),
        "lower" => Range('a', 'z'),
        "print" => Range(' ', '~'),
        "punct" => Range('!', '/') | Range(':', '@') | Range('[', '`') | Range('{', '~'),
        "space" => Range('\t', '\r') | Range(' ', ' '),
        "upper" => Range('A', 'Z'),
        "word" => Word,
        "xdigit" => Digits | Range('A', 'F') | Range('a', 'f'),
        _ => null,
    };
}
