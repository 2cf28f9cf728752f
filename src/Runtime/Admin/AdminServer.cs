using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Admin;

/// <summary>Listens for the operator, apart from the sites: a reload doesn't touch it, and it answers while the proxy drains.</summary>
internal sealed class AdminServer : IDisposable
{
    private const int HeadLimit = 8 * 1024;

    private readonly ConcurrentDictionary<Connection, bool> _open = new();
    private readonly StopSignal _stopping = new();
    private readonly Listener _listener;
    private readonly DeadlineWatch _watch;
    private readonly HttpDate _date;
    private readonly IRequestHandler _handler;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    public AdminServer(AdminAddress address, IRequestHandler handler, InheritedSockets inherited, DeadlineWatch watch, ProxyOptions options)
    {
        (_handler, _watch, _date) = (handler, watch, new HttpDate(options.Time));
        _listener = inherited.Open(address.EndPoint, []);
        if (!_listener.IsInherited && address.EndPoint is UnixDomainSocketEndPoint && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(address.EndPoint.ToString() ?? "", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        _ = _listener.AcceptAsync(ServeAsync, options.Notice);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Set();
        _listener.Dispose();
        foreach (Connection wire in _open.Keys)
        {
            wire.Dispose();
        }
    }

    private async Task ServeAsync(Connection wire)
    {
        _open[wire] = true;
        try
        {
            IPAddress peer = wire.Socket.RemoteEndPoint is IPEndPoint ip ? ip.Address : IPAddress.Loopback;
            var client = new ClientConnection { Peer = peer, PeerPort = 0, PeerText = peer.ToString(), Listener = "", IsTls = false };
            await new Http1Connection(new Http1Exchange(wire, client, _watch, _date, _stopping), _handler, _watch, HeadLimit, _stopping).RunAsync();
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The operator has left.
        }
        finally
        {
            await LingeringClose.RunAsync(wire, _watch);
            _open.TryRemove(wire, out _);
        }
    }
}
