using System.Diagnostics.CodeAnalysis;
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

    private const UnixFileMode ForOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode ForEverybody =
        UnixFileMode.UserRead
        | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite;

    private readonly Socket _socket;
    private Task _accepting = Task.CompletedTask;
    private bool _ownsFile;

    private Listener(Socket socket, bool isInherited) => (_socket, IsInherited) = (socket, isInherited);

    /// <summary>Whether the socket was bound by the service manager, who keeps it.</summary>
    public bool IsInherited { get; }

    /// <summary>The socket's descriptor.</summary>
    public SafeSocketHandle Handle => _socket.SafeHandle;

    /// <summary>Where it listens, with the port that the system chose if none was asked for.</summary>
    public EndPoint? EndPoint => _socket.LocalEndPoint;

    /// <summary>Binds the address.</summary>
    /// <param name="endPoint">The address.</param>
    /// <param name="own">The proxy's listeners: where a port goes from all of the host's addresses to one, the old one closes after the new
    /// one is open.</param>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    public static Listener Bind(EndPoint endPoint, IEnumerable<Listener> own)
    {
        try
        {
            return Bind(endPoint, isShared: false);
        }
        catch (SocketException e)
            when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && !OperatingSystem.IsWindows() && endPoint is IPEndPoint wanted)
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
        var socket = new Socket(
            endPoint.AddressFamily,
            SocketType.Stream,
            endPoint is UnixDomainSocketEndPoint ? ProtocolType.Unspecified : ProtocolType.Tcp
        );
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
            return new Listener(endPoint is UnixDomainSocketEndPoint ? WithoutFile(socket) : socket, isInherited: false)
            {
                _ownsFile = endPoint is UnixDomainSocketEndPoint,
            };
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
        if (_ownsFile && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(EndPoint?.ToString() ?? "", ForEverybody);
        }

        return this;
    }

    /// <summary>Lets the user alone who runs the proxy connect to a unix socket.</summary>
    public Listener LetOwnerConnect()
    {
        if (_ownsFile && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(EndPoint?.ToString() ?? "", ForOwner);
        }

        return this;
    }

    /// <summary>Listens on a socket that was bound by somebody else.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="isInherited">Whether the service manager has bound it and keeps it; else the process that serves until now.</param>
    public static Listener On(Socket socket, bool isInherited) => new(socket, isInherited);

    /// <summary>Takes the file of a unix socket over: it is removed when the listener is closed.</summary>
    public void OwnFile() => _ownsFile = _socket.LocalEndPoint is UnixDomainSocketEndPoint;

    /// <summary>Hands each connection on, until the listener is closed.</summary>
    /// <param name="serve">Takes a connection.</param>
    /// <param name="notice">Receives a line where the system gives no more connections, and where it does again.</param>
    public void Accept(Func<Connection, Task> serve, Action<string> notice) => _accepting = AcceptAsync(serve, notice);

    /// <summary>Closes it; ends when each connection that was accepted until then was handed on.</summary>
    /// <param name="isPassed">Whether another process accepts on the same socket: the file of a unix socket is then left to that.</param>
    public Task CloseAsync(bool isPassed)
    {
        _ownsFile &= !isPassed;
        Dispose();
        return _accepting;
    }

    private async Task AcceptAsync(Func<Connection, Task> serve, Action<string> notice)
    {
        var failures = new AcceptFailures(_socket.LocalEndPoint, notice, TimeProvider.System);
        while (true)
        {
            Socket accepted;
            try
            {
                accepted = await _socket.AcceptAsync();
            }
            catch (SocketException e)
                when (e.SocketErrorCode is not (SocketError.OperationAborted or SocketError.Interrupted or SocketError.NotSocket))
            {
                await Task.Delay(failures.Add(e));
                continue;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            bool areShort = Descriptors.AreShort(accepted.SafeHandle);
            _ = serve(new Connection(accepted));
            for (; areShort; areShort = Descriptors.AreShort())
            {
                await Task.Delay(failures.AddShortage());
            }

            failures.End();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsFile && _socket.LocalEndPoint is { } file)
        {
            // Before the socket: nobody else can have bound the path by then.
            _ownsFile = false;
            try
            {
                File.Delete(file.ToString() ?? "");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody has removed its folder, or may no longer write there: the socket is closed all the same.
            }
        }

        _socket.Dispose();
    }

    // The object that has bound a unix socket removes its file when it is disposed, whoever listens there by then: another one takes its
    // place.
    [SuppressMessage(
        "Usage",
        "CA1816:Dispose methods should call SuppressFinalize",
        Justification = "the finalizer would remove the file, too"
    )]
    private static Socket WithoutFile(Socket bound)
    {
        GC.SuppressFinalize(bound);
        return new Socket(bound.SafeHandle);
    }

    // .NET sets SO_REUSEPORT, too, by which two programs share a port, each with a part of the connections; SO_REUSEADDR alone, for a port
    // whose last connections rest, it sets by itself.
    private static void Share(Socket socket) =>
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, optionValue: true);

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
