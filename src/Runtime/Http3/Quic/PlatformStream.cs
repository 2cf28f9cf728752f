using System.Net.Quic;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3.Quic;

/// <summary>A stream of the platform's QUIC.</summary>
internal sealed class PlatformStream : IQuicStream
{
    private readonly QuicStream _stream;
    private volatile bool _hasStopped;

    public PlatformStream(QuicStream stream)
    {
        _stream = stream;
        Abandoned = stream.Type == QuicStreamType.Bidirectional ? WaitAsync() : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public long Id => _stream.Id;

    /// <inheritdoc/>
    public bool IsBidirectional => _stream.Type == QuicStreamType.Bidirectional;

    /// <inheritdoc/>
    public Task Delivered => _stream.WritesClosed;

    /// <inheritdoc/>
    public Task Abandoned { get; }

    /// <inheritdoc/>
    public ValueTask<int> ReadAsync(Memory<byte> buffer) => _stream.ReadAsync(buffer);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, bool ends) => _stream.WriteAsync(data, ends);

    /// <inheritdoc/>
    public void StopReading(long code)
    {
        _hasStopped = true;
        Abort(QuicAbortDirection.Read, code);
    }

    /// <inheritdoc/>
    public void Reset(long code) => Abort(QuicAbortDirection.Write, code);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private void Abort(QuicAbortDirection direction, long code)
    {
        try
        {
            _stream.Abort(direction, code);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // It is over already.
        }
    }

    // A client that leaves resets what it still sends, and says that it wants nothing of what is sent to it.
    private async Task WaitAsync()
    {
        (Task reads, Task writes) = (_stream.ReadsClosed, _stream.WritesClosed);
        Task first = await Task.WhenAny(reads, writes);
        if (first == reads && (reads.IsCompletedSuccessfully || _hasStopped))
        {
            await writes.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else if (first == writes && writes.IsCompletedSuccessfully)
        {
            await reads.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
