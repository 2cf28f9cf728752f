using System.Buffers.Binary;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>
/// What is sent on a connection: the frames of all its streams, as far as the client's windows take them. Nobody's frames wait for a stream whose client
/// takes none.
/// </summary>
internal sealed class Http2Output
{
    private const int DefaultWindow = 65535;

    private readonly Http2Sender _sender;
    private readonly FrameWriter _frames;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, StreamOutput> _streams = [];
    private long _window = DefaultWindow;
    private int _initialWindow = DefaultWindow;

    public Http2Output(Connection connection, DeadlineWatch watch)
    {
        _sender = new Http2Sender(connection, watch, _lock, Break);
        _frames = new FrameWriter(_sender);
    }

    /// <summary>The bytes of responses that were written, frames included.</summary>
    public long Written => _frames.Written;

    /// <summary>Opens a stream.</summary>
    public StreamOutput Open(int id)
    {
        lock (_lock)
        {
            var stream = new StreamOutput(id) { Window = _initialWindow, IsClosed = _sender.IsBroken };
            _streams[id] = stream;
            return stream;
        }
    }

    /// <summary>Nothing more is sent on a stream; who waits for its window is told.</summary>
    public void Close(StreamOutput stream)
    {
        TaskCompletionSource? opened;
        lock (_lock)
        {
            stream.IsClosed = true;
            _streams.Remove(stream.Id);
            opened = stream.Opened;
            stream.Opened = null;
        }

        opened?.TrySetResult();
    }

    /// <summary>Writes a frame that is no part of a response.</summary>
    public void WriteControl(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            if (!_sender.IsBroken)
            {
                _frames.Write(new FrameHead(payload.Length, type, flags, stream), payload);
            }
        }
    }

    /// <summary>Writes a frame whose payload is a number of 32 bits.</summary>
    public void WriteControl(byte type, int stream, int number)
    {
        Span<byte> payload = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        WriteControl(type, FrameFlags.None, stream, payload);
    }

    /// <summary>Resets a stream (RFC 9113, section 6.4), unless it is closed.</summary>
    public void Reset(StreamOutput stream, int code)
    {
        lock (_lock)
        {
            if (stream.IsClosed)
            {
                return;
            }
        }

        Close(stream);
        WriteControl(FrameTypes.Reset, stream.Id, code);
    }

    /// <summary>Writes the head of a response, an interim one included; false where the stream is closed.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="status">The status.</param>
    /// <param name="fields">The fields.</param>
    /// <param name="length">The length of the body, where the head says it.</param>
    /// <param name="date">The date, where the fields have none.</param>
    public bool WriteHead(StreamOutput stream, int status, FieldList fields, long? length, ReadOnlySpan<byte> date)
    {
        lock (_lock)
        {
            // An interim response that lost the race against the final one is late.
            if (stream.IsClosed || (status < 200 && stream.HasBegun))
            {
                return false;
            }

            stream.HasBegun |= status >= 200;
            OutputBuffer block = _frames.BeginBlock();
            HpackWriter.WriteStatus(block, status);
            HpackWriter.WriteFields(block, fields);
            if (length is { } counted)
            {
                Span<byte> digits = stackalloc byte[20];
                counted.TryFormat(digits, out int count, provider: System.Globalization.CultureInfo.InvariantCulture);
                HpackWriter.WriteField(block, "content-length"u8, digits[..count]);
            }

            if (!date.IsEmpty)
            {
                HpackWriter.WriteField(block, "date"u8, date);
            }

            _frames.EndBlock(stream, block, FrameFlags.None);
            return true;
        }
    }

    /// <summary>Writes as much of the data as both windows take, and says how much that was; -1 where the stream is closed, as all are when the connection broke.</summary>
    public int WriteData(StreamOutput stream, ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            if (stream.IsClosed)
            {
                return -1;
            }

            int taken = (int)Math.Max(0, Math.Min(data.Length, Math.Min(stream.Window, _window)));
            stream.Window -= taken;
            _window -= taken;
            for (data = data[..taken]; !data.IsEmpty;)
            {
                int length = Math.Min(data.Length, FrameHead.MaxPayload);
                (stream.LastFrame, stream.LastFrameBatch) = (_sender.Filling.Length, _sender.Batch);
                _frames.Write(new FrameHead(length, FrameTypes.Data, FrameFlags.None, stream.Id), data[..length]);
                data = data[length..];
            }

            return taken;
        }
    }

    /// <summary>Ends a stream: by its last frame, where that is not sent yet, or by one more. False where the stream is closed.</summary>
    public bool End(StreamOutput stream, FieldList? trailers)
    {
        lock (_lock)
        {
            if (stream.IsClosed)
            {
                return false;
            }

            if (trailers is { Count: > 0 })
            {
                OutputBuffer block = _frames.BeginBlock();
                HpackWriter.WriteFields(block, trailers);
                _frames.EndBlock(stream, block, FrameFlags.EndStream);
            }
            else if (stream.LastFrameBatch == _sender.Batch)
            {
                _sender.Filling.Written[stream.LastFrame + 4] |= FrameFlags.EndStream;
            }
            else
            {
                _frames.Write(new FrameHead(0, FrameTypes.Data, FrameFlags.EndStream, stream.Id), default);
            }

            stream.IsClosed = true;
            _streams.Remove(stream.Id);
            return true;
        }
    }

    /// <summary>Waits until the client takes data of a stream again, or the stream is closed.</summary>
    public Task WaitForWindowAsync(StreamOutput stream)
    {
        lock (_lock)
        {
            return stream.IsClosed || Math.Min(stream.Window, _window) > 0
                ? Task.CompletedTask
                : (stream.Opened ??= new TaskCompletionSource()).Task;
        }
    }

    /// <summary>The client takes more data, of all streams or of one; false where that is more than a window can be.</summary>
    public bool TryOpenWindow(int streamId, int increment)
    {
        List<TaskCompletionSource>? opened = null;
        lock (_lock)
        {
            if (streamId == 0)
            {
                if ((_window += increment) > int.MaxValue)
                {
                    return false;
                }
            }
            else if (_streams.TryGetValue(streamId, out StreamOutput? stream) && (stream.Window += increment) > int.MaxValue)
            {
                return false;
            }

            TakeOpened(ref opened);
        }

        opened?.ForEach(o => o.TrySetResult());
        return true;
    }

    /// <summary>The client has changed SETTINGS_INITIAL_WINDOW_SIZE, which moves every window (RFC 9113, section 6.9.2); false where one is too large then.</summary>
    public bool TrySetInitialWindow(int size)
    {
        List<TaskCompletionSource>? opened = null;
        lock (_lock)
        {
            foreach (StreamOutput stream in _streams.Values)
            {
                if ((stream.Window += size - _initialWindow) > int.MaxValue)
                {
                    return false;
                }
            }

            _initialWindow = size;
            TakeOpened(ref opened);
        }

        opened?.ForEach(o => o.TrySetResult());
        return true;
    }

    /// <summary>Sends what was written. Where another does so already it is sent behind that; where very much waits, so does the caller.</summary>
    public ValueTask FlushAsync() => _sender.FlushAsync();

    /// <summary>Sends what was written, for those who need not wait.</summary>
    public void Flush()
    {
        ValueTask sending = FlushAsync();
        if (!sending.IsCompletedSuccessfully)
        {
            // Only the back-pressure is left to wait for; it doesn't fail.
            _ = sending.AsTask();
        }
    }

    /// <summary>Waits until everything that was written is sent.</summary>
    public ValueTask DrainAsync() => _sender.DrainAsync();

    /// <summary>Nothing is sent any more.</summary>
    public void Break()
    {
        var opened = new List<TaskCompletionSource>();
        lock (_lock)
        {
            foreach (StreamOutput stream in _streams.Values)
            {
                stream.IsClosed = true;
                if (stream.Opened is { } waiting)
                {
                    opened.Add(waiting);
                    stream.Opened = null;
                }
            }

            _streams.Clear();
            if (_sender.Break() is { } sent)
            {
                opened.Add(sent);
            }
        }

        _sender.Unwatch();
        opened.ForEach(o => o.TrySetResult());
    }

    private void TakeOpened(ref List<TaskCompletionSource>? opened)
    {
        if (_window <= 0)
        {
            return;
        }

        foreach (StreamOutput stream in _streams.Values)
        {
            if (stream is { Opened: { } waiting, Window: > 0 })
            {
                (opened ??= []).Add(waiting);
                stream.Opened = null;
            }
        }
    }
}
