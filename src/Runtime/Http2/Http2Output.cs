using System.Buffers.Binary;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>
/// What is sent on a connection. The frames of all streams are put together in one buffer while another is being sent, so that a busy connection
/// sends many of them in one call, and one that isn't sends each at once. Nobody's frames wait for a stream whose client takes none.
/// </summary>
internal sealed class Http2Output
{
    // Who has written sends, unless so much waits already: then it waits, too. As much as the kernel takes at once, and a second piece to follow.
    private const int HighWater = 128 * 1024;

    private const int DefaultWindow = 65535;

    private readonly Connection _connection;
    private readonly DeadlineWatch _watch;
    private readonly ClientDeadline _deadline;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, StreamOutput> _streams = [];
    private OutputBuffer _filling = new();
    private OutputBuffer _sending = new();
    private OutputBuffer? _block;
    private TaskCompletionSource? _sent;
    private long _batch;
    private long _window = DefaultWindow;
    private int _initialWindow = DefaultWindow;
    private bool _isSending;
    private bool _isBroken;
    private bool _hasWrittenBlock;

    public Http2Output(Connection connection, DeadlineWatch watch)
    {
        (_connection, _watch, _deadline) = (connection, watch, new ClientDeadline(connection.Dispose));
        watch.Add(_deadline);
    }

    /// <summary>The bytes of responses that were written, frames included.</summary>
    public long Written { get; private set; }

    /// <summary>Opens a stream.</summary>
    public StreamOutput Open(int id)
    {
        lock (_lock)
        {
            var stream = new StreamOutput(id) { Window = _initialWindow, IsClosed = _isBroken };
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
            if (!_isBroken)
            {
                WriteFrame(new FrameHead(payload.Length, type, flags, stream), payload);
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
            OutputBuffer block = BeginBlock();
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

            EndBlock(stream, block, FrameFlags.None);
            return true;
        }
    }

    /// <summary>Writes as much of the data as both windows take, and says how much that was.</summary>
    public int WriteData(StreamOutput stream, ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            int taken = stream.IsClosed ? 0 : (int)Math.Max(0, Math.Min(data.Length, Math.Min(stream.Window, _window)));
            stream.Window -= taken;
            _window -= taken;
            for (data = data[..taken]; !data.IsEmpty;)
            {
                int length = Math.Min(data.Length, FrameHead.MaxPayload);
                (stream.LastFrame, stream.LastFrameBatch) = (_filling.Length, _batch);
                WriteFrame(new FrameHead(length, FrameTypes.Data, FrameFlags.None, stream.Id), data[..length]);
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
                OutputBuffer block = BeginBlock();
                HpackWriter.WriteFields(block, trailers);
                EndBlock(stream, block, FrameFlags.EndStream);
            }
            else if (stream.LastFrameBatch == _batch)
            {
                _filling.Written[stream.LastFrame + 4] |= FrameFlags.EndStream;
            }
            else
            {
                WriteFrame(new FrameHead(0, FrameTypes.Data, FrameFlags.EndStream, stream.Id), default);
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
    public ValueTask FlushAsync()
    {
        lock (_lock)
        {
            if (_isSending || _isBroken || _filling.Length == 0)
            {
                return _isSending ? BackPressure() : default;
            }

            _isSending = true;
            Swap();
        }

        return SendAsync();
    }

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
    public async ValueTask DrainAsync()
    {
        await FlushAsync();
        while (true)
        {
            Task sent;
            lock (_lock)
            {
                if (!_isSending)
                {
                    return;
                }

                sent = (_sent ??= NewSignal()).Task;
            }

            await sent;
        }
    }

    /// <summary>Nothing is sent any more.</summary>
    public void Break()
    {
        var opened = new List<TaskCompletionSource>();
        lock (_lock)
        {
            _isBroken = true;
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
            if (_sent is { } sent)
            {
                opened.Add(sent);
                _sent = null;
            }

            if (!_isSending)
            {
                _filling.Release();
                _sending.Release();
            }
        }

        _watch.Remove(_deadline);
        opened.ForEach(o => o.TrySetResult());
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ValueTask BackPressure() =>
        _sending.Length + _filling.Length <= HighWater ? default : new ValueTask((_sent ??= NewSignal()).Task);

    private ValueTask SendAsync()
    {
        do
        {
            ValueTask sending;
            try
            {
                sending = _connection.SendAsync(_sending.Memory);
            }
            catch (Exception e) when (InputBuffer.IsTransportFault(e))
            {
                EndBroken();
                return default;
            }

            if (!sending.IsCompletedSuccessfully)
            {
                _ = FinishAsync(sending);
                lock (_lock)
                {
                    return _isSending ? BackPressure() : default;
                }
            }
        }
        while (TryGoOn());

        return default;
    }

    private async Task FinishAsync(ValueTask sending)
    {
        try
        {
            while (true)
            {
                _deadline.Set(_watch.After(ClientTimeouts.Send));
                await sending;
                _deadline.Clear();
                if (!TryGoOn())
                {
                    return;
                }

                sending = _connection.SendAsync(_sending.Memory);
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            EndBroken();
        }
    }

    // A batch was sent: goes on with what was written meanwhile, if anything was.
    private bool TryGoOn()
    {
        TaskCompletionSource? sent;
        bool goesOn;
        lock (_lock)
        {
            (sent, _sent) = (_sent, null);
            _sending.Clear();
            goesOn = _filling.Length > 0 && !_isBroken;
            if (goesOn)
            {
                Swap();
            }
            else
            {
                _isSending = false;
                _sending.Release();
                _filling.Release();
            }
        }

        sent?.TrySetResult();
        return goesOn;
    }

    private void EndBroken()
    {
        lock (_lock)
        {
            _isSending = false;
        }

        Break();
        _connection.Dispose();
    }

    private void Swap()
    {
        (_filling, _sending) = (_sending, _filling);
        _batch++;
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

    private OutputBuffer BeginBlock()
    {
        _block ??= new OutputBuffer();
        _block.Clear();
        if (!_hasWrittenBlock)
        {
            _hasWrittenBlock = true;
            HpackWriter.WriteNoTable(_block);
        }

        return _block;
    }

    // One frame, and more behind it where the block is longer; nothing may stand between them (RFC 9113, section 6.10).
    private void EndBlock(StreamOutput stream, OutputBuffer block, byte flags)
    {
        (stream.LastFrame, stream.LastFrameBatch) = (_filling.Length, _batch);
        ReadOnlySpan<byte> rest = block.Memory.Span;
        byte type = FrameTypes.Headers;
        do
        {
            ReadOnlySpan<byte> piece = rest[..Math.Min(rest.Length, FrameHead.MaxPayload)];
            rest = rest[piece.Length..];
            WriteFrame(new FrameHead(piece.Length, type, (byte)(flags | (rest.IsEmpty ? FrameFlags.EndHeaders : FrameFlags.None)), stream.Id), piece);
            (type, flags) = (FrameTypes.Continuation, FrameFlags.None);
        }
        while (!rest.IsEmpty);
        block.Release();
    }

    private void WriteFrame(FrameHead head, ReadOnlySpan<byte> payload)
    {
        Span<byte> bytes = stackalloc byte[FrameHead.Size];
        head.Write(bytes);
        _filling.Write(bytes);
        _filling.Write(payload);
        Written += FrameHead.Size + payload.Length;
    }
}
