namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>
/// The streams of a connection, and the places that were taken for further ones. Whoever uses it holds the connection's lock.
/// </summary>
/// <param name="now">The time on the watch's clock.</param>
internal sealed class Http2StreamTable(long now)
{
    // A server that closes after each response has done so by then; see IdleConnections.
    private const int ProvenIdle = 100;

    private readonly Dictionary<int, Http2UpstreamExchange> _open = [];
    private int _next = 1;
    private int _reserved;
    private int _served;

    /// <summary>When the last exchange ended.</summary>
    public long IdleSince { get; private set; } = now;

    /// <summary>Whether there are no streams, and none is about to begin.</summary>
    public bool IsIdle => _open.Count + _reserved == 0;

    /// <summary>The streams.</summary>
    public IReadOnlyCollection<Http2UpstreamExchange> All => _open.Values;

    /// <summary>Takes a place for a stream; false where there is none.</summary>
    /// <param name="most">How many there may be.</param>
    /// <param name="isProven">Whether the connection counts only if the server has shown that it keeps connections.</param>
    /// <param name="now">The time.</param>
    public bool TryReserve(int most, bool isProven, long now)
    {
        if (_open.Count + _reserved >= most || (isProven && _served < 2 && now - IdleSince < ProvenIdle))
        {
            return false;
        }

        _reserved++;
        return true;
    }

    /// <summary>Whether a stream was ever begun, or is about to.</summary>
    public bool IsUsed => _next > 1 || _reserved > 0;

    /// <summary>Gives a place back.</summary>
    public void Withdraw() => _reserved--;

    /// <summary>
    /// Begins a stream in a place that was given back; false where it was the last one that the protocol has numbers for.
    /// </summary>
    public bool Open(Http2UpstreamExchange exchange)
    {
        exchange.StreamId = _next;
        _next += 2;
        _open.Add(exchange.StreamId, exchange);
        return _next > 0;
    }

    /// <summary>Whether the stream is open.</summary>
    public bool Has(Http2UpstreamExchange exchange) => _open.ContainsKey(exchange.StreamId);

    /// <summary>The stream of a number; null where it is over.</summary>
    public Http2UpstreamExchange? Find(int id) => _open.GetValueOrDefault(id);

    /// <summary>Whether there ever was a stream of that number.</summary>
    public bool WasOpened(int id) => id % 2 == 1 && (_next < 0 || id < _next);

    /// <summary>Ends a stream; false where it is over.</summary>
    public bool End(Http2UpstreamExchange exchange, long now)
    {
        if (!_open.Remove(exchange.StreamId))
        {
            return false;
        }

        (IdleSince, _served) = (now, _served + (exchange.IsComplete ? 1 : 0));
        return true;
    }

    /// <summary>Takes away the streams behind one.</summary>
    public Http2UpstreamExchange[] TakeAbove(int id)
    {
        Http2UpstreamExchange[] taken = [.. _open.Values.Where(e => e.StreamId > id)];
        Array.ForEach(taken, e => _open.Remove(e.StreamId));
        return taken;
    }
}
