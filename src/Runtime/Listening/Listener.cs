using System.Net;
using System.Net.Sockets;
using Confgen.Files;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Listening;

/// <summary>Accepts connections at one address.</summary>
internal sealed class Listener : IDisposable
{
    // As Linux' own limit since 5.4; more are refused by the system before a program sees them.
    private const int Backlog = 4096;

    private const UnixFileMode ForEverybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly Socket _socket;

    private Listener(Socket socket, bool isInherited) => (_socket, IsInherited) = (socket, isInherited);

    /// <summary>Whether the socket was handed over, and its owner keeps it.</summary>
    public bool IsInherited { get; }

    /// <summary>Where it listens, with the port that the system chose if none was asked for.</summary>
    public EndPoint? EndPoint => _socket.LocalEndPoint;

    /// <summary>Binds the address.</summary>
    /// <param name="endPoint">The address.</param>
    /// <param name="own">The proxy's listeners: where a port goes from all of the host's addresses to one, the old one closes after the new one is open.</param>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    public static Listener Bind(EndPoint endPoint, IEnumerable<Listener> own)
    {
        try
        {
            return Bind(endPoint, isShared: false);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && !OperatingSystem.IsWindows() && endPoint is IPEndPoint wanted)
        {
            Listener[] neighbours = [.. own.Where(l => l.EndPoint is IPEndPoint held && held.Port == wanted.Port && !held.Equals(wanted))];
            if (neighbours.Length == 0)
            {
                throw;
            }

            Array.ForEach(neighbours, l => Share(l._socket));
            return Bind(endPoint, isShared: true);
        }
    }

    private static Listener Bind(EndPoint endPoint, bool isShared)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, endPoint is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (endPoint is IPEndPoint ip)
            {
                if (ip.AddressFamily == AddressFamily.InterNetworkV6)
                {
                    // The wildcard takes IPv4 too; an address is what it says.
                    socket.DualMode = ip.Address.Equals(IPAddress.IPv6Any);
                }

                if (isShared)
                {
                    Share(socket);
                }
            }

            if (endPoint is UnixDomainSocketEndPoint)
            {
                RemoveStale(endPoint);
            }

            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return new Listener(socket, isInherited: false);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Lets every user of the machine connect to a unix socket, as nginx does: its folder says who comes that far.</summary>
    public Listener LetAllConnect()
    {
        if (!IsInherited && _socket.LocalEndPoint is UnixDomainSocketEndPoint unix && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(unix.ToString(), ForEverybody);
        }

        return this;
    }

    /// <summary>Listens on a socket that was bound by somebody else.</summary>
    public static Listener On(Socket socket) => new(socket, isInherited: true);

    /// <summary>Hands each connection on, until the listener is disposed.</summary>
    /// <param name="serve">Takes a connection.</param>
    /// <param name="notice">Receives a line where the system gives no more connections, and where it does again.</param>
    public async Task AcceptAsync(Func<Connection, Task> serve, Action<string> notice)
    {
        var failures = new AcceptFailures(_socket.LocalEndPoint, notice);
        while (true)
        {
            Socket accepted;
            try
            {
                accepted = await _socket.AcceptAsync();
                failures.End();
            }
            catch (SocketException e) when (e.SocketErrorCode is not (SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotSocket))
            {
                await Task.Delay(failures.Add(e));
                continue;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            _ = serve(new Connection(accepted));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    // .NET sets SO_REUSEPORT, too, by which two programs share a port, each with a part of the connections; SO_REUSEADDR alone, for a port whose
    // last connections rest, it sets by itself.
    private static void Share(Socket socket) => socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);

    // The socket's file of a run that was killed stays behind, and nobody answers there; one that is in use is left alone.
    private static void RemoveStale(EndPoint endPoint)
    {
        string path = endPoint.ToString() ?? "";
        if (RegularFile.KindOf(path) != FileKind.Socket)
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Binding tells what is wrong.
        }
    }
}
