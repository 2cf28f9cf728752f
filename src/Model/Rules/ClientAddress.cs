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
    public static IPAddress Resolve(ValueList<Cidr> trusted, IPAddress peer, ReadOnlySpan<char> forwardedFor)
    {
        IPAddress client = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        ReadOnlySpan<char> rest = forwardedFor;
        while (IsTrusted(trusted, client))
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

    // An address, perhaps with brackets or a port, as some proxies write it.
    private static bool TryParse(ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPAddress? address)
    {
        if (IPAddress.TryParse(text, out address))
        {
            address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return text.IndexOfAny('.', ':') >= 0;
        }

        return IPEndPoint.TryParse(text, out IPEndPoint? endpoint) && (address = endpoint.Address) is not null;
    }
}
