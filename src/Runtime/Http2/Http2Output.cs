using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>
/// What is sent on a connection: the frames of all its streams, as far as the client's windows take them. Nobody's frames wait for a stream
/// whose client takes none.
/// </summary>
internal sealed class Http2Output
{
    private readonly Connection _connection;
    private readonly FrameSender _sender;
    private readonly ResponseFrames _frames;
    private readonly SendWindows _windows = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<int, StreamOutput> _streams = [];

    public Http2Output(Connection connection, DeadlineWatch watch)
    {
        _connection = connection;
        _sender = new FrameSender(connection, watch, ClientTimeouts.Send, _lock, BreakConnection);
        _frames = new ResponseFrames(_sender);
        Control = new ControlFrames(_sender, _frames, _lock);
    }

    /// <summary>The frames that are no part of a response.</summary>
    public ControlFrames Control { get; }

    /// <summary>The bytes of responses that were written, frames included.</summary>
    public long Written => _frames.Written;

    /// <summary>Opens a stream.</summary>
    public StreamOutput Open(int id)
    {
        lock (_lock)
        {
            var stream = new StreamOutput(id) { IsClosed = _sender.IsBroken };
            _windows.Begin(stream);
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
        Control.WriteNumber(FrameType.ResetStream, stream.Id, code);
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

    /// <summary>
    /// Writes as much of the data as both windows take, and says how much that was; -1 where the stream is closed, as all are when the
    /// connection broke.
    /// </summary>
    public int WriteData(StreamOutput stream, ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            if (stream.IsClosed)
            {
                return -1;
            }

            int taken = _windows.Allowed(stream, data.Length);
            _windows.Use(stream, taken);
            _frames.WriteData(stream, data[..taken]);
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
            else
            {
                _frames.End(stream);
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
            return stream.IsClosed || _windows.Allowed(stream, 1) > 0
                ? Task.CompletedTask
                : (stream.Opened ??= new TaskCompletionSource()).Task;
        }
    }

    /// <summary>The client takes more data, of all streams or of one; false where that is more than a window can be.</summary>
    public bool TryOpenWindow(int streamId, int increment)
    {
        lock (_lock)
        {
            StreamOutput? stream = null;
            if ((streamId == 0 || _streams.TryGetValue(streamId, out stream)) && !_windows.TryWiden(stream, increment))
            {
                return false;
            }
        }

        WakeOpened();
        return true;
    }

    /// <summary>
    /// The client has changed SETTINGS_INITIAL_WINDOW_SIZE, which moves every window (RFC 9113, section 6.9.2); false where one is too
    /// large then.
    /// </summary>
    public bool TrySetInitialWindow(int size)
    {
        lock (_lock)
        {
            if (!_windows.TrySetInitial(size, _streams.Values))
            {
                return false;
            }
        }

        WakeOpened();
        return true;
    }

    /// <summary>
    /// Sends what was written. Where another does so already it is sent behind that; where very much waits, so does the caller.
    /// </summary>
    public ValueTask FlushAsync() => _sender.FlushAsync();

    /// <summary>Sends the end of a response; where other streams are open, together with theirs.</summary>
    public ValueTask FlushEndAsync()
    {
        bool isAlone;
        lock (_lock)
        {
            isAlone = _streams.Count == 0;
        }

        return isAlone ? _sender.FlushAsync() : _sender.FlushSoonAsync();
    }

    /// <summary>What the calling thread writes until <see cref="Release"/> is sent at once.</summary>
    public void Hold() => _sender.Hold();

    /// <summary>Nothing is held any more; a flush follows.</summary>
    public void Release() => _sender.Release();

    /// <summary>Sends what was written, for those who need not wait.</summary>
    public void Flush() => _sender.Flush();

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

    private void BreakConnection()
    {
        Break();
        _connection.Dispose();
    }

    // Who waits for a window that is open now goes on.
    private void WakeOpened()
    {
        List<TaskCompletionSource>? opened = null;
        lock (_lock)
        {
            if (!_windows.IsOpen)
            {
                return;
            }

            foreach (StreamOutput stream in _streams.Values)
            {
                if (stream is { Opened: { } waiting, SendWindow: > 0 })
                {
                    (opened ??= []).Add(waiting);
                    stream.Opened = null;
                }
            }
        }

        opened?.ForEach(o => o.TrySetResult());
    }
}
