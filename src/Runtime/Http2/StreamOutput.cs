using Confgen.Runtime.Http2Frames;

namespace Confgen.Runtime.Http2;

/// <summary>What <see cref="Http2Output"/> knows of a stream that is sent on. Guarded by its lock.</summary>
/// <param name="id">The stream's number.</param>
internal sealed class StreamOutput(int id) : ISendStream
{
    /// <summary>The stream's number.</summary>
    public int Id { get; } = id;

    /// <inheritdoc/>
    public long SendWindow { get; set; }

    /// <summary>Whether the head of the final response was written.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Whether nothing more may be sent: the stream was ended or reset, by either side.</summary>
    public bool IsClosed { get; set; }

    /// <summary>
    /// Where the stream's last frame stands among what waits to be sent, while <see cref="LastFrameBatch"/> is not sent yet.
    /// </summary>
    public int LastFrame { get; set; }

    /// <summary>The batch that holds <see cref="LastFrame"/>.</summary>
    public long LastFrameBatch { get; set; } = -1;

    /// <summary>Set while somebody waits for the window to open.</summary>
    public TaskCompletionSource? Opened { get; set; }
}
