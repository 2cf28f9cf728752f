using Confgen.Runtime.Http2Frames;

namespace Confgen.Runtime.Http2;

/// <summary>
/// What a client may still send on a connection (RFC 9113, section 5.2). It bounds the memory that all its unread bodies take together.
/// </summary>
internal sealed class Http2Credit(Http2Output output)
{
    /// <summary>The bytes of all unread bodies of a connection: 1 MiB, as Kestrel's.</summary>
    public const int Window = 1024 * 1024;

    private long _left = Window;
    private int _returned;
    private bool _isUnsent;

    /// <summary>Bytes of DATA came; false where they are more than the client may send.</summary>
    public bool TryTake(int count) => Interlocked.Add(ref _left, -count) >= 0;

    /// <summary>Bytes were used, or dropped: the client may send as many again, and is told when that is worth a frame.</summary>
    public void Return(int count)
    {
        if (
            count > 0
            && Interlocked.Add(ref _returned, count) >= Window / 4
            && Interlocked.Exchange(ref _returned, 0) is > 0 and var returned
        )
        {
            Interlocked.Add(ref _left, returned);
            Grow(0, returned);
        }
    }

    /// <summary>Tells the client that it may send so much more on a stream; 0 is the connection.</summary>
    public void Grow(int stream, int count)
    {
        output.Control.WriteNumber(FrameType.WindowUpdate, stream, count);
        Volatile.Write(ref _isUnsent, true);
    }

    /// <summary>Sends what the client was told; without a lock held, since it may complete what others wait for.</summary>
    public void Flush()
    {
        if (Volatile.Read(ref _isUnsent))
        {
            Volatile.Write(ref _isUnsent, false);
            output.Flush();
        }
    }
}
