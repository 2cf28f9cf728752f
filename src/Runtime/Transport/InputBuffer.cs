using System.Buffers;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Confgen.Runtime.Transport;

/// <summary>
/// What was received on a connection and not yet read. The buffer is small while messages are, and grows when a read fills it. A receive
/// that has to wait is awaited on the buffer itself, which costs no object for each: there are two of them in each request that is
/// forwarded.
/// </summary>
internal sealed class InputBuffer : IValueTaskSource<bool>
{
    /// <summary>Enough for the heads of nearly all messages; what an idle connection costs.</summary>
    public const int SmallSize = 4 * 1024;

    /// <summary>As large as a pipe's or a socket's own buffers, so that a bulk transfer costs few calls.</summary>
    public const int LargeSize = 64 * 1024;

    private readonly Connection _connection;
    private readonly Action<bool>? _onAhead;
    private readonly int _largest;
    private readonly Action _onReceived;
    private ManualResetValueTaskSourceCore<bool> _filled;
    private ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter _receiving;
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private bool _wasFull;
    private bool _isAhead;
    private bool _isWatching;

    /// <summary>A buffer that holds nothing yet.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="onAhead">Called when a receive that nobody had asked for is over, with whether it brought bytes instead of the peer's
    /// end; null for nothing.</param>
    /// <param name="largest">Most bytes that are received at once.</param>
    public InputBuffer(Connection connection, Action<bool>? onAhead = null, int largest = LargeSize)
    {
        (_connection, _onAhead, _largest) = (connection, onAhead, largest);
        _onReceived = Finish;
    }

    /// <summary>Whether the peer has ended its side, or the connection broke.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether the connection broke instead of ending.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether bytes wait to be read; never while a read ahead is not taken, which <see cref="FillAsync"/> does.</summary>
    public bool HasBytes => !_isAhead && _start < _end;

    /// <summary>Whether bytes were received that nobody has read, in a read ahead, too. Another receive may be ending meanwhile.</summary>
    public bool HasUnread => Volatile.Read(ref _start) < Volatile.Read(ref _end);

    /// <summary>The bytes that wait.</summary>
    public ReadOnlyMemory<byte> Available => _buffer.AsMemory(_start, _end - _start);

    /// <summary>The bytes that wait.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Takes bytes away.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Receives more; false at the end.</summary>
    public ValueTask<bool> FillAsync()
    {
        if (_isAhead)
        {
            _isAhead = false;
            return new ValueTask<bool>(this, _filled.Version);
        }

        return HasEnded ? ValueTask.FromResult(false)
            : TryReceive(out bool more) ? ValueTask.FromResult(more)
            : new ValueTask<bool>(this, _filled.Version);
    }

    /// <summary>
    /// Starts to receive while nobody reads, so that the peer's leaving is noticed at once; not where unread bytes come before that.
    /// </summary>
    public void ReadAhead()
    {
        if (!_isAhead && !HasEnded && _start == _end)
        {
            (_isAhead, _isWatching) = (true, true);
            if (!TryReceive(out bool more))
            {
                return;
            }

            _filled.Reset();
            Complete(more);
        }
    }

    /// <summary>Gives the buffer back while the connection is idle.</summary>
    public void Release()
    {
        if (!_isAhead && _buffer.Length > 0 && _start == _end)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            (_buffer, _start, _end, _wasFull) = ([], 0, 0, false);
        }
    }

    /// <summary>
    /// Gives the buffer away together with the bytes that were taken of it last: whoever still reads them gives it back to the pool.
    /// </summary>
    public byte[] Lend()
    {
        if (_isAhead || _start != _end)
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

    bool IValueTaskSource<bool>.GetResult(short token) => _filled.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _filled.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _filled.OnCompleted(continuation, state, token, flags);

    // False where the receive has to wait: Finish is called then.
    private bool TryReceive(out bool more)
    {
        Prepare();
        try
        {
            _receiving = AwaiterOf(_connection.ReceiveAsync(_buffer.AsMemory(_end)));
            if (!_receiving.IsCompleted)
            {
                more = false;
                _filled.Reset();
                _receiving.UnsafeOnCompleted(_onReceived);
                return false;
            }

            more = Received(_receiving.GetResult());
        }
        catch (Exception e) when (IsTransportFault(e))
        {
            (HasEnded, IsBroken, more) = (true, true, false);
        }

        return true;
    }

    private static ConfiguredValueTaskAwaitable<int>.ConfiguredValueTaskAwaiter AwaiterOf(ValueTask<int> receiving) =>
        receiving.ConfigureAwait(false).GetAwaiter();

    private void Prepare()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
            int wanted = _wasFull ? _largest : Math.Min(SmallSize, _largest);
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
        if (count == 0)
        {
            (HasEnded, IsBroken) = (true, _connection.IsBroken);
            if (!IsBroken)
            {
                _connection.NoteEnd();
            }
        }

        return count > 0;
    }

    // A receive that has waited is over.
    private void Finish()
    {
        bool more;
        try
        {
            more = Received(_receiving.GetResult());
        }
        catch (Exception e) when (IsTransportFault(e))
        {
            (HasEnded, IsBroken, more) = (true, true, false);
        }
        catch (Exception e)
        {
            _filled.SetException(e);
            return;
        }

        Complete(more);
    }

    private void Complete(bool more)
    {
        bool wasWatching = _isWatching;
        _isWatching = false;
        if (wasWatching)
        {
            _onAhead?.Invoke(more);
        }

        _filled.SetResult(more);
    }
}
