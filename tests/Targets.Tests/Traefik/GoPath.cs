using System.Text;
using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Tests.Traefik;

/// <summary>
/// A path as Go's net/url holds it and Traefik normalises it: decoded, and as it was sent where that isn't the usual spelling.
/// </summary>
/// <param name="Decoded">The decoded path, a character for each byte.</param>
/// <param name="Raw">The path as it was sent; empty where it is the usual spelling of the decoded one.</param>
internal sealed record GoPath(string Decoded, string Raw)
{
    private const string Unreserved = "-._~";
    private const string PlainInPaths = "$&+,/:;=@";
    private const string TakenInPaths = "!'()*[]";

    /// <summary>Reads a raw path, a character for each byte; null where Go refuses it.</summary>
    public static GoPath? Parse(string raw)
    {
        if (!raw.StartsWith('/') || raw.Any(static c => c is < ' ' or '\x7F' or ' ') || Decode(raw) is not { } decoded)
        {
            return null;
        }

        return new GoPath(decoded, Escape(decoded) == raw ? "" : raw);
    }

    /// <summary>The path that is sent: as it came where it is valid, else in the usual spelling.</summary>
    public string Escaped =>
        Raw.Length > 0 && Raw.All(static c => c == '%' || IsPlain(c) || TakenInPaths.Contains(c)) ? Raw : Escape(Decoded);

    /// <summary>The path that middlewares replace parts of.</summary>
    public string Current => Raw.Length > 0 ? Raw : Escaped;

    /// <summary>The path that routers are chosen by, as text: bytes that aren't UTF-8 are U+FFFD.</summary>
    /// <param name="keepsReserved">Whether escapes of reserved characters stay, as since 3.4.1.</param>
    public string Routing(bool keepsReserved)
    {
        if (!keepsReserved)
        {
            return AsText(Decoded);
        }

        var result = new StringBuilder();
        string escaped = Escaped;
        for (int at = 0; at < escaped.Length; at++)
        {
            if (escaped[at] != '%')
            {
                result.Append(escaped[at]);
                continue;
            }

            string code = escaped.Substring(at, 3);
            char c = (char)Convert.ToByte(code[1..], 16);
            result.Append(
                ReservedCharacters.Contains(c) && string.Equals(code, code.ToUpperInvariant(), StringComparison.Ordinal)
                    ? code
                    : c.ToString()
            );
            at += 2;
        }

        return AsText(result.ToString());
    }

    /// <summary>Escapes in capitals, and none of unreserved characters.</summary>
    public GoPath Normalized()
    {
        if (Raw.Length == 0)
        {
            return this;
        }

        var result = new StringBuilder();
        for (int at = 0; at < Raw.Length; at++)
        {
            if (Raw[at] != '%')
            {
                result.Append(Raw[at]);
                continue;
            }

            string code = Raw.Substring(at, 3).ToUpperInvariant();
            char c = (char)Convert.ToByte(code[1..], 16);
            result.Append(char.IsAsciiLetterOrDigit(c) || Unreserved.Contains(c) ? c.ToString() : code);
            at += 2;
        }

        return this with
        {
            Raw = result.ToString(),
        };
    }

    /// <summary>The path with another spelling, as a middleware sets it.</summary>
    public static GoPath Replaced(string raw) => new(Decode(raw) ?? throw new InvalidDataException("no path: " + raw), raw);

    private static string AsText(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || Unreserved.Contains(c) || PlainInPaths.Contains(c);

    private static string Escape(string decoded) =>
        string.Concat(decoded.Select(static c => IsPlain(c) ? c.ToString() : string.Create(null, $"%{(int)c:X2}")));

    private static string? Decode(string raw)
    {
        var result = new StringBuilder();
        for (int at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '%')
            {
                result.Append(raw[at]);
                continue;
            }

            if (at + 2 >= raw.Length || !char.IsAsciiHexDigit(raw[at + 1]) || !char.IsAsciiHexDigit(raw[at + 2]))
            {
                return null;
            }

            result.Append((char)Convert.ToByte(raw.Substring(at + 1, 2), 16));
            at += 2;
        }

        return result.ToString();
    }
}
