using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Confgen.Model.Acme;

/// <summary>HMAC keys as authorities show them: base64url (RFC 4648, section 5), which some write as base64.</summary>
public static class MacKeys
{
    /// <summary>Reads a key.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out byte[]? key)
    {
        string url = text.Trim().Replace('+', '-').Replace('/', '_').TrimEnd('=');
        key = url.Length > 0 && Base64Url.IsValid(url) ? Base64Url.DecodeFromChars(url) : null;
        return key is not null;
    }
}
