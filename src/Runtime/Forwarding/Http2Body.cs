using System.Net;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Forwarding;

/// <summary>A request's body as the platform's HTTP/2 client takes it: each piece is sent as it comes.</summary>
internal sealed class Http2Body(Exchange exchange, Action sent) : HttpContent
{
    /// <summary>Why the body can't be read, as <see cref="BodyFaultException.Status"/>; null where it can.</summary>
    public int? Fault { get; private set; }

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        try
        {
            // With an expectation the platform asks for the body when the server does, or when it says nothing.
            await exchange.SendInterimAsync(100, new FieldList());
            while (await exchange.ReadBodyAsync() is { IsEmpty: false } piece)
            {
                await stream.WriteAsync(piece);
                await stream.FlushAsync();
            }

            sent();
        }
        catch (BodyFaultException e)
        {
            Fault = e.Status;
            throw new IOException("the request's body can't be read", e);
        }
        catch (ObjectDisposedException)
        {
            // The answer is whole already.
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = exchange.Request.Length;
        return exchange.Request.Framing == BodyFraming.Counted;
    }
}
