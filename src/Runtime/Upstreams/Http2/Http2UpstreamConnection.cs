using System.Net;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>
/// A connection to a server that speaks HTTP/2 (RFC 9113), shared by the exchanges that go on at the same time. What they send goes out by
/// <see cref="Http2SendQueue"/>; what the peer says is read by <see cref="Http2FrameReader"/>.
/// </summary>
internal sealed class Http2UpstreamConnection
{
    private readonly Connection _connection;
    private readonly DeadlineWatch _watch;
    private readonly Lock _lock = new();
    private readonly Http2StreamTable _streams;
    private readonly TaskCompletionSource<UpstreamError?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Http2ServerLimits _limits = new();
    private readonly Http2SendQueue _queue;
    private bool _isClosing;
    private bool _isOver;

    public Http2UpstreamConnection(Connection connection, EndPoint? endPoint, DeadlineWatch watch, int window)
    {
        (_connection, EndPoint, _watch, ReceiveWindow) = (connection, endPoint, watch, window);
        _streams = new Http2StreamTable(watch.Now);
        _queue = new Http2SendQueue(connection, _lock, Drained);
        Http2Frames.WritePreface(_queue.Pending, window, Http2FrameReader.LongestHead);
        _ = RunAsync();
    }

    /// <summary>The address that it was made to; null behind a tunnel.</summary>
    public EndPoint? EndPoint { get; }

    /// <summary>Ends when the server has sent its settings, so that it is known how many streams it takes; with an error where it never will.</summary>
    public Task<UpstreamError?> Ready => _ready.Task;

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
            return !_isClosing && !_isOver && _streams.TryReserve(_limits.MostStreams, isProven, _watch.Now);
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

            _limits.Open(exchange);
            _isClosing |= !_streams.Open(exchange);
            Http2Frames.WriteHeaders(_queue.Pending, exchange.StreamId, block, _limits.LargestPayload, endsStream);
        }

        Flush();
        return null;
    }

    /// <summary>Sends as much of a body as the server takes now; its length, or -1 where the stream is over.</summary>
    public int SendData(Http2UpstreamExchange exchange, ReadOnlySpan<byte> data, bool endsStream)
    {
        int sent = 0;
        lock (_lock)
        {
            if (!_streams.Has(exchange))
            {
                return -1;
            }

            do
            {
                int length = _limits.Allowed(exchange, data.Length - sent);
                if ((length <= 0 && data.Length > sent) || _queue.IsFull)
                {
                    break;
                }

                bool isLast = endsStream && sent + length == data.Length;
                Http2Frames.WriteHeader(_queue.Pending, Http2FrameType.Data, isLast ? Http2Frames.EndStream : (byte)0, exchange.StreamId, length);
                _queue.Pending.Write(data.Slice(sent, length));
                _limits.Use(exchange, length);
                sent += length;
                exchange.HasEndedSending |= isLast;
            }
            while (sent < data.Length);
        }

        Flush();
        return sent;
    }

    /// <summary>Ends a stream's request with trailers.</summary>
    public void SendTrailers(Http2UpstreamExchange exchange, ReadOnlySpan<byte> block)
    {
        lock (_lock)
        {
            if (!_streams.Has(exchange))
            {
                return;
            }

            Http2Frames.WriteHeaders(_queue.Pending, exchange.StreamId, block, _limits.LargestPayload, endsStream: true);
            exchange.HasEndedSending = true;
        }

        Flush();
    }

    /// <summary>The client has read so many bytes of a stream: the server may send as many more.</summary>
    public void Credit(int streamId, int length)
    {
        lock (_lock)
        {
            if (_streams.Find(streamId) is null)
            {
                return;
            }

            Http2Frames.WriteNumber(_queue.Pending, Http2FrameType.WindowUpdate, streamId, length);
        }

        Flush();
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
                Http2Frames.WriteNumber(_queue.Pending, Http2FrameType.ResetStream, exchange.StreamId, code);
            }
        }

        Flush();
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

    /// <summary>Adds a frame that concerns the connection. False where the server asks for more of them than it reads.</summary>
    public bool Send(Action<OutputBuffer> write)
    {
        lock (_lock)
        {
            write(_queue.Pending);
            return !_queue.IsFlooded;
        }
    }

    /// <summary>The server takes so much more: of the connection for stream 0. False where that is more than a window can hold.</summary>
    public bool Widen(int streamId, int length)
    {
        Http2UpstreamExchange[] wake;
        lock (_lock)
        {
            bool isAllowed = true;
            Http2UpstreamExchange? exchange = null;
            if (streamId == 0)
            {
                isAllowed = _limits.Widen(length);
            }
            else if ((exchange = _streams.Find(streamId)) is not null)
            {
                isAllowed = Http2ServerLimits.Widen(exchange, length);
            }

            if (!isAllowed)
            {
                return false;
            }

            wake = streamId == 0 ? [.. _streams.All] : exchange is null ? [] : [exchange];
        }

        Array.ForEach(wake, e => e.Widened());
        return true;
    }

    /// <summary>Follows a setting of the server; false where its value is not allowed.</summary>
    public bool Apply(int setting, uint value)
    {
        lock (_lock)
        {
            return _limits.Apply(setting, value, _streams.All);
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

    /// <summary>Sends what was put together, unless a task is about to.</summary>
    public void Flush() => _queue.Flush();

    private async Task RunAsync()
    {
        Flush();
        UpstreamError why = await new Http2FrameReader(this, _connection).RunAsync();
        End(why);
    }

    private void Drained(bool isEmpty)
    {
        if (isEmpty)
        {
            CloseIfDone();
        }
        else
        {
            Widen(0, 0);
        }
    }

    private void End(UpstreamError why)
    {
        Http2UpstreamExchange[] left;
        lock (_lock)
        {
            _isOver = true;
            _queue.End();
            left = _streams.TakeAbove(0);
        }

        _connection.Dispose();
        _ready.TrySetResult(UpstreamError.ConnectFailed with { Detail = why.ToString() });
        Array.ForEach(left, e => e.Broken(why));
    }

    private void CloseIfDone()
    {
        lock (_lock)
        {
            if (!_isClosing || _queue.IsSending || !_streams.IsIdle)
            {
                return;
            }
        }

        _connection.Dispose();
    }
}
