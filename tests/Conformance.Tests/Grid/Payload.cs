namespace Confgen.Conformance.Tests.Grid;

/// <summary>A body that comes from a number alone: each side can make each byte of it, and nobody needs to keep it.</summary>
internal sealed class Payload(int number, long length)
{
    // A prime, so that no buffer's size repeats it: bytes that are lost or twice there show.
    private const int Period = 65_521;

    private static readonly byte[] _pattern = Pattern();

    private readonly int _shift = (int)((uint)number * 2_654_435_761u % Period);

    public long Length => length;

    /// <summary>The bytes from an offset on, a buffer full at most.</summary>
    public ReadOnlyMemory<byte> From(long offset)
    {
        int start = (int)((offset + _shift) % Period);
        return _pattern.AsMemory(start, (int)Math.Min(Period, length - offset));
    }

    /// <summary>The offset within these bytes from which on they aren't the body's; -1 where all are.</summary>
    public int Mismatch(ReadOnlySpan<byte> bytes, long offset)
    {
        for (int at = 0; at < bytes.Length; )
        {
            if (offset + at >= length)
            {
                return at;
            }

            ReadOnlySpan<byte> wanted = From(offset + at).Span;
            int common = bytes[at..].CommonPrefixLength(wanted);
            at += common;
            if (common < wanted.Length && at < bytes.Length)
            {
                return at;
            }
        }

        return -1;
    }

    // Text, so that a program may compress it, of 64 symbols in no order.
    private static byte[] Pattern()
    {
        var random = new Random(1);
        var pattern = new byte[2 * Period];
        for (int i = 0; i < Period; i++)
        {
            pattern[i] = pattern[i + Period] = (byte)"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \n"[random.Next(64)];
        }

        return pattern;
    }
}
