using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>
/// What is sent on a connection to a server: the frames of all its exchanges, as far as the server's limits and windows take them.
/// </summary>
internal sealed class Http2UpstreamOutput
{
    // What may wait for the server to take it before bodies have to wait, too.
    private const int MostPending = 256 * 1024;

    // What may wait before a server that asks for further frames asks for more than it reads.
    private const int MostAsked = 1024 * 1024;

    private readonly Lock _lock;
    private readonly Http2StreamTable _streams;
    private readonly Action _sentAll;
    private readonly SendWindows _windows = new();
    private readonly Http2ServerLimits _limits;
    private readonly FrameSender _sender;
    private bool _isHoldingBack;

    /// <summary>Begins with the preface, the settings, and the largest window for the connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="watch">The clock of waits.</param>
    /// <param name="guard">The lock of the connection's state.</param>
    /// <param name="streams">The connection's streams.</param>
    /// <param name="window">What the server may send on a stream before it is read.</param>
    /// <param name="sentAll">Called, without the lock, when everything was sent.</param>
    public Http2UpstreamOutput(Connection connection, DeadlineWatch watch, Lock guard, Http2StreamTable streams, int window, Action sentAll)
    {
        (_lock, _streams, _sentAll, _limits) = (guard, streams, sentAll, new Http2ServerLimits(_windows));

        // The task that reads sees a broken connection too, after what the server said before. Each exchange has its own time for sending.
        _sender = new FrameSender(connection, watch, Timeout.InfiniteTimeSpan, guard, broken: static () => { }, OnSent);
        _sender.Filling.Write(Preface.Bytes);
        SettingsFrame.Write(
            _sender.Filling,
            (Setting.EnablePush, 0u),
            (Setting.InitialWindowSize, (uint)window),
            (Setting.MaxHeaderListSize, (uint)Http2FrameReader.LongestHead)
        );
        FrameWriter.WriteNumber(_sender.Filling, FrameType.WindowUpdate, 0, int.MaxValue - SendWindows.Default);
    }

    /// <summary>How many streams the server allows at a time. The lock is held.</summary>
    public int MostStreams => _limits.MostStreams;

    /// <summary>Whether frames are being sent. The lock is held.</summary>
    public bool IsSending => _sender.IsSending;

    /// <summary>Adds the head of a stream that was opened. The lock is held.</summary>
    public void WriteHead(Http2UpstreamExchange exchange, ReadOnlySpan<byte> block, bool endsStream)
    {
        _windows.Begin(exchange);
        WriteBlock(exchange, block, endsStream);
    }

    /// <summary>Resets a stream. The lock is held.</summary>
    public void WriteReset(Http2UpstreamExchange exchange, int code) =>
        FrameWriter.WriteNumber(_sender.Filling, FrameType.ResetStream, exchange.StreamId, code);

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
                int length = _windows.Allowed(exchange, Math.Min(data.Length - sent, _limits.LargestPayload));
                bool isFull = _sender.Filling.Length > MostPending;
                _isHoldingBack |= isFull;
                if ((length == 0 && data.Length > sent) || isFull)
                {
                    break;
                }

                bool isLast = endsStream && sent + length == data.Length;
                FrameWriter.Write(
                    _sender.Filling,
                    FrameType.Data,
                    isLast ? FrameFlags.EndStream : FrameFlags.None,
                    exchange.StreamId,
                    data.Slice(sent, length)
                );
                _windows.Use(exchange, length);
                sent += length;
                exchange.HasEndedSending |= isLast;
            } while (sent < data.Length);
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

            WriteBlock(exchange, block, endsStream: true);
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

            FrameWriter.WriteNumber(_sender.Filling, FrameType.WindowUpdate, streamId, length);
        }

        Flush();
    }

    /// <summary>Adds a frame that concerns the connection. False where the server asks for more of them than it reads.</summary>
    public bool SendControl(FrameType type, byte flags, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            FrameWriter.Write(_sender.Filling, type, flags, 0, payload);
            return _sender.Filling.Length < MostAsked;
        }
    }

    /// <summary>The server may send so many more bytes on all streams together.</summary>
    public void CreditConnection(int length)
    {
        lock (_lock)
        {
            FrameWriter.WriteNumber(_sender.Filling, FrameType.WindowUpdate, 0, length);
        }
    }

    /// <summary>The server takes so much more: of the connection for stream 0. False where that is more than a window can hold.</summary>
    public bool Widen(int streamId, int length)
    {
        Http2UpstreamExchange[] wake;
        lock (_lock)
        {
            Http2UpstreamExchange? exchange = streamId == 0 ? null : _streams.Find(streamId);
            if ((streamId == 0 || exchange is not null) && !_windows.TryWiden(exchange, length))
            {
                return false;
            }

            wake =
                streamId == 0 ? [.. _streams.All]
                : exchange is null ? []
                : [exchange];
        }

        Array.ForEach(wake, e => e.Widened());
        return true;
    }

    /// <summary>Takes over the server's settings. 0, or the error code for which the connection ends.</summary>
    public int Apply(ReadOnlySpan<byte> payload)
    {
        int code;
        lock (_lock)
        {
            code = _limits.Apply(payload, _streams.All);
        }

        WakeAll();
        return code;
    }

    /// <summary>Sends what was added, unless that is being done.</summary>
    public void Flush() => _sender.Flush();

    /// <summary>Nothing is sent any more. The lock is held.</summary>
    public void Break() => _sender.Break();

    /// <summary>No send is watched over any more.</summary>
    public void Unwatch() => _sender.Unwatch();

    // A batch was sent.
    private void OnSent(bool isEmpty)
    {
        bool wasHoldingBack;
        lock (_lock)
        {
            (wasHoldingBack, _isHoldingBack) = (_isHoldingBack, false);
        }

        if (wasHoldingBack)
        {
            WakeAll();
        }

        if (isEmpty)
        {
            _sentAll();
        }
    }

    private void WakeAll()
    {
        Http2UpstreamExchange[] wake;
        lock (_lock)
        {
            wake = [.. _streams.All];
        }

        Array.ForEach(wake, e => e.Widened());
    }

    private void WriteBlock(Http2UpstreamExchange exchange, ReadOnlySpan<byte> block, bool endsStream) =>
        FrameWriter.WriteBlock(
            _sender.Filling,
            exchange.StreamId,
            block,
            _limits.LargestPayload,
            endsStream ? FrameFlags.EndStream : FrameFlags.None
        );
}
