using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http1;

/// <summary>Serves one connection of HTTP/1.x: heads are read strictly, and the first that is refused ends the connection.</summary>
internal sealed class Http1Connection(
    Http1Exchange exchange,
    IRequestHandler handler,
    DeadlineWatch watch,
    int headLimit,
    StopSignal stopping
)
{
    // An unread rest up to this size is read over, so that the connection can go on; behind a larger one it is closed.
    private const int MostDrained = 64 * 1024;

    private int _isIdle;

    /// <summary>Serves requests until either side ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            exchange.Head.Limit = headLimit;
            while (await ReadHeadAsync() is { } refusal)
            {
                // 1. The head.
                exchange.BeginRequest(refusal == 0 && RequestHead.KeepsAlive(exchange.Request) && !stopping.IsSet);
                if (refusal != 0)
                {
                    await RefuseAsync(refusal);
                    break;
                }

                // 2. The response.
                await handler.HandleAsync(exchange);
                if (exchange.IsUpgraded)
                {
                    break;
                }

                // 3. The next one. A response that was broken off ends the connection at once: that is how the client sees it.
                if (!exchange.HasEnded)
                {
                    break;
                }

                if (!exchange.HasReadBody && exchange.KeepsAlive)
                {
                    exchange.KeepsAlive = await TryDrainAsync();
                }

                if (!exchange.KeepsAlive)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The client has gone.
        }
        finally
        {
            exchange.Close();
        }
    }

    /// <summary>Ends the connection if it waits for a request.</summary>
    public void CloseIfIdle()
    {
        if (Interlocked.CompareExchange(ref _isIdle, 0, 1) == 1)
        {
            exchange.Abandon();
        }
    }

    /// <summary>Answers a request that can't be read, the last one of the connection.</summary>
    public async ValueTask RefuseAsync(int status)
    {
        handler.NoteRefused(status);
        exchange.Response.Reset(status);
        exchange.KeepsAlive = false;
        exchange.Request.IsHttp10 = false;
        exchange.Begin();
        await exchange.EndAsync(null);
    }

    // 0, the status of a refusal, or null at the client's end.
    private async ValueTask<int?> ReadHeadAsync()
    {
        exchange.Head.Reset();
        exchange.Release();
        exchange.ReadDeadline.Set(watch.After(ClientTimeouts.Idle));
        (bool hasBegun, bool hasReadLine) = (false, false);
        while (true)
        {
            if (exchange.Input.HasBytes)
            {
                if (!hasBegun)
                {
                    // From here on the whole head has one time, however slowly its bytes come.
                    hasBegun = true;
                    exchange.ReadDeadline.Set(watch.After(ClientTimeouts.Head));
                }

                HeadResult result = exchange.Head.Feed(exchange.Input.Span, out int consumed);
                exchange.Input.Consume(consumed);
                int? refusal = result switch
                {
                    HeadResult.Complete => RequestHead.Read(exchange.Head, exchange.Request),
                    HeadResult.LineTooLong => 414,
                    HeadResult.TooLarge => 431,
                    HeadResult.Malformed => 400,
                    _ when !hasReadLine && exchange.Head.FirstLineLength > 0 => RefusalOfLine(),
                    _ => null,
                };
                if (refusal is not null)
                {
                    exchange.ReadDeadline.Clear();
                    return refusal;
                }

                hasReadLine = exchange.Head.FirstLineLength > 0;
            }
            else
            {
                Volatile.Write(ref _isIdle, exchange.Head.HasStarted || stopping.ClosesIdle ? 0 : 1);
                if (stopping.ClosesIdle && !exchange.Head.HasStarted)
                {
                    return null;
                }

                bool more = await exchange.Input.FillAsync();
                Interlocked.Exchange(ref _isIdle, 0);
                if (!more)
                {
                    return null;
                }
            }
        }
    }

    private int? RefusalOfLine() => RequestHead.ReadLine(exchange.Head, exchange.Request) is not 0 and var status ? status : null;

    private async ValueTask<bool> TryDrainAsync()
    {
        // A client that waits for 100 (Continue) may never send the body: where it ends nobody knows then.
        if (exchange.Request.ExpectsContinue)
        {
            return false;
        }

        try
        {
            exchange.MaxBody = 0;
            for (int read = 0; read < MostDrained; )
            {
                int length = (await exchange.ReadBodyAsync()).Length;
                if (length == 0)
                {
                    return true;
                }

                read += length;
            }
        }
        catch (BodyFaultException)
        {
            // Then the connection can't go on.
        }

        return false;
    }
}
