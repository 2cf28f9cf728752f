using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace Confgen.Conformance.Tests.Wire.Http2;

/// <summary>
/// One side of an HTTP/2 connection with any number of streams: windows are kept, settings and pings acknowledged, nothing else is done by
/// itself.
/// </summary>
/// <param name="stream">What is written to.</param>
/// <param name="reader">What is read from.</param>
/// <param name="isServer">Whether it is the server's side.</param>
internal sealed class Http2Peer(Stream stream, MessageReader reader, bool isServer) : IDisposable
{
    private const int MaxFrame = 16_384;
    private const int FirstWindow = 65_535;

    private readonly ConcurrentDictionary<int, Http2Stream> _streams = new();
    private readonly HeaderTable _table = new(4096);
    private readonly SemaphoreSlim _writing = new(1);
    private volatile TaskCompletionSource _more = New();
    private long _window = FirstWindow;
    private long _streamWindow = FirstWindow;
    private int _next = 1;

    /// <summary>Called with each stream that a client opens.</summary>
    public Action<Http2Stream, IReadOnlyList<Field>>? Opened { get; init; }

    /// <summary>Says hello and reads frames until the peer closes; completes then.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            // No server push; the other table stays at its default until the peer has seen this.
            byte[] settings = [0, 2, 0, 0, 0, 0];
            byte[] hello =
            [
                .. isServer ? default : "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
                .. new Http2Frame(Http2Frame.Settings, 0, 0, isServer ? [] : settings).ToBytes(),
            ];
            await SendAsync(hello, stop);
            if (isServer && await reader.ExactlyAsync(24, stop) is not { } preface)
            {
                return;
            }

            while (await Http2Frame.ReadAsync(reader, stop) is { } frame)
            {
                await TakeAsync(frame, stop);
            }

            LeaveAll("the connection was closed");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or InvalidOperationException or OperationCanceledException)
        {
            LeaveAll(e.Message);
        }
    }

    /// <summary>Opens a stream as a client.</summary>
    public Http2Stream Open()
    {
        var opened = new Http2Stream(this, _next, _streamWindow);
        _next += 2;
        _streams[opened.Id] = opened;
        return opened;
    }

    public Task SendHeadersAsync(Http2Stream on, IEnumerable<Field> fields, bool ends, CancellationToken stop)
    {
        byte[] block = HeaderBlock.Write(fields);
        var frames = new List<byte>(block.Length + 9);
        for (int at = 0; at == 0 || at < block.Length; at += MaxFrame)
        {
            byte[] piece = block[at..Math.Min(block.Length, at + MaxFrame)];
            int flags = (at + MaxFrame >= block.Length ? Http2Frame.EndHeaders : 0) | (at == 0 && ends ? Http2Frame.EndStream : 0);
            frames.AddRange(new Http2Frame(at == 0 ? Http2Frame.Headers : Http2Frame.Continuation, flags, on.Id, piece).ToBytes());
        }

        return SendAsync(frames.ToArray(), stop);
    }

    /// <summary>Sends data as the windows allow; throws where the stream is over meanwhile.</summary>
    public async Task SendDataAsync(Http2Stream on, ReadOnlyMemory<byte> bytes, bool ends, CancellationToken stop)
    {
        do
        {
            TaskCompletionSource more = _more;
            int size = (int)Math.Min(Math.Min(Interlocked.Read(ref _window), on.Window), Math.Min(MaxFrame, bytes.Length));
            if (on.Left is { } why)
            {
                throw new IOException(why);
            }

            if (size <= 0 && bytes.Length > 0)
            {
                await more.Task.WaitAsync(stop);
                continue;
            }

            Interlocked.Add(ref _window, -size);
            on.Widen(-size);
            bool last = ends && size == bytes.Length;
            await SendAsync(
                new Http2Frame(Http2Frame.Data, last ? Http2Frame.EndStream : 0, on.Id, bytes[..size].ToArray()).ToBytes(),
                stop
            );
            bytes = bytes[size..];
        } while (bytes.Length > 0);
    }

    /// <summary>Ends a stream; what came on it, and still comes, is dropped.</summary>
    public async Task ResetAsync(Http2Stream on, int code, CancellationToken stop)
    {
        _streams.TryRemove(on.Id, out _);
        await SendAsync(new Http2Frame(Http2Frame.Reset, 0, on.Id, [0, 0, 0, (byte)code]).ToBytes(), stop);
        await GrantAsync(null, on.Drop(), stop);
    }

    public Task GoAwayAsync(CancellationToken stop) => SendAsync(new Http2Frame(Http2Frame.GoAway, 0, 0, new byte[8]).ToBytes(), stop);

    /// <summary>Gives the peer room for bytes that were taken from a stream; null for one that is over.</summary>
    public async Task GrantAsync(Http2Stream? on, int bytes, CancellationToken stop)
    {
        if (bytes > 0)
        {
            var update = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(update, bytes);
            byte[] updates =
            [
                .. new Http2Frame(Http2Frame.WindowUpdate, 0, 0, update).ToBytes(),
                .. on is null ? [] : new Http2Frame(Http2Frame.WindowUpdate, 0, on.Id, update).ToBytes(),
            ];
            try
            {
                await SendAsync(updates, stop);
            }
            catch (Exception e) when (e is IOException or InvalidOperationException)
            {
                // The reading side is told.
            }
        }
    }

    public void Dispose() => _writing.Dispose();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task SendAsync(byte[] bytes, CancellationToken stop)
    {
        await _writing.WaitAsync(stop);
        try
        {
            await stream.WriteAsync(bytes, stop);
            await stream.FlushAsync(stop);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task TakeAsync(Http2Frame frame, CancellationToken stop)
    {
        bool ends = (frame.Flags & Http2Frame.EndStream) != 0;
        switch (frame.Type)
        {
            case Http2Frame.Settings when (frame.Flags & Http2Frame.Ack) == 0:
                Configure(frame.Payload);
                await SendAsync(new Http2Frame(Http2Frame.Settings, Http2Frame.Ack, 0, []).ToBytes(), stop);
                break;
            case Http2Frame.Ping when (frame.Flags & Http2Frame.Ack) == 0:
                await SendAsync((frame with { Flags = Http2Frame.Ack }).ToBytes(), stop);
                break;
            case Http2Frame.WindowUpdate:
                int more = BinaryPrimitives.ReadInt32BigEndian(frame.Payload);
                if (frame.Stream == 0)
                {
                    Interlocked.Add(ref _window, more);
                }
                else if (_streams.TryGetValue(frame.Stream, out Http2Stream? widened))
                {
                    widened.Widen(more);
                }

                Wake();
                break;
            case Http2Frame.Headers:
                IReadOnlyList<Field> fields = HeaderBlock.Read(await BlockAsync(frame, stop), _table);
                if (isServer && !_streams.ContainsKey(frame.Stream))
                {
                    var opened = new Http2Stream(this, frame.Stream, _streamWindow);
                    _streams[frame.Stream] = opened;
                    opened.TakeHead(fields, ends);
                    Opened?.Invoke(opened, fields);
                }
                else if (_streams.TryGetValue(frame.Stream, out Http2Stream? answered))
                {
                    answered.TakeHead(fields, ends);
                }

                break;
            case Http2Frame.Data:
                if (_streams.TryGetValue(frame.Stream, out Http2Stream? filled))
                {
                    filled.TakeData(frame.Content(), ends);
                }
                else
                {
                    await GrantAsync(null, frame.Payload.Length, stop);
                }

                break;
            case Http2Frame.Reset when _streams.TryRemove(frame.Stream, out Http2Stream? reset):
                reset.Leave($"the stream was reset with code {BinaryPrimitives.ReadInt32BigEndian(frame.Payload)}");
                Wake();
                break;
            case Http2Frame.GoAway when BinaryPrimitives.ReadInt32BigEndian(frame.Payload.AsSpan(4)) is var code and not 0:
                LeaveAll($"the connection was ended with code {code}");
                break;
            default:
                break;
        }
    }

    private async Task<byte[]> BlockAsync(Http2Frame frame, CancellationToken stop)
    {
        var block = new List<byte>(frame.Content());
        for (Http2Frame next = frame; (next.Flags & Http2Frame.EndHeaders) == 0; )
        {
            next =
                await Http2Frame.ReadAsync(reader, stop)
                ?? throw new InvalidDataException("the connection was closed within a header block");
            block.AddRange(next.Payload);
        }

        return [.. block];
    }

    private void Configure(byte[] settings)
    {
        for (int at = 0; at + 6 <= settings.Length; at += 6)
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(settings.AsSpan(at)) == 4)
            {
                long change = BinaryPrimitives.ReadInt32BigEndian(settings.AsSpan(at + 2)) - _streamWindow;
                _streamWindow += change;
                foreach (Http2Stream open in _streams.Values)
                {
                    open.Widen(change);
                }
            }
        }

        Wake();
    }

    private void LeaveAll(string why)
    {
        foreach (Http2Stream open in _streams.Values)
        {
            open.Leave(why);
        }

        Wake();
    }

    private void Wake()
    {
        TaskCompletionSource waiting = _more;
        _more = New();
        waiting.TrySetResult();
    }
}
