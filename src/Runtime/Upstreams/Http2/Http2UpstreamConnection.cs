using System.Net;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>
/// A connection to a server that speaks HTTP/2 (RFC 9113), shared by the exchanges that go on at the same time. What they send goes out by
/// <see cref="Http2UpstreamOutput"/>; what the server sends is read by <see cref="Http2FrameReader"/>.
/// </summary>
internal sealed class Http2UpstreamConnection
{
    private readonly Connection _connection;
    private readonly DeadlineWatch _watch;
    private readonly Lock _lock = new();
    private readonly Http2StreamTable _streams;
    private readonly TaskCompletionSource<UpstreamError?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosing;
    private bool _isOver;

    public Http2UpstreamConnection(Connection connection, EndPoint? endPoint, DeadlineWatch watch, int window)
    {
        (_connection, EndPoint, _watch, ReceiveWindow) = (connection, endPoint, watch, window);
        _streams = new Http2StreamTable(watch.Now);
        Output = new Http2UpstreamOutput(connection, watch, _lock, _streams, window, CloseIfDone);
        _ = RunAsync();
    }

    /// <summary>The address that it was made to; null behind a tunnel.</summary>
    public EndPoint? EndPoint { get; }

    /// <summary>
    /// Ends when the server has sent its settings, so that it is known how many streams it takes; with an error where it never will.
    /// </summary>
    public Task<UpstreamError?> Ready => _ready.Task;

    /// <summary>What is sent.</summary>
    public Http2UpstreamOutput Output { get; }

    /// <summary>What a server may send on a stream before it is read.</summary>
    public int ReceiveWindow { get; }

    /// <summary>When its last exchange ended, on the watch's clock.</summary>
    public long IdleSince => _streams.IdleSince;

    /// <summary>Whether no exchange goes on.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _streams.IsIdle;
            }
        }
    }

    /// <summary>Whether it takes no more exchanges.</summary>
    public bool IsClosing
    {
        get
        {
            lock (_lock)
            {
                return _isClosing || _isOver;
            }
        }
    }

    /// <summary>Takes a place for an exchange; false where there is none.</summary>
    /// <param name="isProven">Whether it counts only if the server has shown that it keeps connections.</param>
    /// <param name="isReused">Whether it carried another before.</param>
    public bool TryReserve(bool isProven, out bool isReused)
    {
        lock (_lock)
        {
            isReused = _streams.IsUsed;
            return !_isClosing && !_isOver && _streams.TryReserve(Output.MostStreams, isProven, _watch.Now);
        }
    }

    /// <summary>Gives a place back for which nothing was sent.</summary>
    public void Withdraw()
    {
        lock (_lock)
        {
            _streams.Withdraw();
        }

        CloseIfDone();
    }

    /// <summary>Begins a stream with its head, for which a place was taken; null, or why that can't be.</summary>
    public UpstreamError? SendHead(Http2UpstreamExchange exchange, ReadOnlySpan<byte> block, bool endsStream)
    {
        lock (_lock)
        {
            _streams.Withdraw();
            if (_isClosing || _isOver)
            {
                return UpstreamError.NotProcessed;
            }

            _isClosing |= !_streams.Open(exchange);
            Output.WriteHead(exchange, block, endsStream);
        }

        Output.Flush();
        return null;
    }

    /// <summary>Ends a stream: with a reset unless both sides have ended it.</summary>
    public void End(Http2UpstreamExchange exchange, int code)
    {
        lock (_lock)
        {
            if (!_streams.End(exchange, _watch.Now))
            {
                return;
            }

            if (!exchange.IsComplete)
            {
                Output.WriteReset(exchange, code);
            }
        }

        Output.Flush();
        CloseIfDone();
    }

    /// <summary>Takes no more exchanges, and closes when the last one has ended.</summary>
    public void Retire()
    {
        lock (_lock)
        {
            _isClosing = true;
        }

        CloseIfDone();
    }

    /// <summary>The stream of a frame; null where it is over. False where there never was one.</summary>
    public bool TryStream(int id, out Http2UpstreamExchange? exchange)
    {
        lock (_lock)
        {
            exchange = _streams.Find(id);
            return _streams.WasOpened(id);
        }
    }

    /// <summary>The server's first settings were applied.</summary>
    public void SetReady() => _ready.TrySetResult(null);

    /// <summary>The server processes no stream behind one (GOAWAY), and the connection takes no more.</summary>
    public void GoAway(int lastStream)
    {
        Http2UpstreamExchange[] refused;
        lock (_lock)
        {
            _isClosing = true;
            refused = _streams.TakeAbove(lastStream);
        }

        Array.ForEach(refused, e => e.Broken(UpstreamError.NotProcessed));
        CloseIfDone();
    }

    private async Task RunAsync()
    {
        Output.Flush();
        UpstreamError why = await new Http2FrameReader(this, _connection).RunAsync();
        End(why);
    }

    private void End(UpstreamError why)
    {
        Http2UpstreamExchange[] left;
        lock (_lock)
        {
            _isOver = true;
            Output.Break();
            left = _streams.TakeAbove(0);
        }

        Output.Unwatch();
        _connection.Dispose();
        _ready.TrySetResult(UpstreamError.ConnectFailed with { Detail = why.ToString() });
        Array.ForEach(left, e => e.Broken(why));
    }

    private void CloseIfDone()
    {
        lock (_lock)
        {
            if (!_isClosing || Output.IsSending || !_streams.IsIdle)
            {
                return;
            }
        }

        _connection.Dispose();
    }
}
