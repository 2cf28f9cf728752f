using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Confgen.Runtime.Guards;

/// <summary>Drepper's SHA-crypt: <c>$5$</c> with SHA-256 and <c>$6$</c> with SHA-512, the numbered steps as in its specification.</summary>
internal static class ShaCrypt
{
    private const int UsualRounds = 5000;
    private const string RoundsField = "rounds=";

    /// <summary>The hash of a password with the salt and the rounds of another; null where that is none of this kind.</summary>
    public static string? Hash(ReadOnlySpan<byte> password, string like)
    {
        bool is512 = like.StartsWith("$6$", StringComparison.Ordinal);
        if (!is512 && !like.StartsWith("$5$", StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = like[3..].Split('$');
        bool hasRounds = parts[0].StartsWith(RoundsField, StringComparison.Ordinal);
        int rounds =
            hasRounds && int.TryParse(parts[0].AsSpan(RoundsField.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int asked)
                ? Math.Clamp(asked, 1000, 999_999_999)
                : UsualRounds;
        string saltText = parts[hasRounds && parts.Length > 1 ? 1 : 0];
        saltText = saltText[..Math.Min(saltText.Length, 16)];
        byte[] hash = Compute(
            password.ToArray(),
            Encoding.Latin1.GetBytes(saltText),
            rounds,
            is512 ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256
        );
        var text = new StringBuilder(like[..3]);
        if (hasRounds)
        {
            text.Append(CultureInfo.InvariantCulture, $"{RoundsField}{rounds}$");
        }

        text.Append(saltText).Append('$');
        Write(text, hash, is512);
        return text.ToString();
    }

    private static byte[] Compute(byte[] password, byte[] salt, int rounds, HashAlgorithmName algorithm)
    {
        using var sha = IncrementalHash.CreateHash(algorithm);

        // 4 to 8: digest B.
        sha.AppendData(password);
        sha.AppendData(salt);
        sha.AppendData(password);
        byte[] b = sha.GetHashAndReset();

        // 1 to 12: digest A.
        sha.AppendData(password);
        sha.AppendData(salt);
        sha.AppendData(Repeat(b, password.Length));
        for (int bits = password.Length; bits > 0; bits >>= 1)
        {
            sha.AppendData((bits & 1) != 0 ? b : password);
        }

        byte[] a = sha.GetHashAndReset();

        // 13 to 16: the sequence P.
        for (int i = 0; i < password.Length; i++)
        {
            sha.AppendData(password);
        }

        byte[] p = Repeat(sha.GetHashAndReset(), password.Length);

        // 17 to 20: the sequence S.
        for (int i = 0; i < 16 + a[0]; i++)
        {
            sha.AppendData(salt);
        }

        byte[] s = Repeat(sha.GetHashAndReset(), salt.Length);

        // 21: the rounds.
        for (int round = 0; round < rounds; round++)
        {
            sha.AppendData((round & 1) != 0 ? p : a);
            sha.AppendData(round % 3 != 0 ? s : []);
            sha.AppendData(round % 7 != 0 ? p : []);
            sha.AppendData((round & 1) != 0 ? a : p);
            a = sha.GetHashAndReset();
        }

        return a;
    }

    private static byte[] Repeat(byte[] digest, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = digest[i % digest.Length];
        }

        return bytes;
    }

    // 22: the order of the bytes walks through three thirds of the digest.
    private static void Write(StringBuilder text, byte[] hash, bool is512)
    {
        int third = is512 ? 21 : 10;
        (int x, int y, int z) = (0, third, 2 * third);
        for (int i = 0; i < third; i++)
        {
            CryptText.Append(text, hash[x], hash[y], hash[z], 4);
            (x, y, z) = is512 ? (y + 1, z + 1, x + 1) : (z + 1, x + 1, y + 1);
        }

        if (is512)
        {
            CryptText.Append(text, 0, 0, hash[63], 2);
        }
        else
        {
            CryptText.Append(text, 0, hash[31], hash[30], 3);
        }
    }
}
