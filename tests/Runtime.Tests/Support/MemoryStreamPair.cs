using System.Buffers;
using System.IO.Pipelines;
using Confgen.Runtime.Http3.Quic;

namespace Confgen.Runtime.Tests.Support;

/// <summary>
/// A stream of <see cref="MemoryQuic"/>: the server's side is the interface, the client's the other members. Each direction holds 256 KiB.
/// </summary>
internal sealed class MemoryStreamPair : IQuicStream
{
    private static readonly PipeOptions _options = new(
        pauseWriterThreshold: 256 * 1024,
        resumeWriterThreshold: 128 * 1024,
        useSynchronizationContext: false
    );

    private readonly Pipe _up = new(_options);
    private readonly Pipe _down = new(_options);
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long> _reset = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<long> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _isClients;
    private volatile bool _isBroken;
    private long _sent;
    private long _received;
    private long _taken;

    public MemoryStreamPair(long id, bool isBidirectional)
    {
        (Id, IsBidirectional) = (id, isBidirectional);
        _isClients = id % 2 == 0;
        _ = _delivered.Task.ContinueWith(static t => t.Exception, TaskScheduler.Default);
    }

    public long Id { get; }

    public bool IsBidirectional { get; }

    public Task Delivered => _delivered.Task;

    public Task Abandoned => _abandoned.Task;

    public bool IsDisposed { get; private set; }

    /// <summary>The code of the server's RESET_STREAM.</summary>
    public Task<long> WasReset => _reset.Task;

    /// <summary>The code of the server's STOP_SENDING.</summary>
    public Task<long> WasStopped => _stopped.Task;

    // The client's side.

    /// <summary>Sends bytes, and the end; nothing where the connection is over.</summary>
    public async Task SendAsync(byte[] bytes, bool ends = false)
    {
        try
        {
            if (bytes.Length > 0)
            {
                Interlocked.Add(ref _sent, bytes.Length);
                await _up.Writer.WriteAsync(bytes);
            }

            if (ends)
            {
                await _up.Writer.CompleteAsync();
            }
        }
        catch (InvalidOperationException) when (_isBroken)
        {
            // The proxy has ended it in between.
        }
    }

    /// <summary>Waits until the server has made something of all that was sent: it then asks for more.</summary>
    public Task TakenAsync() =>
        Eventually.TrueAsync(() => Interlocked.Read(ref _taken) == Interlocked.Read(ref _sent), "the server has taken all bytes");

    /// <summary>Sends RESET_STREAM and STOP_SENDING.</summary>
    public void Cancel()
    {
        _up.Writer.Complete(new IOException("reset"));
        StopServer();
    }

    /// <summary>Sends STOP_SENDING alone, as a client does whose request is whole.</summary>
    public void StopServer()
    {
        _down.Reader.Complete();
        _delivered.TrySetException(new IOException("stopped"));
        _abandoned.TrySetResult();
    }

    /// <summary>Receives some of what the server sends; empty at its end.</summary>
    /// <exception cref="IOException">The server reset the stream.</exception>
    public async Task<byte[]> ReceiveAsync()
    {
        ReadResult read = await _down.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        byte[] bytes = read.Buffer.ToArray();
        _down.Reader.AdvanceTo(read.Buffer.End);
        if (bytes.Length == 0 && read.IsCompleted)
        {
            _delivered.TrySetResult();
        }

        return bytes.Length == 0 && !read.IsCompleted ? await ReceiveAsync() : bytes;
    }

    // The server's side.

    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        Interlocked.Exchange(ref _taken, _received);
        ReadResult read = await _up.Reader.ReadAsync();
        if (read.IsCanceled)
        {
            throw new IOException("stopped by this side");
        }

        ReadOnlySequence<byte> bytes = read.Buffer.Slice(0, Math.Min(buffer.Length, read.Buffer.Length));
        bytes.CopyTo(buffer.Span);
        int count = (int)bytes.Length;
        _up.Reader.AdvanceTo(bytes.End);
        _received += count;
        return count;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, bool ends)
    {
        if (_abandoned.Task.IsCompleted || _reset.Task.IsCompleted)
        {
            throw new IOException("the stream is over");
        }

        if (!data.IsEmpty)
        {
            FlushResult flushed = await _down.Writer.WriteAsync(data);
            if (flushed.IsCompleted || flushed.IsCanceled)
            {
                throw new IOException("the stream is over");
            }
        }

        if (ends)
        {
            await _down.Writer.CompleteAsync();
        }
    }

    public void StopReading(long code)
    {
        _stopped.TrySetResult(code);
        _up.Reader.CancelPendingRead();
    }

    public void Reset(long code)
    {
        if (_reset.TrySetResult(code))
        {
            _down.Writer.CancelPendingFlush();
            _down.Writer.Complete(new IOException($"reset {code:x}"));
            _delivered.TrySetException(new IOException("reset"));
        }
    }

    /// <summary>The connection is over.</summary>
    public void Break()
    {
        _isBroken = true;
        _up.Writer.Complete(new IOException("the connection is over"));
        _abandoned.TrySetResult();
        _delivered.TrySetException(new IOException("the connection is over"));
        if (IsBidirectional || !_isClients)
        {
            _down.Writer.CancelPendingFlush();
            _down.Writer.Complete(new IOException("the connection is over"));
        }
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }
}
