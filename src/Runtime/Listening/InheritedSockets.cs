using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Listening;

/// <summary>
/// Sockets that were bound before this process began, by whoever started it. They are never closed while the proxy runs: their owner holds
/// them too, so that none could be bound again.
/// </summary>
internal sealed class InheritedSockets(IReadOnlyList<Socket> sockets)
{
    /// <summary>Listens at an address: on the socket that was handed over for it, else on one of its own.</summary>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    public Listener Open(EndPoint endPoint, IEnumerable<Listener> own) =>
        sockets.FirstOrDefault(s => Means(s.LocalEndPoint, endPoint)) is { } socket ? Listener.On(socket) : Listener.Bind(endPoint, own);

    /// <summary>Whether a socket was handed over for an address.</summary>
    public bool Has(EndPoint endPoint) => sockets.Any(s => Means(s.LocalEndPoint, endPoint));

    /// <summary>The addresses that were handed over and that nobody asks for.</summary>
    public IEnumerable<EndPoint> Unused(IReadOnlyCollection<EndPoint> wanted) =>
        sockets.Select(s => s.LocalEndPoint).OfType<EndPoint>().Where(held => !wanted.Any(w => Means(held, w)));

    // Every address of the host may have been written as IPv4's or as IPv6's.
    private static bool Means(EndPoint? held, EndPoint wanted) => (held, wanted) switch
    {
        (IPEndPoint a, IPEndPoint b) => a.Port == b.Port && (a.Address.Equals(b.Address) || (IsAny(a.Address) && IsAny(b.Address))),
        (UnixDomainSocketEndPoint a, UnixDomainSocketEndPoint b) => a.ToString() == b.ToString(),
        _ => false,
    };

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
