using System.Diagnostics.CodeAnalysis;
using System.Net;
using Confgen.Model.Units;

namespace Confgen.Model.Rules;

/// <summary>Who the client is, behind proxies that are trusted.</summary>
public static class ClientAddress
{
    /// <summary>Whether the peer is one whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public static bool IsTrusted(ValueList<Cidr> trusted, IPAddress peer)
    {
        foreach (Cidr block in trusted)
        {
            if (block.Contains(peer))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The client's address: the peer's, or behind a trusted peer the right-most address of the list that is not trusted. What stands
    /// before an entry that is no address can't be believed: the nearest trusted hop is the client then.
    /// </summary>
    /// <param name="trusted">The trusted proxies.</param>
    /// <param name="peer">The other end of the connection.</param>
    /// <param name="forwardedFor">All lines of X-Forwarded-For in their order, joined by commas; empty where there is none.</param>
    /// <param name="isPeerTrusted">Whether the peer is trusted for something else than its address, as one on a unix socket.</param>
    public static IPAddress Resolve(ValueList<Cidr> trusted, IPAddress peer, ReadOnlySpan<char> forwardedFor, bool isPeerTrusted = false)
    {
        IPAddress client = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        ReadOnlySpan<char> rest = forwardedFor;
        for (bool isTrusted = isPeerTrusted; isTrusted || IsTrusted(trusted, client); isTrusted = false)
        {
            int comma = rest.LastIndexOf(',');
            ReadOnlySpan<char> last = rest[(comma + 1)..].Trim(" \t");
            if (!TryParse(last, out IPAddress? next))
            {
                return client;
            }

            client = next;
            rest = comma < 0 ? [] : rest[..comma];
        }

        return client;
    }

    // An address, perhaps with brackets or a port, as some proxies write it. Strict, since the platform would read "10.1" as 10.0.0.1.
    private static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        ReadOnlySpan<char> host = text;
        if (text is ['[', ..])
        {
            int close = text.IndexOf(']');
            host = close > 0 && IsPort(text[(close + 1)..]) ? text[1..close] : default;
        }
        else if (text.IndexOf(':') is >= 0 and var colon && colon == text.LastIndexOf(':'))
        {
            host = IsPort(text[colon..]) ? text[..colon] : default;
        }

        if (!IpAddresses.TryParse(host, out address))
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return true;
    }

    // Nothing, or a colon and a number.
    private static bool IsPort(ReadOnlySpan<char> text) =>
        text.IsEmpty || (text is [':', _, ..] && text.Length <= 6 && text[1..].IndexOfAnyExceptInRange('0', '9') < 0);
}
