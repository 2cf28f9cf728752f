using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Forwarding;

/// <summary>Passes a request's body on to the server, while the answer may already come back.</summary>
internal sealed class BodyPump(Exchange exchange, UpstreamConnection connection, TimeSpan sendTimeout)
{
    private bool _serverIsGone;

    /// <summary>Why the body can't be read, as <see cref="BodyFaultException.Status"/>; null where it can.</summary>
    public int? Fault { get; private set; }

    /// <summary>Whether the server took the body too slowly.</summary>
    public bool HasTimedOut { get; private set; }

    /// <summary>Whether the server didn't get the whole body.</summary>
    public bool HasFailed => Fault is not null || Volatile.Read(ref _serverIsGone);

    /// <summary>How long the server may then take for the head of its answer.</summary>
    public TimeSpan HeadDue { get; set; }

    /// <summary>Sends what is put together for the server, and the body. It never fails; see <see cref="HasFailed"/>.</summary>
    public async Task RunAsync(DeadlineWatch watch)
    {
        try
        {
            bool isChunked = exchange.Request.Framing == BodyFraming.Chunked;
            OutputBuffer output = connection.Output;
            while (true)
            {
                ValueTask<ReadOnlyMemory<byte>> reading = exchange.ReadBodyAsync();
                if (!reading.IsCompleted && output.Length > 0)
                {
                    await SendAsync();
                }

                ReadOnlyMemory<byte> piece = await reading;
                if (piece.IsEmpty)
                {
                    break;
                }

                if (isChunked)
                {
                    output.WriteChunkSize(piece.Length);
                }

                output.Write(piece.Span);
                if (isChunked)
                {
                    output.Write("\r\n"u8);
                }

                if (output.Length >= connection.WriteSize)
                {
                    await SendAsync();
                }
            }

            if (isChunked)
            {
                WriteEnd(output, exchange.RequestTrailers);
            }

            if (output.Length > 0)
            {
                await SendAsync();
            }

            connection.AwaitUntil(watch.After(HeadDue));
            connection.HasSentRequest = !HasFailed;
        }
        catch (BodyFaultException e)
        {
            Fault = e.Status;

            // The server must not take what it got for a whole request.
            connection.Connection.Abort();
        }
    }

    /// <summary>Nothing more is sent to the server.</summary>
    public void LoseServer() => Volatile.Write(ref _serverIsGone, true);

    /// <summary>The answer is whole, and nobody wants the rest of the body: waits for the pump to see it.</summary>
    public async ValueTask StopAsync(Task sending)
    {
        LoseServer();
        if (!sending.IsCompleted)
        {
            await exchange.AbortBodyReadAsync(sending);
        }
    }

    private static void WriteEnd(OutputBuffer output, FieldList? trailers)
    {
        output.Write("0\r\n"u8);
        if (trailers is not null)
        {
            Trailers.Filter(trailers);
            for (int i = 0; i < trailers.Count; i++)
            {
                output.WriteField(trailers.Name(i), trailers.Value(i));
            }
        }

        output.Write("\r\n"u8);
    }

    private async ValueTask SendAsync()
    {
        if (Volatile.Read(ref _serverIsGone))
        {
            connection.Output.Clear();
            return;
        }

        try
        {
            await connection.SendAsync(sendTimeout);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            HasTimedOut = connection.HasTimedOut;
            Volatile.Write(ref _serverIsGone, true);
        }
    }
}
