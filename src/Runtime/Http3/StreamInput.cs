using System.Buffers;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>What was received on a stream and not yet read.</summary>
internal sealed class StreamInput(IQuicStream stream)
{
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _wasFull;
    private Task<int>? _ahead;

    /// <summary>Whether the client has ended its side, and all of it was received.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The bytes that wait.</summary>
    public ReadOnlyMemory<byte> Available => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Takes bytes away.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Receives more; false at the end.</summary>
    public ValueTask<bool> FillAsync()
    {
        if (_ahead is { } ahead)
        {
            _ahead = null;
            return FinishAsync(new ValueTask<int>(ahead));
        }

        if (HasEnded)
        {
            return ValueTask.FromResult(false);
        }

        Prepare();
        ValueTask<int> receiving = stream.ReadAsync(_buffer.AsMemory(_end));
        return receiving.IsCompletedSuccessfully ? ValueTask.FromResult(Received(receiving.Result)) : FinishAsync(receiving);
    }

    /// <summary>Starts to receive, and waits for at most a time; whatever comes later the next filling gets.</summary>
    public async ValueTask PeekAsync(TimeSpan longest, TimeProvider time)
    {
        if (_ahead is not null || HasEnded || _start < _end)
        {
            return;
        }

        Prepare();
        ValueTask<int> receiving = stream.ReadAsync(_buffer.AsMemory(_end));
        if (receiving.IsCompletedSuccessfully)
        {
            Received(receiving.Result);
            return;
        }

        Task<int> ahead = receiving.AsTask();
        if (longest > TimeSpan.Zero)
        {
            await ((Task)ahead).WaitAsync(longest, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (ahead.IsCompletedSuccessfully)
        {
            Received(await ahead);
        }
        else
        {
            _ahead = ahead;
        }
    }

    /// <summary>Gives the buffer back, when nobody reads any more.</summary>
    public async ValueTask ReleaseAsync()
    {
        if (_ahead is { } ahead)
        {
            await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end) = ([], 0, 0);
        }
    }

    private void Prepare()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
            Resize(_wasFull ? InputBuffer.LargeSize : InputBuffer.SmallSize);
        }
        else if (_end == _buffer.Length)
        {
            Resize(_end - _start > _buffer.Length / 2 ? _buffer.Length * 2 : _buffer.Length);
        }
    }

    private void Resize(int size)
    {
        byte[] target = _buffer.Length < size ? ArrayPool<byte>.Shared.Rent(size) : _buffer;
        int waiting = _end - _start;
        _buffer.AsSpan(_start, waiting).CopyTo(target);
        if (target != _buffer && _buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _start, _end) = (target, 0, waiting);
    }

    private bool Received(int count)
    {
        _end += count;
        _wasFull = _end == _buffer.Length;
        HasEnded |= count == 0;
        return count > 0;
    }

    private async ValueTask<bool> FinishAsync(ValueTask<int> receiving) => Received(await receiving);
}
