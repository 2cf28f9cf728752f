using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Confgen.Model.Guards;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Guards;

/// <summary>HTTP basic authentication of one route (RFC 7617).</summary>
internal sealed class BasicAuthGuard(BasicAuth config)
{
    // A password hash takes a tenth of a second on purpose: what was right once is remembered, by a keyed digest and not as it is.
    private const int MostRemembered = 1000;

    private readonly Dictionary<string, string> _users = config.Users.ToDictionary(u => u.Name, u => u.Hash, StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _right = new(StringComparer.Ordinal);
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The challenge of a response of 401.</summary>
    public string Challenge { get; } = $"Basic realm=\"{config.Realm}\"";

    /// <summary>Whether the request brings the credentials of a user.</summary>
    public async ValueTask<bool> PermitsAsync(FieldList fields)
    {
        int at = fields.IndexOf(FieldKind.Authorization);
        if (at < 0 || fields.IndexOf(FieldKind.Authorization, at + 1) >= 0 || Decode(fields.Value(at)) is not { } credentials)
        {
            return false;
        }

        string digest = Convert.ToHexString(HMACSHA256.HashData(_key, credentials));
        if (_right.ContainsKey(digest))
        {
            return true;
        }

        // Off the thread of the sockets: others' requests wait there.
        if (!await Task.Run(() => IsRight(credentials)))
        {
            return false;
        }

        if (_right.Count >= MostRemembered)
        {
            _right.Clear();
        }

        _right.TryAdd(digest, true);
        return true;
    }

    /// <summary>The name in credentials that are right, a character for each byte.</summary>
    public static string? UserOf(FieldList fields) =>
        fields.IndexOf(FieldKind.Authorization) is >= 0 and var at
        && Decode(fields.Value(at)) is { } credentials
        && credentials.AsSpan().IndexOf((byte)':') is >= 0 and var colon
            ? Encoding.Latin1.GetString(credentials.AsSpan(0, colon))
            : null;

    private bool IsRight(byte[] credentials)
    {
        int colon = credentials.AsSpan().IndexOf((byte)':');
        if (colon < 0)
        {
            return false;
        }

        bool known = _users.TryGetValue(Encoding.UTF8.GetString(credentials.AsSpan(0, colon)), out string? hash);

        // An unknown user takes as long as a known one.
        return PasswordHash.Matches(credentials.AsSpan(colon + 1), hash ?? _users.Values.First()) && known;
    }

    private static byte[]? Decode(ReadOnlySpan<byte> value)
    {
        if (value.Length < 7 || !Ascii.EqualsIgnoreCase(value[..6], "Basic "u8))
        {
            return null;
        }

        byte[] decoded = new byte[value.Length];
        return Convert.TryFromBase64String(Encoding.Latin1.GetString(value[6..]).Trim(), decoded, out int length)
            ? decoded[..length]
            : null;
    }
}
