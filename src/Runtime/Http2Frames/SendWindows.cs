namespace Confgen.Runtime.Http2Frames;

/// <summary>
/// How much DATA the peer takes: of the connection, and of each stream (RFC 9113, section 5.2). Whoever uses it holds the connection's
/// lock.
/// </summary>
internal sealed class SendWindows
{
    /// <summary>The window of a connection, and of a stream, until the peer says otherwise (RFC 9113, section 6.9.2).</summary>
    public const int Default = 65_535;

    private long _connection = Default;
    private int _initial = Default;

    /// <summary>Whether the connection takes any.</summary>
    public bool IsOpen => _connection > 0;

    /// <summary>Begins a stream.</summary>
    public void Begin(ISendStream stream) => stream.SendWindow = _initial;

    /// <summary>How many of some bytes may go out on a stream now.</summary>
    public int Allowed(ISendStream stream, int length) => (int)Math.Max(0, Math.Min(length, Math.Min(stream.SendWindow, _connection)));

    /// <summary>So many bytes go out on a stream.</summary>
    public void Use(ISendStream stream, int length)
    {
        stream.SendWindow -= length;
        _connection -= length;
    }

    /// <summary>
    /// The peer takes so much more: of a stream, or of the connection where that is null. False where it is more than a window can hold.
    /// </summary>
    public bool TryWiden(ISendStream? stream, int length) =>
        (stream is null ? _connection += length : stream.SendWindow += length) <= int.MaxValue;

    /// <summary>
    /// The peer has changed SETTINGS_INITIAL_WINDOW_SIZE, which moves every stream's window (RFC 9113, section 6.9.2), below 0 too. False
    /// where one is more than a window can hold then.
    /// </summary>
    public bool TrySetInitial(int size, IEnumerable<ISendStream> streams)
    {
        foreach (ISendStream stream in streams)
        {
            if ((stream.SendWindow += size - _initial) > int.MaxValue)
            {
                return false;
            }
        }

        _initial = size;
        return true;
    }
}
