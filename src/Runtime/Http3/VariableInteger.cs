using System.Buffers.Binary;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>QUIC's integers (RFC 9000, section 16): the first two bits say whether 1, 2, 4 or 8 bytes hold it.</summary>
internal static class VariableInteger
{
    /// <summary>The largest.</summary>
    public const long Most = (1L << 62) - 1;

    /// <summary>The most bytes of one.</summary>
    public const int LongestForm = 8;

    /// <summary>Reads an integer; false where more bytes are needed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out long value, out int length)
    {
        (value, length) = (0, 0);
        if (bytes.IsEmpty || bytes.Length < 1 << (bytes[0] >> 6))
        {
            return false;
        }

        length = 1 << (bytes[0] >> 6);
        value = bytes[0] & 0x3F;
        foreach (byte b in bytes[1..length])
        {
            value = (value << 8) | b;
        }

        return true;
    }

    /// <summary>Writes an integer in as few bytes as hold it.</summary>
    public static void Write(OutputBuffer output, long value)
    {
        Span<byte> bytes = stackalloc byte[LongestForm];
        int form =
            value < 1 << 6 ? 0
            : value < 1 << 14 ? 1
            : value < 1 << 30 ? 2
            : 3;
        int length = 1 << form;
        BinaryPrimitives.WriteInt64BigEndian(bytes, value << (64 - (8 * length)));
        bytes[0] |= (byte)(form << 6);
        output.Write(bytes[..length]);
    }
}
