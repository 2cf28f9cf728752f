using System.Collections.Concurrent;
using System.Threading.Channels;
using Confgen.Runtime.Http3.Quic;

namespace Confgen.Runtime.Tests.Support;

/// <summary>A QUIC connection in memory: what the platform has where it has QUIC, so that HTTP/3 is tested everywhere.</summary>
internal sealed class MemoryQuic : IQuicConnection
{
    private readonly Channel<IQuicStream> _opened = Channel.CreateUnbounded<IQuicStream>();
    private readonly ConcurrentBag<MemoryStreamPair> _streams = [];
    private readonly TaskCompletionSource<long> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _nextBidirectional;
    private long _nextUnidirectional = 2;

    /// <summary>Streams that the server opened.</summary>
    public Channel<MemoryStreamPair> FromServer { get; } = Channel.CreateUnbounded<MemoryStreamPair>();

    /// <summary>The code with which the server closed the connection.</summary>
    public Task<long> Closed => _closed.Task;

    /// <summary>Streams that the server has disposed of.</summary>
    public int Disposed => _streams.Count(s => s.IsDisposed);

    /// <summary>Opens a stream as a client does: the server hears of it with its first byte.</summary>
    public MemoryStreamPair Open(bool isBidirectional = true)
    {
        long id = isBidirectional ? Interlocked.Add(ref _nextBidirectional, 4) - 4 : Interlocked.Add(ref _nextUnidirectional, 4) - 4;
        var stream = new MemoryStreamPair(id, isBidirectional);
        _streams.Add(stream);
        if (_closed.Task.IsCompleted)
        {
            stream.Break();
        }

        _opened.Writer.TryWrite(stream);
        return stream;
    }

    /// <summary>Ends the connection as a client that has gone.</summary>
    public void Leave() => End(-1);

    public async ValueTask<IQuicStream?> AcceptAsync() =>
        await _opened.Reader.WaitToReadAsync() && !_closed.Task.IsCompleted && _opened.Reader.TryRead(out IQuicStream? stream)
            ? stream
            : null;

    public ValueTask<IQuicStream> OpenUnidirectionalAsync()
    {
        var stream = new MemoryStreamPair(3, false);
        _streams.Add(stream);
        FromServer.Writer.TryWrite(stream);
        return ValueTask.FromResult<IQuicStream>(stream);
    }

    public ValueTask CloseAsync(long code)
    {
        End(code);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        End(0x100);
        return ValueTask.CompletedTask;
    }

    private void End(long code)
    {
        if (_closed.TrySetResult(code))
        {
            _opened.Writer.TryComplete();
            foreach (MemoryStreamPair stream in _streams)
            {
                stream.Break();
            }
        }
    }
}
