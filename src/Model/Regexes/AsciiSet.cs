using System.Numerics;

namespace Confgen.Model.Regexes;

/// <summary>
/// A set of characters that is exact for ASCII: beyond, it holds all or none. Programs disagree there on what a character is (a byte in
/// nginx, a code point in Go), so a finer set could not be honoured.
/// </summary>
/// <param name="Low">One bit for each character from U+0000 to U+003F. Two halves: code over UInt128 can't be compiled ahead of
/// time.</param>
/// <param name="High">One bit for each character from U+0040 to U+007F.</param>
/// <param name="NonAscii">Whether every other character is in the set.</param>
public readonly record struct AsciiSet(ulong Low, ulong High, bool NonAscii)
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
    public bool IsEmpty => (Low | High) == 0 && !NonAscii;

    /// <summary>The number of ASCII characters in the set.</summary>
    public int AsciiCount => BitOperations.PopCount(Low) + BitOperations.PopCount(High);

    /// <summary>Whether the set holds a letter's two cases or neither, for each letter.</summary>
    public bool IsCaseClosed => WithBothCases() == this;

    /// <summary>The characters from the first to the last, both of ASCII.</summary>
    public static AsciiSet Range(char first, char last) => new(Half(first, last), Half(first - 64, last - 64), NonAscii: false);

    /// <summary>Both sets together.</summary>
    public static AsciiSet operator |(AsciiSet a, AsciiSet b) => new(a.Low | b.Low, a.High | b.High, a.NonAscii || b.NonAscii);

    /// <summary>What is in both sets.</summary>
    public static AsciiSet operator &(AsciiSet a, AsciiSet b) => new(a.Low & b.Low, a.High & b.High, a.NonAscii && b.NonAscii);

    /// <summary>Everything else.</summary>
    public static AsciiSet operator ~(AsciiSet set) => new(~set.Low, ~set.High, !set.NonAscii);

    /// <summary>Both sets together.</summary>
    public static AsciiSet BitwiseOr(AsciiSet left, AsciiSet right) => left | right;

    /// <summary>What is in both sets.</summary>
    public static AsciiSet BitwiseAnd(AsciiSet left, AsciiSet right) => left & right;

    /// <summary>Everything else.</summary>
    public static AsciiSet OnesComplement(AsciiSet value) => ~value;

    /// <summary>Whether the character, or the byte, is in the set.</summary>
    public bool Contains(int c) => c < 128 ? (((c < 64 ? Low : High) >> (c & 63)) & 1) != 0 : NonAscii;

    /// <summary>The set with the other case of each letter in it.</summary>
    public AsciiSet WithBothCases()
    {
        ulong upper = High & Range('A', 'Z').High;
        ulong lower = High & Range('a', 'z').High;
        return this with { High = High | (upper << 32) | (lower >> 32) };
    }

    /// <summary>The set of a POSIX class (<c>alpha</c> in <c>[:alpha:]</c>), or null where there is none of that name.</summary>
    public static AsciiSet? Posix(ReadOnlySpan<char> name) =>
        name switch
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

    // The bits from first to last of a half; either may lie outside of it.
    private static ulong Half(int first, int last) =>
        last < 0 || first > 63 ? 0 : (ulong.MaxValue >> (63 - Math.Min(last, 63))) & (ulong.MaxValue << Math.Max(first, 0));
}
