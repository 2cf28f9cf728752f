namespace Confgen.Conformance.Tests.Wire.Http2;

/// <summary>The Huffman code of HPACK (RFC 7541, appendix B). It is canonical, so the lengths of its codes say it all.</summary>
internal static class Huffman
{
    private static readonly byte[] _lengths =
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
    ];

    private static readonly Dictionary<(int Length, uint Code), byte> _symbols = Symbols();

    public static byte[] Decode(ReadOnlySpan<byte> coded)
    {
        var decoded = new List<byte>(coded.Length * 2);
        uint code = 0;
        int length = 0;
        foreach (byte octet in coded)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                code = (code << 1) | (uint)((octet >> bit) & 1);
                length++;
                if (_symbols.TryGetValue((length, code), out byte symbol))
                {
                    decoded.Add(symbol);
                    code = 0;
                    length = 0;
                }
            }
        }

        // What is left is padding: the first bits of the code that ends a text, all of them ones.
        return length < 8 && code == (1u << length) - 1 ? [.. decoded] : throw new InvalidDataException("bad Huffman padding");
    }

    private static Dictionary<(int Length, uint Code), byte> Symbols()
    {
        var symbols = new Dictionary<(int, uint), byte>();
        uint code = 0;
        int length = 0;
        foreach (int symbol in Enumerable.Range(0, 256).OrderBy(s => _lengths[s]).ThenBy(s => s))
        {
            code <<= _lengths[symbol] - length;
            length = _lengths[symbol];
            symbols[(length, code++)] = (byte)symbol;
        }

        return symbols;
    }
}
