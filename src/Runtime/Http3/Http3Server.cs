using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Observing;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>Serves connections of HTTP/3.</summary>
internal sealed class Http3Server(IRequestHandler handler, DeadlineWatch watch, HttpDate date, Metrics metrics)
{
    private readonly ConnectionSet<Http3Connection> _open = new();

    /// <summary>The connections that are open.</summary>
    public int Count => _open.Count;

    /// <summary>Serves one connection to its end.</summary>
    /// <param name="transport">The connection, its handshake done.</param>
    /// <param name="client">Who is at its other end.</param>
    /// <param name="headLimit">The largest head that any site of its listener takes.</param>
    public Task ServeAsync(IQuicConnection transport, ClientConnection client, int headLimit)
    {
        metrics.Accept();
        return _open.ServeAsync(new Http3Connection(transport, client, headLimit, handler, watch, date));
    }

    /// <summary>Takes no further request on the connections of a listener.</summary>
    public void Leave(string listener) => _open.LeaveWhere(c => c.Client.Listener == listener);

    /// <summary>Takes no further request and lets those under way finish until the time is over.</summary>
    public Task StopAsync(CancellationToken limit) => _open.StopAsync(limit);
}
