namespace Confgen.Runtime.Http2;

/// <summary>
/// A connection's stream below Kestrel's HTTP/2, through which a frame can be sent that Kestrel has no way to send: between two of its own.
/// The bytes pass as they are, uncopied.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="prefix">What was read of it already.</param>
internal sealed class Http2FrameInjector(Stream inner, ReadOnlyMemory<byte> prefix) : Stream
{
    private const byte Settings = 4;
    private const byte Ack = 1;
    private const int SettingSize = 6;
    private const int HeaderTableSize = 1;
    private const int DefaultTableSize = 4096;

    // "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", before the first frame (RFC 9113, section 3.4).
    private const int PrefaceSize = 24;

    private readonly SemaphoreSlim _writing = new(1);
    private ReadOnlyMemory<byte> _prefix = prefix;
    private FrameCursor _sent;
    private FrameCursor _received;
    private int _prefaceLeft = PrefaceSize;
    private int _settingRead;
    private ulong _setting;
    private volatile int _tableSize = DefaultTableSize;
    private volatile bool _isClosed;
    private int _unacknowledged;
    private List<ReadOnlyMemory<byte>>? _waiting;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Sends a header block as soon as one of Kestrel's frames ends, and before any that it is given later. The block of a client whose
    /// table is smaller than usual begins by saying that this is known (RFC 7541, section 4.2), as Kestrel's own next one does; while it
    /// isn't yet, and where a client changes its mind about it, nothing is sent.
    /// </summary>
    public async ValueTask InsertAsync(int streamId, ReadOnlyMemory<byte> block)
    {
        await _writing.WaitAsync();
        try
        {
            if (_isClosed || Volatile.Read(ref _unacknowledged) != 0)
            {
                return;
            }

            byte[] change = _tableSize < DefaultTableSize ? HeaderBlock.OfTableSize(_tableSize) : [];
            byte[] frames = HeaderBlock.Frame(streamId, [.. change, .. block.Span]);
            if (_sent.IsBetweenFrames)
            {
                await inner.WriteAsync(frames);
                await inner.FlushAsync();
            }
            else
            {
                (_waiting ??= []).Add(frames);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        if (_prefix.IsEmpty)
        {
            count = await inner.ReadAsync(buffer, cancellationToken);
        }
        else
        {
            count = Math.Min(buffer.Length, _prefix.Length);
            _prefix[..count].CopyTo(buffer);
            _prefix = _prefix[count..];
        }

        FollowReceived(buffer.Span[..count]);
        return count;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (_waiting is { } waiting && FollowToBoundary(ref buffer, out ReadOnlyMemory<byte> before))
            {
                await inner.WriteAsync(before, cancellationToken);
                foreach (ReadOnlyMemory<byte> frames in waiting)
                {
                    await inner.WriteAsync(frames, cancellationToken);
                }

                _waiting = null;
            }

            FollowSent(buffer.Span);
            if (!buffer.IsEmpty)
            {
                await inner.WriteAsync(buffer, cancellationToken);
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    // The first place in what is to be sent where another frame may stand; what lies before it is taken off.
    private bool FollowToBoundary(ref ReadOnlyMemory<byte> buffer, out ReadOnlyMemory<byte> before)
    {
        FrameCursor cursor = _sent;
        ReadOnlySpan<byte> rest = buffer.Span;
        while (!rest.IsEmpty && !cursor.IsBetweenFrames)
        {
            cursor.Take(ref rest);
        }

        before = buffer[..^rest.Length];
        if (!cursor.IsBetweenFrames)
        {
            return false;
        }

        FollowSent(before.Span);
        buffer = buffer[before.Length..];
        return true;
    }

    private void FollowSent(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            _sent.Take(ref bytes);
            if (_sent is { HasEnded: true, Type: Settings } && (_sent.Flags & Ack) != 0)
            {
                Interlocked.Decrement(ref _unacknowledged);
            }
        }
    }

    private void FollowReceived(ReadOnlySpan<byte> bytes)
    {
        int preface = Math.Min(_prefaceLeft, bytes.Length);
        _prefaceLeft -= preface;
        bytes = bytes[preface..];
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> payload = _received.Take(ref bytes);
            if (_received.Type == Settings && (_received.Flags & Ack) == 0)
            {
                ReadSettings(payload);
                if (_received.HasEnded)
                {
                    Interlocked.Increment(ref _unacknowledged);
                }
            }
        }
    }

    // A setting is a number of two bytes and a value of four.
    private void ReadSettings(ReadOnlySpan<byte> payload)
    {
        foreach (byte b in payload)
        {
            _setting = (_setting << 8) | b;
            if (++_settingRead == SettingSize)
            {
                _settingRead = 0;
                if ((ushort)(_setting >> 32) == HeaderTableSize)
                {
                    int size = (int)Math.Min((uint)_setting, DefaultTableSize);
                    _isClosed |= _tableSize < DefaultTableSize && size != _tableSize;
                    _tableSize = size;
                }
            }
        }
    }
}
