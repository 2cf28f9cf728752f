using System.Buffers;
using Confgen.Model.Units;

namespace Confgen.Runtime.Messages;

/// <summary>The form of a Host field (RFC 9112, section 3.2): a name or an address, and a port.</summary>
internal static class Authority
{
    private const int MostPort = 65535;

    private static readonly SearchValues<char> _name = SearchValues.Create(
        "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>Takes host and port apart; false where it is no valid authority. An IPv6 address keeps its brackets.</summary>
    public static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out int? port)
    {
        port = null;
        host = text;
        int colon = text.LastIndexOf(':');
        if (colon > text.LastIndexOf(']'))
        {
            host = text[..colon];
            if (!TryPort(text[(colon + 1)..], out int number))
            {
                return false;
            }

            port = number;
        }

        return host is ['[', .., ']']
            ? host.Contains(':') && IpAddresses.TryParse(host[1..^1], out _)
            : host.Length is > 0 and <= 255
                && host.IndexOfAnyExcept(_name) < 0
                && host[0] != '.'
                && !host.Contains("..", StringComparison.Ordinal);
    }

    private static bool TryPort(ReadOnlySpan<char> digits, out int port)
    {
        port = 0;
        foreach (char c in digits)
        {
            port = char.IsAsciiDigit(c) ? (port * 10) + c - '0' : MostPort + 1;
            if (port > MostPort)
            {
                return false;
            }
        }

        return !digits.IsEmpty && digits.Length <= 5;
    }
}
