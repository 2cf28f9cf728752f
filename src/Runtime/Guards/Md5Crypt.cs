using System.Security.Cryptography;
using System.Text;

namespace Confgen.Runtime.Guards;

/// <summary>Apache's <c>$apr1$</c>: a thousand rounds of MD5. Weak, but what <c>htpasswd</c> wrote for years.</summary>
internal static class Md5Crypt
{
    private const string Magic = "$apr1$";
    private const int Rounds = 1000;

    /// <summary>The hash of a password with the salt of another; null where that is none of this kind.</summary>
    public static string? Hash(ReadOnlySpan<byte> password, string like)
    {
        if (!like.StartsWith(Magic, StringComparison.Ordinal))
        {
            return null;
        }

        string saltText = like[Magic.Length..].Split('$')[0];
        saltText = saltText[..Math.Min(saltText.Length, 8)];
        byte[] salt = Encoding.Latin1.GetBytes(saltText);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        md5.AppendData(password);
        md5.AppendData(salt);
        md5.AppendData(password);
        byte[] inner = md5.GetHashAndReset();

        md5.AppendData(password);
        md5.AppendData(Encoding.ASCII.GetBytes(Magic));
        md5.AppendData(salt);
        for (int left = password.Length; left > 0; left -= 16)
        {
            md5.AppendData(inner.AsSpan(0, Math.Min(left, 16)));
        }

        for (int bits = password.Length; bits > 0; bits >>= 1)
        {
            md5.AppendData((bits & 1) != 0 ? [0] : password[..1]);
        }

        byte[] hash = md5.GetHashAndReset();
        for (int round = 0; round < Rounds; round++)
        {
            md5.AppendData((round & 1) != 0 ? password : hash);
            md5.AppendData(round % 3 != 0 ? salt : []);
            md5.AppendData(round % 7 != 0 ? password : []);
            md5.AppendData((round & 1) != 0 ? hash : password);
            hash = md5.GetHashAndReset();
        }

        var text = new StringBuilder(Magic).Append(saltText).Append('$');
        for (int i = 0; i < 5; i++)
        {
            CryptText.Append(text, hash[i], hash[i + 6], hash[i == 4 ? 5 : i + 12], 4);
        }

        CryptText.Append(text, 0, 0, hash[11], 2);
        return text.ToString();
    }
}
