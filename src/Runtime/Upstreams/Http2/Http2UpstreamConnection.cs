using System.Net;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>
/// A connection to a server that speaks HTTP/2 (RFC 9113), shared by the exchanges that go on at the same time. Frames of all of them are put
/// together in one buffer, and sent by one task at a time; what the peer says is read by <see cref="Http2FrameReader"/>.
/// </summary>
internal sealed class Http2UpstreamConnection
{
    // Until the server's settings say otherwise (RFC 9113, section 6.5.2, recommends no fewer).
    private const int UsualStreams = 100;

    // What may wait for the server to take it before bodies have to wait, too.
    private const int MostPending = 256 * 1024;

    // A server that closes after each response has done so by then; see IdleConnections.
    private const int ProvenIdle = 100;

    private readonly Connection _connection;
    private readonly DeadlineWatch _watch;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Http2UpstreamExchange> _streams = [];
    private readonly TaskCompletionSource<UpstreamError?> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OutputBuffer _pending = new();
    private OutputBuffer _sending = new();
    private int _nextStream = 1;
    private int _reserved;
    private int _mostStreams = UsualStreams;
    private int _largestPayload = Http2Frames.LargestPayload;
    private int _streamWindow = Http2Frames.InitialWindow;
    private long _window = Http2Frames.InitialWindow;
    private int _served;
    private bool _isSending;
    private bool _isClosing;
    private bool _isOver;

    public Http2UpstreamConnection(Connection connection, EndPoint? endPoint, DeadlineWatch watch, int window)
    {
        (_connection, EndPoint, _watch, ReceiveWindow) = (connection, endPoint, watch, window);
        IdleSince = watch.Now;
        Http2Frames.WritePreface(_pending, window, Http2FrameReader.LongestHead);
        _ = RunAsync();
    }

    /// <summary>The address that it was made to; null behind a tunnel.</summary>
    public EndPoint? EndPoint { get; }

    /// <summary>Ends when the server has sent its settings, so that it is known how many streams it takes; with an error where it never will.</summary>
    public Task<UpstreamError?> Ready => _ready.Task;

    /// <summary>What a server may send on a stream before it is read.</summary>
    public int ReceiveWindow { get; }

    /// <summary>When its last exchange ended, on the watch's clock.</summary>
    public long IdleSince { get; private set; }

    /// <summary>Whether no exchange goes on.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _streams.Count + _reserved == 0;
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
            isReused = _nextStream > 1 || _reserved > 0;
            if (_isClosing || _isOver || _streams.Count + _reserved >= _mostStreams
                || (isProven && _served < 2 && _watch.Now - IdleSince < ProvenIdle))
            {
                return false;
            }

            _reserved++;
            return true;
        }
    }

    /// <summary>Gives a place back for which nothing was sent.</summary>
    public void Withdraw()
    {
        lock (_lock)
        {
            _reserved--;
        }

        CloseIfDone();
    }

    /// <summary>Begins a stream with its head, for which a place was taken; null, or why that can't be.</summary>
    public UpstreamError? SendHead(Http2UpstreamExchange exchange, ReadOnlySpan<byte> block, bool endsStream)
    {
        lock (_lock)
        {
            _reserved--;
            if (_isClosing || _isOver)
            {
                return UpstreamError.NotProcessed;
            }

            exchange.StreamId = _nextStream;
            exchange.SendWindow = _streamWindow;
            _nextStream += 2;
            _isClosing |= _nextStream < 0;
            _streams.Add(exchange.StreamId, exchange);
            Http2Frames.WriteHeaders(_pending, exchange.StreamId, block, _largestPayload, endsStream);
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
            if (!_streams.ContainsKey(exchange.StreamId))
            {
                return -1;
            }

            do
            {
                int length = (int)Math.Min(Math.Min(data.Length - sent, _largestPayload), Math.Min(_window, exchange.SendWindow));
                if ((length <= 0 && data.Length > sent) || _pending.Length > MostPending)
                {
                    break;
                }

                bool isLast = endsStream && sent + length == data.Length;
                Http2Frames.WriteHeader(_pending, Http2FrameType.Data, isLast ? Http2Frames.EndStream : (byte)0, exchange.StreamId, length);
                _pending.Write(data.Slice(sent, length));
                (_window, exchange.SendWindow) = (_window - length, exchange.SendWindow - length);
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
            if (!_streams.ContainsKey(exchange.StreamId))
            {
                return;
            }

            Http2Frames.WriteHeaders(_pending, exchange.StreamId, block, _largestPayload, endsStream: true);
            exchange.HasEndedSending = true;
        }

        Flush();
    }

    /// <summary>The client has read so many bytes of a stream: the server may send as many more.</summary>
    public void Credit(int streamId, int length)
    {
        lock (_lock)
        {
            if (!_streams.ContainsKey(streamId))
            {
                return;
            }

            Http2Frames.WriteNumber(_pending, Http2FrameType.WindowUpdate, streamId, length);
        }

        Flush();
    }

    /// <summary>Ends a stream: with a reset unless both sides have ended it.</summary>
    public void End(Http2UpstreamExchange exchange, int code)
    {
        lock (_lock)
        {
            if (!_streams.Remove(exchange.StreamId))
            {
                return;
            }

            if (!exchange.IsComplete)
            {
                Http2Frames.WriteNumber(_pending, Http2FrameType.ResetStream, exchange.StreamId, code);
            }

            (IdleSince, _served) = (_watch.Now, _served + (exchange.IsComplete ? 1 : 0));
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
            exchange = _streams.GetValueOrDefault(id);
            return id % 2 == 1 && (_nextStream < 0 || id < _nextStream);
        }
    }

    /// <summary>Adds a frame that concerns the connection. False where the server asks for more of them than it reads.</summary>
    public bool Send(Action<OutputBuffer> write)
    {
        lock (_lock)
        {
            write(_pending);
            return _pending.Length < 4 * MostPending;
        }
    }

    /// <summary>The server takes so much more: of the connection for stream 0. False where that is more than a window can hold.</summary>
    public bool Widen(int streamId, int length)
    {
        Http2UpstreamExchange[] wake;
        lock (_lock)
        {
            if (streamId == 0)
            {
                _window += length;
                wake = [.. _streams.Values];
                if (_window > int.MaxValue)
                {
                    return false;
                }
            }
            else if (_streams.TryGetValue(streamId, out Http2UpstreamExchange? exchange))
            {
                exchange.SendWindow += length;
                wake = [exchange];
                if (exchange.SendWindow > int.MaxValue)
                {
                    return false;
                }
            }
            else
            {
                return true;
            }
        }

        Array.ForEach(wake, e => e.Widened());
        return true;
    }

    /// <summary>Follows a setting of the server; false where its value is not allowed.</summary>
    public bool Apply(int setting, uint value)
    {
        lock (_lock)
        {
            switch (setting)
            {
                case Http2Frames.MaxConcurrentStreams:
                    _mostStreams = (int)Math.Min(value, int.MaxValue);
                    return true;
                case Http2Frames.MaxFrameSize:
                    _largestPayload = (int)Math.Min(value, 1 << 20);
                    return value is >= Http2Frames.LargestPayload and < 1 << 24;
                case Http2Frames.InitialWindowSize when value > int.MaxValue:
                    return false;
                case Http2Frames.InitialWindowSize:
                    foreach (Http2UpstreamExchange exchange in _streams.Values)
                    {
                        exchange.SendWindow += (int)value - _streamWindow;
                        exchange.Widened();
                    }

                    _streamWindow = (int)value;
                    return true;
                default:
                    return true;
            }
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
            refused = [.. _streams.Values.Where(e => e.StreamId > lastStream)];
            Array.ForEach(refused, e => _streams.Remove(e.StreamId));
        }

        Array.ForEach(refused, e => e.Broken(UpstreamError.NotProcessed));
        CloseIfDone();
    }

    /// <summary>Sends what was put together, unless somebody is about to.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            if (_isSending || _isOver || _pending.Length == 0)
            {
                return;
            }

            _isSending = true;
        }

        _ = SendAsync();
    }

    private async Task RunAsync()
    {
        Flush();
        UpstreamError why = await new Http2FrameReader(this, _connection).RunAsync();
        End(why);
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                bool wasFull;
                lock (_lock)
                {
                    if (_pending.Length == 0)
                    {
                        _isSending = false;
                        _sending.Release();
                        _pending.Release();
                        break;
                    }

                    wasFull = _pending.Length > MostPending;
                    (_pending, _sending) = (_sending, _pending);
                }

                await _connection.SendAsync(_sending.Memory);
                _sending.Clear();
                if (wasFull)
                {
                    Widen(0, 0);
                }
            }

            CloseIfDone();
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The task that reads sees it too, after what the server said before.
        }
    }

    private void End(UpstreamError why)
    {
        Http2UpstreamExchange[] left;
        lock (_lock)
        {
            _isOver = true;
            left = [.. _streams.Values];
            _streams.Clear();
        }

        _connection.Dispose();
        _ready.TrySetResult(UpstreamError.ConnectFailed with { Detail = why.ToString() });
        Array.ForEach(left, e => e.Broken(why));
    }

    private void CloseIfDone()
    {
        lock (_lock)
        {
            if (!_isClosing || _isSending || _streams.Count + _reserved > 0)
            {
                return;
            }
        }

        _connection.Dispose();
    }
}
