using Confgen.Model.Upstreams;

namespace Confgen.Runtime.Upstreams.Http1;

/// <summary>The kept connections of a server that speaks HTTP/1.1.</summary>
internal sealed class IdleConnections(ServerState server, UpstreamKeepalive keepalive, IConnectionSource source)
{
    // A server that closes after each response has done so by then.
    private const int ProvenIdle = 100;

    private readonly Lock _lock = new();
    private readonly List<Http1UpstreamExchange> _idle = [];
    private bool _isOver;

    /// <summary>A connection that is still good; null where there is none.</summary>
    /// <param name="now">The time of the watch's clock.</param>
    /// <param name="isProven">
    /// Whether only one counts on which the server has shown that it keeps connections: it has served several requests, or was idle for a
    /// while. A server that closes after each response, and doesn't say so, closes at the very moment in which the next request goes out.
    /// </param>
    public Http1UpstreamExchange? Take(long now, bool isProven)
    {
        while (true)
        {
            Http1UpstreamExchange exchange;
            lock (_lock)
            {
                // The last used first, so that the others grow old.
                int at = _idle.Count - 1;
                while (isProven && at >= 0 && !IsProven(_idle[at], now))
                {
                    at--;
                }

                if (at < 0)
                {
                    return null;
                }

                exchange = _idle[at];
                _idle.RemoveAt(at);
            }

            if (IsGood(exchange, now))
            {
                return exchange;
            }

            exchange.Close();
        }
    }

    /// <summary>Keeps a connection for the next request, or closes it.</summary>
    public void Return(Http1UpstreamExchange exchange, long now)
    {
        exchange.IdleSince = now;
        lock (_lock)
        {
            if (_idle.Count < keepalive.Idle && !_isOver)
            {
                _idle.Add(exchange);
                return;
            }
        }

        exchange.Close();
    }

    /// <summary>Closes the connections that are good no longer.</summary>
    public void Sweep(long now) => CloseWhere(c => !IsGood(c, now));

    /// <summary>Closes all of them, and keeps no more.</summary>
    public void End()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        CloseWhere(static _ => true);
    }

    private static bool IsProven(Http1UpstreamExchange exchange, long now) => exchange.Served > 1 || now - exchange.IdleSince >= ProvenIdle;

    // Bytes that nobody asked for must not become the response to the next request, and an end means it's gone.
    private bool IsGood(Http1UpstreamExchange exchange, long now) =>
        now - exchange.IdleSince < (long)keepalive.Timeout.TotalMilliseconds
        && source.IsCurrent(server, exchange.EndPoint)
        && !exchange.IsReadable;

    private void CloseWhere(Predicate<Http1UpstreamExchange> isOld)
    {
        List<Http1UpstreamExchange> old;
        lock (_lock)
        {
            old = _idle.FindAll(isOld);
            _idle.RemoveAll(old.Contains);
        }

        foreach (Http1UpstreamExchange exchange in old)
        {
            exchange.Close();
        }
    }
}
