using System.Buffers;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Http2;

/// <summary>
/// The DATA of a request between the connection's reader, which never waits for it, and the one who takes it: at most a stream's window of
/// bytes. The window (RFC 9113, section 5.2) is the default until somebody reads, so that a client whose request is refused has sent
/// little; then it grows.
/// </summary>
internal sealed class Http2RequestBody(Http2Credit credit, int streamId)
{
    /// <summary>What a client may send before anybody wants it.</summary>
    public const int FirstWindow = 65535;

    // What a client may send ahead once the body is read: enough for 100 MB/s at 5 ms.
    private const int ReadWindow = 512 * 1024;

    private const int SmallPiece = 4 * 1024;
    private const int LargePiece = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Queue<Piece> _pieces = new();
    private Piece? _newest;
    private Piece? _taken;
    private TaskCompletionSource? _more;
    private long _window = FirstWindow;
    private long _received;
    private int _uncredited;
    private bool _isRead;
    private bool _isEnded;
    private bool _isClosed;

    /// <summary>The length that the head says; null without one.</summary>
    public long? Length { get; set; }

    /// <summary>Whether the whole body was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether the client has ended its side.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_lock)
            {
                return _isEnded;
            }
        }
    }

    /// <summary>Why the body can't be read to its end: a status, 0 where the client has left; null while nothing is wrong.</summary>
    public int? Fault { get; private set; }

    /// <summary>The trailers behind it; null where there are none.</summary>
    public FieldList? Trailers { get; private set; }

    /// <summary>Takes a frame's data. 0, or the error code for which the stream is to be reset.</summary>
    /// <param name="data">The data.</param>
    /// <param name="padding">What the frame has beside it, which counts, too (RFC 9113, section 6.1).</param>
    /// <param name="ends">Whether it is the last.</param>
    public int Receive(ReadOnlySpan<byte> data, int padding, bool ends)
    {
        int code = 0;
        lock (_lock)
        {
            if (_isClosed)
            {
                credit.Return(data.Length + padding);
                return 0;
            }

            _window -= data.Length + padding;
            _received += data.Length;
            if (_window < 0)
            {
                code = ErrorCodes.FlowControlError;
            }
            else if (_received > Length || (ends && _received < Length))
            {
                code = ErrorCodes.ProtocolError;
            }
            else
            {
                Add(data);
                _isEnded = ends;
                Credit(padding);
            }
        }

        if (code != 0)
        {
            Fail(400);
            return code;
        }

        Wake();
        return 0;
    }

    /// <summary>The body ends with trailers, or with the head. 0, or the error code for which the stream is to be reset.</summary>
    public int End(FieldList? trailers)
    {
        lock (_lock)
        {
            if (_received < Length)
            {
                return ErrorCodes.ProtocolError;
            }

            (Trailers, _isEnded) = (trailers, true);
        }

        Wake();
        return 0;
    }

    /// <summary>The next piece, valid until the next call; empty at the end.</summary>
    /// <exception cref="BodyFaultException">There is no whole body.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        bool isThere = TryTake(out ReadOnlyMemory<byte> piece, out Task? more);
        credit.Flush();
        return isThere ? ValueTask.FromResult(piece) : WaitAsync(more!);
    }

    /// <summary>The body can't be read to its end.</summary>
    /// <param name="status">The status that says why; 0 where the client has left.</param>
    public void Fail(int status)
    {
        lock (_lock)
        {
            Fault ??= status;
        }

        Wake();
    }

    /// <summary>Nobody reads any more: what is left is dropped, and what still comes.</summary>
    public void Close()
    {
        lock (_lock)
        {
            int dropped = _uncredited;
            foreach (Piece piece in _pieces)
            {
                dropped += piece.Length;
                ArrayPool<byte>.Shared.Return(piece.Bytes);
            }

            if (_taken is { } taken)
            {
                dropped += taken.Length;
                ArrayPool<byte>.Shared.Return(taken.Bytes);
            }

            _pieces.Clear();
            (_newest, _taken, _uncredited, _isClosed) = (null, null, 0, true);
            credit.Return(dropped);
        }

        credit.Flush();
    }

    private async ValueTask<ReadOnlyMemory<byte>> WaitAsync(Task more)
    {
        ReadOnlyMemory<byte> piece;
        do
        {
            await more;
        } while (!TryTake(out piece, out more!));

        credit.Flush();
        return piece;
    }

    private bool TryTake(out ReadOnlyMemory<byte> bytes, out Task? more)
    {
        (bytes, more) = (default, null);
        lock (_lock)
        {
            // 1. The piece before was used.
            if (_taken is { } taken)
            {
                _taken = null;
                ArrayPool<byte>.Shared.Return(taken.Bytes);
                Credit(taken.Length);
            }

            if (!_isRead && !_isEnded && !_isClosed)
            {
                _isRead = true;
                credit.Grow(streamId, ReadWindow - FirstWindow);
                _window += ReadWindow - FirstWindow;
            }

            // 2. The next one.
            if (Fault is { } status)
            {
                throw new BodyFaultException(status);
            }

            if (_pieces.TryDequeue(out Piece? next))
            {
                _taken = next;
                _newest = ReferenceEquals(next, _newest) ? null : _newest;
                bytes = next.Bytes.AsMemory(0, next.Length);
                return true;
            }

            if (_isEnded || _isClosed)
            {
                IsAtEnd = true;
                return true;
            }

            more = (_more ??= new TaskCompletionSource()).Task;
            return false;
        }
    }

    private void Add(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (_newest is null || _newest.Length == _newest.Bytes.Length)
            {
                _newest = new Piece(ArrayPool<byte>.Shared.Rent(_isRead || data.Length > SmallPiece ? LargePiece : SmallPiece));
                _pieces.Enqueue(_newest);
            }

            int length = Math.Min(data.Length, _newest.Bytes.Length - _newest.Length);
            data[..length].CopyTo(_newest.Bytes.AsSpan(_newest.Length));
            _newest.Length += length;
            data = data[length..];
        }
    }

    // The client may send as much again: it is told when that is worth a frame.
    private void Credit(int count)
    {
        _uncredited += count;
        if (_uncredited >= (_isRead ? ReadWindow : FirstWindow) / 2)
        {
            credit.Return(_uncredited);
            if (!_isEnded)
            {
                credit.Grow(streamId, _uncredited);
                _window += _uncredited;
            }

            _uncredited = 0;
        }
    }

    private void Wake()
    {
        TaskCompletionSource? more;
        lock (_lock)
        {
            (more, _more) = (_more, null);
        }

        more?.TrySetResult();
    }

    private sealed class Piece(byte[] bytes)
    {
        public byte[] Bytes { get; } = bytes;

        public int Length { get; set; }
    }
}
