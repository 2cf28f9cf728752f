using System.Buffers.Binary;
using System.Globalization;

namespace Confgen.Runtime.Guards;

/// <summary>
/// The bcrypt password hash (Provos and Mazières, 1999): <c>$2y$</c>, and <c>$2a$</c> and <c>$2b$</c>, which are the same for passwords
/// below 256 bytes.
/// </summary>
internal static class Bcrypt
{
    private const string Alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Subkeys = 18;
    private const int Boxes = 4 * 256;
    private const int LongestPassword = 72;
    private const int HashBytes = 23;

    private static readonly Lazy<uint[]> _initial = new(() => PiDigits.Words(Subkeys + Boxes));

    /// <summary>The hash of a password by the cost and the salt of another; null where that is none of this kind.</summary>
    public static string? Hash(ReadOnlySpan<byte> password, string like)
    {
        // $2y$10$ and 22 characters of salt.
        if (
            like.Length < 29
            || like[0] != '$'
            || like[1] != '2'
            || like[3] != '$'
            || like[6] != '$'
            || !int.TryParse(like.AsSpan(4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int cost)
            || cost is < 4 or > 31
            || Decode(like.AsSpan(7, 22)) is not { } salt
        )
        {
            return null;
        }

        // The key is the password with its final NUL, as C has it.
        byte[] key = new byte[Math.Min(password.Length + 1, LongestPassword)];
        password[..Math.Min(password.Length, key.Length)].CopyTo(key);
        uint[] p = _initial.Value[..Subkeys];
        uint[] s = _initial.Value[Subkeys..];
        Expand(p, s, key, salt);
        byte[] none = new byte[16];
        for (long i = 1L << cost; i > 0; i--)
        {
            Expand(p, s, key, none);
            Expand(p, s, salt, none);
        }

        byte[] text = "OrpheanBeholderScryDoubt"u8.ToArray();
        for (int block = 0; block < text.Length; block += 8)
        {
            uint left = BinaryPrimitives.ReadUInt32BigEndian(text.AsSpan(block));
            uint right = BinaryPrimitives.ReadUInt32BigEndian(text.AsSpan(block + 4));
            for (int i = 0; i < 64; i++)
            {
                Encrypt(p, s, ref left, ref right);
            }

            BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(block), left);
            BinaryPrimitives.WriteUInt32BigEndian(text.AsSpan(block + 4), right);
        }

        return like[..29] + Encode(text.AsSpan(0, HashBytes));
    }

    private static void Expand(uint[] p, uint[] s, byte[] key, byte[] salt)
    {
        int at = 0;
        for (int i = 0; i < Subkeys; i++)
        {
            p[i] ^= Cyclic(key, ref at);
        }

        (at, uint left, uint right) = (0, 0, 0);
        for (int i = 0; i < Subkeys; i += 2)
        {
            left ^= Cyclic(salt, ref at);
            right ^= Cyclic(salt, ref at);
            Encrypt(p, s, ref left, ref right);
            (p[i], p[i + 1]) = (left, right);
        }

        for (int i = 0; i < Boxes; i += 2)
        {
            left ^= Cyclic(salt, ref at);
            right ^= Cyclic(salt, ref at);
            Encrypt(p, s, ref left, ref right);
            (s[i], s[i + 1]) = (left, right);
        }
    }

    private static uint Cyclic(byte[] bytes, ref int at)
    {
        uint word = 0;
        for (int i = 0; i < 4; i++)
        {
            word = (word << 8) | bytes[at];
            at = (at + 1) % bytes.Length;
        }

        return word;
    }

    private static void Encrypt(uint[] p, uint[] s, ref uint left, ref uint right)
    {
        (uint l, uint r) = (left, right);
        for (int i = 0; i < 16; i += 2)
        {
            l ^= p[i];
            r ^= ((s[l >> 24] + s[0x100 + ((l >> 16) & 0xFF)]) ^ s[0x200 + ((l >> 8) & 0xFF)]) + s[0x300 + (l & 0xFF)];
            r ^= p[i + 1];
            l ^= ((s[r >> 24] + s[0x100 + ((r >> 16) & 0xFF)]) ^ s[0x200 + ((r >> 8) & 0xFF)]) + s[0x300 + (r & 0xFF)];
        }

        (left, right) = (r ^ p[17], l ^ p[16]);
    }

    private static byte[]? Decode(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[16];
        (int bits, int count, int at) = (0, 0, 0);
        foreach (char c in text)
        {
            int value = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            bits = (bits << 6) | value;
            count += 6;
            if (count >= 8 && at < bytes.Length)
            {
                count -= 8;
                bytes[at++] = (byte)(bits >> count);
            }
        }

        return bytes;
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new System.Text.StringBuilder();
        (int bits, int count) = (0, 0);
        foreach (byte b in bytes)
        {
            bits = (bits << 8) | b;
            for (count += 8; count >= 6; )
            {
                count -= 6;
                text.Append(Alphabet[(bits >> count) & 63]);
            }
        }

        return (count > 0 ? text.Append(Alphabet[(bits << (6 - count)) & 63]) : text).ToString();
    }
}
