namespace Confgen.Runtime.Http3.Quic;

/// <summary>
/// A QUIC connection (RFC 9000) as HTTP/3 needs it. It stands between the two so that HTTP/3 can be tested where the platform has no QUIC.
/// </summary>
internal interface IQuicConnection : IAsyncDisposable
{
    /// <summary>The next stream that the client opens; null when the connection is over.</summary>
    ValueTask<IQuicStream?> AcceptAsync();

    /// <summary>Opens a stream that only this side writes.</summary>
    ValueTask<IQuicStream> OpenUnidirectionalAsync();

    /// <summary>Ends the connection and all its streams, and tells the client why.</summary>
    ValueTask CloseAsync(long code);
}
