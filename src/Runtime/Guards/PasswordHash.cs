using System.Security.Cryptography;
using System.Text;

namespace Confgen.Runtime.Guards;

/// <summary>Checks passwords against the forms of <c>htpasswd</c>.</summary>
internal static class PasswordHash
{
    /// <summary>Whether the password has the hash. The time taken doesn't tell how near it was.</summary>
    public static bool Matches(ReadOnlySpan<byte> password, string hash)
    {
        string? own =
            hash.StartsWith("$2", StringComparison.Ordinal) ? Bcrypt.Hash(password, hash)
            : hash.StartsWith("$apr1$", StringComparison.Ordinal) ? Md5Crypt.Hash(password, hash)
            : hash.StartsWith("{SHA}", StringComparison.Ordinal) ? Sha1(password)
            : ShaCrypt.Hash(password, hash);
        return own is not null && CryptographicOperations.FixedTimeEquals(Encoding.Latin1.GetBytes(own), Encoding.Latin1.GetBytes(hash));
    }

    // Apache's oldest form; it has no salt.
    private static string Sha1(ReadOnlySpan<byte> password)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        sha.AppendData(password);
        return "{SHA}" + Convert.ToBase64String(sha.GetHashAndReset());
    }
}
