using System.Collections.Concurrent;
using System.Net;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Listening;

/// <summary>Serves each connection in the protocol that it speaks, and knows all that are open.</summary>
internal sealed class ConnectionServer(Pipeline pipeline, DeadlineWatch watch, HttpDate date)
{
    private readonly ConcurrentDictionary<Wire, Http1Connection?> _open = new();
    private readonly StopSignal _stopping = new();

    /// <summary>The connections that are open.</summary>
    public int Count => _open.Count;

    /// <summary>Serves one connection to its end.</summary>
    public async Task ServeAsync(Wire wire, ListenPlan plan)
    {
        _open[wire] = null;
        try
        {
            ClientConnection client = Describe(wire, plan);
            var exchange = new Http1Exchange(wire, client, watch, date);
            var connection = new Http1Connection(exchange, pipeline, watch, plan.HeadLimit, _stopping);
            _open[wire] = connection;
            await connection.RunAsync();
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // It was gone before it was served.
        }
        finally
        {
            wire.Dispose();
            _open.TryRemove(wire, out _);
        }
    }

    /// <summary>Closes idle connections, and lets the others finish what they do for at most a time.</summary>
    public async Task StopAsync(TimeSpan drain, TimeProvider time)
    {
        _stopping.Set();
        long started = time.GetTimestamp();
        while (!_open.IsEmpty && time.GetElapsedTime(started) < drain)
        {
            foreach (Http1Connection? connection in _open.Values)
            {
                connection?.CloseIfIdle();
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time);
        }

        foreach (Wire wire in _open.Keys)
        {
            wire.Dispose();
        }
    }

    private static ClientConnection Describe(Wire wire, ListenPlan plan)
    {
        (IPAddress peer, int port) = wire.Socket.RemoteEndPoint is IPEndPoint ip
            ? (ip.Address.IsIPv4MappedToIPv6 ? ip.Address.MapToIPv4() : ip.Address, ip.Port)
            : (IPAddress.Loopback, 0);
        if (port != 0)
        {
            wire.Socket.NoDelay = true;
        }

        return new ClientConnection { Peer = peer, PeerPort = port, PeerText = peer.ToString(), Listener = plan.Key, IsTls = wire.IsTls };
    }
}
