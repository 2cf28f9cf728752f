using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Forwarding;

/// <summary>Passes a request's body on to the server, while the response may already come back.</summary>
internal sealed class BodyPump(Exchange exchange, UpstreamExchange upstream, TimeSpan sendTimeout)
{
    private bool _isStopped;

    /// <summary>Why the client's body can't be read, as <see cref="BodyFaultException.Status"/>; null where it can.</summary>
    public int? Fault { get; private set; }

    /// <summary>
    /// Sends what is put together for the server, and the body. It never fails; see <see cref="Fault"/> and the exchange's own error.
    /// </summary>
    /// <param name="watch">The clock of waits.</param>
    /// <param name="headTimeout">How long the server may then take for the head of its response.</param>
    public async Task RunAsync(DeadlineWatch watch, TimeSpan headTimeout)
    {
        try
        {
            while (true)
            {
                ValueTask<ReadOnlyMemory<byte>> reading = exchange.ReadBodyAsync();
                if (!reading.IsCompleted && upstream.HasUnsent)
                {
                    await SendAsync();
                }

                ReadOnlyMemory<byte> piece = await reading;
                if (piece.IsEmpty)
                {
                    break;
                }

                upstream.AddBody(piece.Span);
                if (upstream.Output.Length >= upstream.WriteSize)
                {
                    await SendAsync();
                }
            }

            upstream.EndBody(exchange.RequestTrailers is { } trailers ? Trailers.Filter(trailers) : null);
            if (await SendAsync())
            {
                upstream.EndRequest();
            }

            upstream.AwaitUntil(watch.After(headTimeout));
        }
        catch (BodyFaultException e)
        {
            Fault = e.Status;
            upstream.AbortRequest();
        }
    }

    /// <summary>Nothing more is sent to the server.</summary>
    public void Stop() => Volatile.Write(ref _isStopped, true);

    /// <summary>The response is whole, and nobody wants the rest of the body: waits for the pump to see it.</summary>
    public async ValueTask StopAsync(Task sending)
    {
        Stop();
        if (!sending.IsCompleted)
        {
            await exchange.AbortBodyReadAsync(sending);
        }
    }

    private async ValueTask<bool> SendAsync()
    {
        if (Volatile.Read(ref _isStopped))
        {
            upstream.Output.Clear();
            return false;
        }

        if (await upstream.SendAsync(sendTimeout))
        {
            return true;
        }

        // What the client still sends is read all the same: it may wait to have sent all of it before it reads the response.
        Stop();
        return false;
    }
}
