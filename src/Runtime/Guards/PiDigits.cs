using System.Numerics;

namespace Confgen.Runtime.Guards;

/// <summary>The binary digits of pi behind the point: the initial state of Blowfish, computed instead of written down.</summary>
internal static class PiDigits
{
    /// <summary>The first words of 32 bits.</summary>
    public static uint[] Words(int count)
    {
        // Machin: pi = 16 atan(1/5) - 4 atan(1/239). 64 further bits take the rounding of some thousand terms.
        int bits = (count * 32) + 64;
        BigInteger pi = (16 * ArcTan(5, bits)) - (4 * ArcTan(239, bits));
        BigInteger fraction = (pi - (new BigInteger(3) << bits)) >> 64;
        byte[] bytes = fraction.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] padded = new byte[count * 4];
        bytes.CopyTo(padded, padded.Length - bytes.Length);
        uint[] words = new uint[count];
        for (int i = 0; i < count; i++)
        {
            words[i] = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(padded.AsSpan(i * 4));
        }

        return words;
    }

    private static BigInteger ArcTan(int inverse, int bits)
    {
        BigInteger power = (BigInteger.One << bits) / inverse;
        BigInteger sum = power;
        for (int n = 3; !power.IsZero; n += 2)
        {
            power /= -(inverse * inverse);
            sum += power / n;
        }

        return sum;
    }
}
