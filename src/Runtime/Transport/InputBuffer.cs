using System.Buffers;
using System.Net.Sockets;

namespace Confgen.Runtime.Transport;

/// <summary>What was received on a wire and not yet read. The buffer is small while messages are, and grows when a read fills it.</summary>
internal sealed class InputBuffer(Connection wire, Action? onEnd = null, int largest = InputBuffer.LargeSize)
{
    /// <summary>Enough for the heads of nearly all messages; what an idle connection costs.</summary>
    public const int SmallSize = 4 * 1024;

    /// <summary>As large as a pipe's or a socket's own buffers, so that a bulk transfer costs few calls.</summary>
    public const int LargeSize = 64 * 1024;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _wasFull;
    private Task<bool>? _ahead;

    /// <summary>Whether the peer has ended its side, or the connection broke.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether the connection broke instead of ending.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether bytes wait to be read; never while a read ahead is not taken, which <see cref="FillAsync"/> does.</summary>
    public bool HasBytes => _ahead is null && _start < _end;

    /// <summary>The bytes that wait.</summary>
    public ReadOnlyMemory<byte> Available => _buffer.AsMemory(_start, _end - _start);

    /// <summary>The bytes that wait.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Takes bytes away.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Receives more; false at the end.</summary>
    public ValueTask<bool> FillAsync()
    {
        if (_ahead is { } ahead)
        {
            _ahead = null;
            return new ValueTask<bool>(ahead);
        }

        if (HasEnded)
        {
            return ValueTask.FromResult(false);
        }

        Prepare();
        ValueTask<int> receiving;
        try
        {
            receiving = wire.ReceiveAsync(_buffer.AsMemory(_end));
        }
        catch (Exception e) when (IsTransportFault(e))
        {
            (HasEnded, IsBroken) = (true, true);
            return ValueTask.FromResult(false);
        }

        return receiving.IsCompletedSuccessfully ? ValueTask.FromResult(Received(receiving.Result)) : FinishAsync(receiving);
    }

    /// <summary>Starts to receive while nobody reads, so that the peer's leaving is noticed at once.</summary>
    public void ReadAhead()
    {
        if (_ahead is null && !HasEnded && _start == _end)
        {
            _ahead = WatchAsync();
        }
    }

    /// <summary>Gives the buffer back while the connection is idle.</summary>
    public void Release()
    {
        if (_ahead is null && _buffer.Length > 0 && _start == _end)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end, _wasFull) = ([], 0, 0, false);
        }
    }

    /// <summary>Gives the buffer away together with the bytes that were taken of it last: whoever still reads them gives it back to the pool.</summary>
    public byte[] Lend()
    {
        if (_ahead is not null || _start != _end)
        {
            return [];
        }

        byte[] lent = _buffer;
        (_buffer, _start, _end, _wasFull) = ([], 0, 0, false);
        return lent;
    }

    /// <summary>Whether the exception says that the connection broke or was closed, and nothing about the program.</summary>
    public static bool IsTransportFault(Exception e) =>
        e is SocketException or IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException;

    private async Task<bool> WatchAsync()
    {
        bool more = await FillAsync();
        if (!more)
        {
            onEnd?.Invoke();
        }

        return more;
    }

    private void Prepare()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
            int wanted = _wasFull ? largest : Math.Min(SmallSize, largest);
            if (_buffer.Length < wanted)
            {
                if (_buffer.Length > 0)
                {
                    ArrayPool<byte>.Shared.Return(_buffer);
                }

                _buffer = ArrayPool<byte>.Shared.Rent(wanted);
            }
        }
        else if (_end == _buffer.Length)
        {
            int waiting = _end - _start;
            byte[] target = waiting > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(_buffer.Length * 2) : _buffer;
            _buffer.AsSpan(_start, waiting).CopyTo(target);
            if (target != _buffer)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = target;
            }

            (_start, _end) = (0, waiting);
        }
    }

    private bool Received(int count)
    {
        _end += count;
        _wasFull = _end == _buffer.Length;
        HasEnded |= count == 0;
        return count > 0;
    }

    private async ValueTask<bool> FinishAsync(ValueTask<int> receiving)
    {
        try
        {
            return Received(await receiving);
        }
        catch (Exception e) when (IsTransportFault(e))
        {
            (HasEnded, IsBroken) = (true, true);
            return false;
        }
    }
}
