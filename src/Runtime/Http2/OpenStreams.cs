using Confgen.Runtime.Http1;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>
/// The open streams of a connection, and how it comes to take no further ones: (1) the end is announced, (2) no stream may begin any more,
/// (3) the last one that is open ends. The deadline of the connection's reader runs while no stream is open, and while a head is
/// incomplete.
/// </summary>
internal sealed class OpenStreams(Deadline deadline, DeadlineWatch watch)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Http2Exchange> _streams = [];
    private readonly TaskCompletionSource _allEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isAnnounced;
    private bool _isClosed;
    private bool _isOver;

    /// <summary>Ends when no stream is open, and none can begin any more.</summary>
    public Task AllEnded => _allEnded.Task;

    /// <summary>Whether no stream is open, and no end was announced.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _streams.Count == 0 && !_isAnnounced;
            }
        }
    }

    /// <summary>Whether the end was announced, and streams may still begin.</summary>
    public bool IsAnnouncing
    {
        get
        {
            lock (_lock)
            {
                return _isAnnounced && !_isClosed;
            }
        }
    }

    /// <summary>The stream of that number; null where it is over, or was never opened.</summary>
    public Http2Exchange? Find(int id)
    {
        lock (_lock)
        {
            return _streams.GetValueOrDefault(id);
        }
    }

    /// <summary>Begins with a request; false where no further one is taken now.</summary>
    public bool TryBegin(Http2Exchange exchange)
    {
        lock (_lock)
        {
            if (_isClosed || _isOver || _streams.Count >= Http2Settings.MaxStreams)
            {
                return false;
            }

            _streams[exchange.Id] = exchange;
            deadline.Clear();
            return true;
        }
    }

    /// <summary>A stream has ended.</summary>
    /// <param name="exchange">The stream.</param>
    /// <param name="awaitsNext">Whether the client has a time for its next request; else the connection is being closed, which has its
    /// own.</param>
    public void End(Http2Exchange exchange, bool awaitsNext)
    {
        lock (_lock)
        {
            _streams.Remove(exchange.Id);
            if (_streams.Count == 0 && awaitsNext)
            {
                deadline.Set(watch.After(ClientTimeouts.Idle));
            }

            SignalIfEnded();
        }
    }

    /// <summary>A head has begun whose end is not here yet, or the head that had begun is whole.</summary>
    public void AwaitHead(bool isAwaited)
    {
        lock (_lock)
        {
            if (isAwaited || _streams.Count > 0)
            {
                deadline.Set(isAwaited ? watch.After(ClientTimeouts.Head) : long.MaxValue);
            }
        }
    }

    /// <summary>The end is announced; false where it was before, or the connection is over.</summary>
    public bool TryAnnounce()
    {
        lock (_lock)
        {
            bool isFirst = !_isAnnounced && !_isOver;
            _isAnnounced |= isFirst;
            return isFirst;
        }
    }

    /// <summary>No stream begins any more; false where that was so before, or the connection is over.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            bool isFirst = !_isClosed && !_isOver;
            _isClosed |= isFirst;
            SignalIfEnded();
            return isFirst;
        }
    }

    /// <summary>The connection is over: its streams end as if the client had reset them.</summary>
    public void EndAll()
    {
        lock (_lock)
        {
            _isOver = true;
            SignalIfEnded();
        }

        AbandonAll();
    }

    /// <summary>Ends each stream as if the client had reset it.</summary>
    public void AbandonAll()
    {
        Http2Exchange[] left;
        lock (_lock)
        {
            left = [.. _streams.Values];
        }

        Array.ForEach(left, s => s.Abandon());
    }

    private void SignalIfEnded()
    {
        if ((_isClosed || _isOver) && _streams.Count == 0)
        {
            _allEnded.TrySetResult();
        }
    }
}
