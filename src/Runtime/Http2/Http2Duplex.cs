using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http2Frames;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>Bytes both ways in the DATA frames of one stream, after a CONNECT was accepted (RFC 8441, section 5).</summary>
internal sealed class Http2Duplex(Http2Exchange exchange) : IDuplex
{
    /// <inheritdoc/>
    public bool IsBroken { get; private set; }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync()
    {
        try
        {
            return await exchange.ReceiveAsync(Timeout.InfiniteTimeSpan);
        }
        catch (BodyFaultException)
        {
            IsBroken = true;
            return default;
        }
    }

    /// <inheritdoc/>
    public ValueTask SendAsync(ReadOnlyMemory<byte> data) => exchange.SendAsync(data);

    /// <inheritdoc/>
    public ValueTask EndSendingAsync() => exchange.EndSendingAsync();

    /// <inheritdoc/>
    public void Abort() => exchange.Cut(ErrorCodes.Cancel);

    /// <inheritdoc/>
    public void Close() => exchange.Leave();
}
