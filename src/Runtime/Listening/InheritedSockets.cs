using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Listening;

/// <summary>
/// Sockets that were bound before this process began. Those of the service manager are never closed while the proxy runs: it holds them
/// too, so that none could be bound again. Those of the process that served before are the proxy's own as soon as something listens on
/// them.
/// </summary>
/// <param name="sockets">Those of the service manager.</param>
/// <param name="passed">Those of the process that served before.</param>
internal sealed class InheritedSockets(IReadOnlyList<Socket> sockets, IReadOnlyList<Socket> passed)
{
    private readonly List<Socket> _passed = [.. passed];
    private readonly List<Listener> _taken = [];

    /// <summary>Listens at an address: on the socket that was handed over for it, else on one of its own.</summary>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    public Listener Open(EndPoint endPoint, IEnumerable<Listener> own)
    {
        if (sockets.FirstOrDefault(s => Means(s.LocalEndPoint, endPoint)) is { } inherited)
        {
            return Listener.On(inherited, isInherited: true);
        }

        if (_passed.Find(s => IsFor(s, endPoint)) is { } socket)
        {
            _passed.Remove(socket);
            var taken = Listener.On(socket, isInherited: false);
            _taken.Add(taken);
            return taken;
        }

        return Listener.Bind(endPoint, [.. own, .. _passed.Select(s => Listener.On(s, isInherited: false))]);
    }

    /// <summary>Whether a socket was handed over for an address.</summary>
    public bool Has(EndPoint endPoint) => sockets.Any(s => Means(s.LocalEndPoint, endPoint));

    /// <summary>This process serves: what the one before listened on is its own now, and closed where it listens there no more.</summary>
    public void Adopt()
    {
        foreach (Socket socket in _passed)
        {
            var unused = Listener.On(socket, isInherited: false);
            unused.OwnFile();
            unused.Dispose();
        }

        _taken.ForEach(l => l.OwnFile());
        _taken.Clear();
        _passed.Clear();
    }

    /// <summary>The addresses that the service manager has bound and that nobody asks for.</summary>
    public IEnumerable<EndPoint> Unused(IReadOnlyCollection<EndPoint> wanted) =>
        sockets.Select(s => s.LocalEndPoint).OfType<EndPoint>().Where(held => !wanted.Any(w => Means(held, w)));

    // The address itself: another one of the same port is another listener, and may be bound beside it.
    private static bool IsFor(Socket socket, EndPoint wanted) =>
        (socket.LocalEndPoint, wanted) switch
        {
            (IPEndPoint a, IPEndPoint b) => a.Equals(b),
            (UnixDomainSocketEndPoint a, UnixDomainSocketEndPoint b) => a.ToString() == b.ToString(),
            _ => false,
        };

    // Every address of the host may have been written as IPv4's or as IPv6's.
    private static bool Means(EndPoint? held, EndPoint wanted) =>
        (held, wanted) switch
        {
            (IPEndPoint a, IPEndPoint b) => a.Port == b.Port && (a.Address.Equals(b.Address) || (IsAny(a.Address) && IsAny(b.Address))),
            (UnixDomainSocketEndPoint a, UnixDomainSocketEndPoint b) => a.ToString() == b.ToString(),
            _ => false,
        };

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
