using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>Serves connections of HTTP/2.</summary>
internal sealed class Http2Server(IRequestHandler handler, DeadlineWatch watch, HttpDate date)
{
    private readonly ConnectionSet<Http2Connection> _open = new();

    /// <summary>Serves one connection to its end.</summary>
    /// <param name="transport">The connection, its TLS handshake done.</param>
    /// <param name="input">What was received of it, and whatever follows.</param>
    /// <param name="client">Who is at its other end.</param>
    /// <param name="headLimit">The largest head that any site of its listener takes.</param>
    public Task ServeAsync(Connection transport, InputBuffer input, ClientConnection client, int headLimit) =>
        _open.ServeAsync(new Http2Connection(transport, input, client, headLimit, handler, watch, date));

    /// <summary>Takes no further request and lets those under way finish until the time is over.</summary>
    public Task StopAsync(CancellationToken limit) => _open.StopAsync(limit);
}
