using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Hpack;

/// <summary>An integer that begins in the last bits of a byte (RFC 7541, section 5.1; RFC 9204, section 4.1.1).</summary>
internal static class PrefixedInteger
{
    // No length or index here is near it, and sums of two don't overflow.
    private const long Most = int.MaxValue;

    /// <summary>Takes an integer off the bytes; false where it goes on behind them or is larger than anything could be.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, int prefix, out int value)
    {
        value = 0;
        if (bytes.IsEmpty)
        {
            return false;
        }

        int mask = (1 << prefix) - 1;
        long sum = bytes[0] & mask;
        bytes = bytes[1..];
        if (sum == mask)
        {
            int shift = 0;
            byte next;
            do
            {
                if (bytes.IsEmpty || shift > 28)
                {
                    return false;
                }

                next = bytes[0];
                bytes = bytes[1..];
                sum += (long)(next & 127) << shift;
                shift += 7;
            } while ((next & 128) != 0);
        }

        value = (int)Math.Min(sum, Most);
        return sum <= Most;
    }

    /// <summary>Writes an integer behind the bits that stand before it in its first byte.</summary>
    public static void Write(OutputBuffer output, byte first, int prefix, int value)
    {
        int mask = (1 << prefix) - 1;
        if (value < mask)
        {
            output.Write([(byte)(first | value)]);
            return;
        }

        output.Write([(byte)(first | mask)]);
        for (value -= mask; value >= 128; value >>= 7)
        {
            output.Write([(byte)((value & 127) | 128)]);
        }

        output.Write([(byte)value]);
    }
}
