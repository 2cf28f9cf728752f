using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http3;

/// <summary>Bytes both ways in the DATA frames of one stream, after a CONNECT was accepted (RFC 9220, section 3).</summary>
internal sealed class Http3Duplex(Http3Exchange exchange) : IDuplex
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
    public void Abort() => exchange.Leave();

    /// <inheritdoc/>
    public void Close() => exchange.Leave();
}
