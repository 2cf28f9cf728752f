using System.Threading.Channels;

namespace Confgen.Conformance.Tests.Wire.Http2;

/// <summary>A stream of an <see cref="Http2Peer"/>: what came on it, and how much may be sent.</summary>
internal sealed class Http2Stream(Http2Peer peer, int id, long window)
{
    private readonly Channel<IReadOnlyList<Field>> _heads = Channel.CreateUnbounded<IReadOnlyList<Field>>();
    private readonly Channel<byte[]> _data = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _hasData;
    private long _window = window;

    public int Id => id;

    /// <summary>How many bytes the peer still takes.</summary>
    public long Window => Interlocked.Read(ref _window);

    public IReadOnlyList<Field> Trailers { get; private set; } = [];

    /// <summary>Why the stream is over before its end; null where it isn't.</summary>
    public string? Fault { get; private set; }

    /// <summary>Why nothing more can be sent; null where something can.</summary>
    public string? Left { get; private set; }

    /// <summary>Whether the first head ended it.</summary>
    public bool EndedWithHead { get; private set; }

    public void Widen(long bytes) => Interlocked.Add(ref _window, bytes);

    /// <summary>The next head; null where the stream ends before one.</summary>
    public async Task<IReadOnlyList<Field>?> HeadAsync(CancellationToken stop) =>
        await _heads.Reader.WaitToReadAsync(stop) && _heads.Reader.TryRead(out IReadOnlyList<Field>? head) ? head : null;

    /// <summary>Reads to the end, and gives the peer room for as much as was read.</summary>
    /// <param name="into">Where the bytes go.</param>
    /// <param name="stop">The ceiling.</param>
    /// <returns>Why the end didn't come, or null.</returns>
    public async Task<string?> ReadBodyAsync(Stream into, CancellationToken stop)
    {
        while (await _data.Reader.WaitToReadAsync(stop))
        {
            while (_data.Reader.TryRead(out byte[]? piece))
            {
                await into.WriteAsync(piece, stop);
                await peer.GrantAsync(this, piece.Length, stop);
            }
        }

        return Fault;
    }

    /// <summary>Completes when the peer has reset the stream or closed the connection.</summary>
    public Task LeftAsync(CancellationToken stop) => _left.Task.WaitAsync(stop);

    public void TakeHead(IReadOnlyList<Field> fields, bool ends)
    {
        // A head behind data, or one without a status or method where one came, holds trailers.
        bool isHead = !_hasData && fields.Any(f => f.Name is ":status" or ":method");
        if (isHead)
        {
            EndedWithHead = ends;
            _heads.Writer.TryWrite(fields);
        }
        else
        {
            Trailers = fields;
        }

        if (ends)
        {
            End(null);
        }
    }

    public void TakeData(byte[] bytes, bool ends)
    {
        _hasData = true;
        _data.Writer.TryWrite(bytes);
        if (ends)
        {
            End(null);
        }
    }

    /// <summary>Drops what nobody has read.</summary>
    /// <returns>How many bytes that was.</returns>
    public int Drop()
    {
        int dropped = 0;
        while (_data.Reader.TryRead(out byte[]? piece))
        {
            dropped += piece.Length;
        }

        return dropped;
    }

    /// <summary>Nothing more comes from the peer, and it takes nothing more.</summary>
    public void Leave(string why)
    {
        // Also where the peer had ended its side: it takes nothing more.
        Left = why;
        _left.TrySetResult();
        End(why);
    }

    private void End(string? why)
    {
        if (_data.Writer.TryComplete())
        {
            Fault = why;
        }

        _heads.Writer.TryComplete();
    }
}
