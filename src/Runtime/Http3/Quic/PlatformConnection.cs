using System.Net.Quic;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3.Quic;

/// <summary>A connection of the platform's QUIC.</summary>
internal sealed class PlatformConnection(QuicConnection connection) : IQuicConnection
{
    /// <inheritdoc/>
    public async ValueTask<IQuicStream?> AcceptAsync()
    {
        try
        {
            return new PlatformStream(await connection.AcceptInboundStreamAsync());
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IQuicStream> OpenUnidirectionalAsync() =>
        new PlatformStream(await connection.OpenOutboundStreamAsync(QuicStreamType.Unidirectional));

    /// <inheritdoc/>
    public async ValueTask CloseAsync(long code)
    {
        try
        {
            await connection.CloseAsync(code);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // It is closed already.
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
