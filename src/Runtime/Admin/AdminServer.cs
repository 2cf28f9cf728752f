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
    private readonly Action<string> _notice;

    /// <summary>Binds the address.</summary>
    /// <exception cref="SocketException">The address can't be bound.</exception>
    public AdminServer(AdminAddress address, IRequestHandler handler, InheritedSockets inherited, DeadlineWatch watch, ProxyOptions options)
    {
        (_handler, _watch, _date, _notice) = (handler, watch, new HttpDate(options.Time), options.Notice);
        _listener = inherited.Open(address.EndPoint, []).LetOwnerConnect();
    }

    /// <summary>Where it listens.</summary>
    public Listener Listener => _listener;

    /// <summary>Answers from now on.</summary>
    public void Start() => _listener.Accept(ServeAsync, _notice);

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
            var client = new ClientConnection
            {
                Peer = peer,
                PeerPort = 0,
                PeerText = peer.ToString(),
                Listener = "",
                IsTls = false,
            };
            await new Http1Connection(
                new Http1Exchange(wire, client, _watch, _date, _stopping),
                _handler,
                _watch,
                HeadLimit,
                _stopping
            ).RunAsync();
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
