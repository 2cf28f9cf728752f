namespace Confgen.Runtime.Hpack;

/// <summary>
/// The Huffman code of field strings (RFC 7541, appendix B). It is canonical: codes of one length follow each other in the order of their
/// symbols, and the first of a length follows the last of the one before. So the lengths say all of it.
/// </summary>
internal static class Huffman
{
    /// <summary>The symbol that no string may hold (RFC 7541, section 5.2).</summary>
    private const int EndOfString = 256;

    private const int Shortest = 5;
    private const int Longest = 30;

    private static readonly byte[] _lengths =
    [
        13,
        23,
        28,
        28,
        28,
        28,
        28,
        28,
        28,
        24,
        30,
        28,
        28,
        30,
        28,
        28,
        28,
        28,
        28,
        28,
        28,
        28,
        30,
        28,
        28,
        28,
        28,
        28,
        28,
        28,
        28,
        28,
        6,
        10,
        10,
        12,
        13,
        6,
        8,
        11,
        10,
        10,
        8,
        11,
        8,
        6,
        6,
        6,
        5,
        5,
        5,
        6,
        6,
        6,
        6,
        6,
        6,
        6,
        7,
        8,
        15,
        6,
        12,
        10,
        13,
        6,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        7,
        8,
        7,
        8,
        13,
        19,
        13,
        14,
        6,
        15,
        5,
        6,
        5,
        6,
        5,
        6,
        6,
        6,
        5,
        7,
        7,
        6,
        6,
        6,
        5,
        6,
        7,
        6,
        5,
        5,
        6,
        7,
        7,
        7,
        7,
        7,
        15,
        11,
        14,
        13,
        28,
        20,
        22,
        20,
        20,
        22,
        22,
        22,
        23,
        22,
        23,
        23,
        23,
        23,
        23,
        24,
        23,
        24,
        24,
        22,
        23,
        24,
        23,
        23,
        23,
        23,
        21,
        22,
        23,
        22,
        23,
        23,
        24,
        22,
        21,
        20,
        22,
        22,
        23,
        23,
        21,
        23,
        22,
        22,
        24,
        21,
        22,
        23,
        23,
        21,
        21,
        22,
        21,
        23,
        22,
        23,
        23,
        20,
        22,
        22,
        22,
        23,
        22,
        22,
        23,
        26,
        26,
        20,
        19,
        22,
        23,
        22,
        25,
        26,
        26,
        26,
        27,
        27,
        26,
        24,
        25,
        19,
        21,
        26,
        27,
        27,
        26,
        27,
        24,
        21,
        21,
        26,
        26,
        28,
        27,
        27,
        27,
        20,
        24,
        20,
        21,
        22,
        21,
        21,
        23,
        22,
        22,
        25,
        25,
        24,
        24,
        26,
        23,
        26,
        27,
        26,
        26,
        27,
        27,
        27,
        27,
        27,
        28,
        27,
        27,
        27,
        27,
        27,
        26,
        30,
    ];

    // The symbols in the order of their codes; for each length the first code behind those of it, and the place of its first symbol.
    private static readonly ushort[] _symbols =
    [
        .. Enumerable.Range(0, _lengths.Length).OrderBy(s => _lengths[s]).ThenBy(s => s).Select(s => (ushort)s),
    ];
    private static readonly uint[] _limits = new uint[Longest + 1];
    private static readonly int[] _offsets = new int[Longest + 1];

    // What a byte begins with, where that is a whole code: its symbol and its length.
    private static readonly byte[] _shortSymbols = new byte[256];
    private static readonly byte[] _shortLengths = new byte[256];

    static Huffman()
    {
        uint code = 0;
        int place = 0;
        for (int length = 1; length <= Longest; length++)
        {
            code <<= 1;
            _offsets[length] = place - (int)code;
            int count = _lengths.Count(l => l == length);
            code += (uint)count;
            place += count;
            _limits[length] = code;
        }

        for (int symbol = 0; symbol < EndOfString; symbol++)
        {
            int length = _lengths[symbol];
            for (int rest = 0; length <= 8 && rest < 1 << (8 - length); rest++)
            {
                int first = (int)(CodeOf(symbol) << (8 - length)) | rest;
                (_shortSymbols[first], _shortLengths[first]) = ((byte)symbol, (byte)length);
            }
        }
    }

    /// <summary>The length of a symbol's code in bits.</summary>
    public static int LengthOf(int symbol) => _lengths[symbol];

    /// <summary>The code of a symbol.</summary>
    public static uint CodeOf(int symbol) => (uint)(Array.IndexOf(_symbols, (ushort)symbol) - _offsets[_lengths[symbol]]);

    /// <summary>The most bytes that a string of that length can stand for.</summary>
    public static int MostDecoded(int encoded) => (int)Math.Min((long)encoded * 8 / Shortest, int.MaxValue / 2);

    /// <summary>
    /// Decodes a string; false where it is none: the padding must be shorter than a byte and all ones, and the end-of-string symbol must
    /// not stand in it (RFC 7541, section 5.2).
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, Span<byte> decoded, out int written)
    {
        written = 0;
        (ulong bits, int count, int at) = (0, 0, 0);
        while (true)
        {
            // 1. Bits enough for any code, as long as there are some.
            for (; count <= 56 && at < encoded.Length; count += 8)
            {
                bits = (bits << 8) | encoded[at++];
            }

            // 2. Most symbols have short codes, which a table knows by their first byte; behind the end stand ones.
            int first = count >= 8 ? (int)(bits >> (count - 8)) & 0xFF : (int)((bits << (8 - count)) | (0xFFu >> count)) & 0xFF;
            int length = _shortLengths[first];
            if (length > 0 && length <= count)
            {
                decoded[written++] = _shortSymbols[first];
                count -= length;
                continue;
            }

            // 3. The others are found by their length.
            for (
                length = 9;
                length <= Math.Min(Longest, count) && (uint)(bits >> (count - length)) << (32 - length) >> (32 - length) >= _limits[length];
                length++
            ) { }

            if (length > Math.Min(Longest, count))
            {
                return count < 8 && (bits & ((1UL << count) - 1)) == (1UL << count) - 1;
            }

            int symbol = _symbols[(int)((uint)(bits >> (count - length)) << (32 - length) >> (32 - length)) + _offsets[length]];
            if (symbol == EndOfString)
            {
                return false;
            }

            decoded[written++] = (byte)symbol;
            count -= length;
        }
    }
}
