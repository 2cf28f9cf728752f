namespace Confgen.Runtime.Http3.Quic;

/// <summary>
/// A stream of a QUIC connection. One read and one write may be under way at a time. What fails throws what
/// <see cref="Transport.InputBuffer.IsTransportFault"/> knows.
/// </summary>
internal interface IQuicStream : IAsyncDisposable
{
    /// <summary>Its number.</summary>
    long Id { get; }

    /// <summary>Whether both sides write.</summary>
    bool IsBidirectional { get; }

    /// <summary>Ends when everything written, the end included, has reached the client; fails where the stream was cut.</summary>
    Task Delivered { get; }

    /// <summary>
    /// Ends when the client can't be answered any more: it reset the stream, wants nothing of it, or is gone. It never fails.
    /// </summary>
    Task Abandoned { get; }

    /// <summary>Receives some bytes; 0 is the client's end.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer);

    /// <summary>Sends all the bytes, and with <paramref name="ends"/> the end.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, bool ends);

    /// <summary>Asks the client to send nothing more (STOP_SENDING). A read that is under way ends.</summary>
    void StopReading(long code);

    /// <summary>Cuts what this side sends (RESET_STREAM). A write that is under way ends.</summary>
    void Reset(long code);
}
