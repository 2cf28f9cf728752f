using Confgen.Runtime.Transport;
using Microsoft.AspNetCore.Http.Features;

namespace Confgen.Runtime.Http2;

/// <summary>Bytes both ways on one stream of HTTP/2, after a CONNECT was accepted (RFC 8441, section 5).</summary>
internal sealed class StreamDuplex(Stream stream, IFeatureCollection features) : IDuplex
{
    // RFC 9113, section 7.
    private const int Cancel = 8;

    private readonly byte[] _buffer = new byte[InputBuffer.SmallSize];
    private bool _hasEnded;

    /// <inheritdoc/>
    public bool IsBroken { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        try
        {
            return _buffer.AsMemory(0, await stream.ReadAsync(_buffer));
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            IsBroken = true;
            return default;
        }
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> data)
    {
        await stream.WriteAsync(data);
        await stream.FlushAsync();
    }

    /// <inheritdoc/>
    public async ValueTask EndSendingAsync()
    {
        _hasEnded = true;
        await features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
    }

    /// <inheritdoc/>
    public void Abort()
    {
        _hasEnded = true;
        features.Get<IHttpResetFeature>()?.Reset(Cancel);
    }

    /// <inheritdoc/>
    public void Close()
    {
        if (!_hasEnded)
        {
            Abort();
        }
    }
}
