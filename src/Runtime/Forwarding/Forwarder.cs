using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Forwarding;

/// <summary>
/// Forwards a request to a server, and its response back, both as streams: (1) choose a server, (2) open an exchange with it, (3) send the
/// head, and the body beside everything that follows, (4) read the head of the response, (5) pass the body on, (6) keep the connection,
/// (7) end the response. What fails before the first byte of the response goes to another server where that is safe.
/// </summary>
internal sealed class Forwarder(DeadlineWatch watch)
{
    // Instead of a status: the response is dropped, and another server gets the request.
    private const int SentElsewhere = -1;

    /// <summary>
    /// Forwards the request. 0 when a response was begun or nobody waits for one, else the status of the proxy's own error.
    /// </summary>
    public async ValueTask<int> ForwardAsync(Exchange exchange, UpstreamRequest request)
    {
        UpstreamState state = request.Upstream;
        UpstreamError? failure = null;
        await state.ReadyAsync(request.Timeouts.Connect);
        while (true)
        {
            // 1. A server.
            if (request.Servers.Next() is not { } server)
            {
                if (failure is null)
                {
                    failure = state.WhyNone();
                    state.Failed(null, failure);
                }

                return request.Fail(failure);
            }

            if (request.TryEnter(server))
            {
                // What can't be sent again must not meet a server that closes.
                bool isRepeatable = exchange.Request.IsIdempotent && exchange.Request.Framing == BodyFraming.None;
                UpstreamError? error;
                int status = 0;
                for (Reuse reuse = isRepeatable ? Reuse.Any : Reuse.Proven; ; reuse = Reuse.None)
                {
                    // 2. The exchange.
                    (UpstreamExchange? upstream, error) = request.Script is null
                        ? await state.OpenAsync(server, request.IsHttp2, request.Timeouts.Connect, reuse)
                        : await state.OpenFastCgiAsync(server, request.Timeouts.Connect);
                    if (upstream is null)
                    {
                        break;
                    }

                    bool wasReused = upstream.IsReused;
                    (error, status) = await RunAsync(exchange, request, upstream);
                    if (error is null || reuse == Reuse.None || !MayReopen(error, wasReused, exchange))
                    {
                        break;
                    }
                }

                request.Leave();
                if (error is null && status == SentElsewhere)
                {
                    continue;
                }

                if (error is null)
                {
                    return status;
                }

                state.Failed(server, error);
                failure = error;
                if (!MayRetry(error, exchange))
                {
                    return request.Fail(error);
                }
            }

            request.Servers.Exclude(server);
        }
    }

    // A kept connection may be closed by the server in the very moment in which it is used again; over HTTP/2 it then says so.
    private static bool MayReopen(UpstreamError error, bool wasReused, Exchange exchange) =>
        MayRetry(error, exchange) && (error.Is(UpstreamError.NotProcessed) || (error.Is(UpstreamError.ClosedEarly) && wasReused));

    private static bool MayRetry(UpstreamError error, Exchange exchange) =>
        !exchange.HasTakenBody
        && (error.Retry == RetryRule.Always || (error.Retry == RetryRule.IfIdempotent && exchange.Request.IsIdempotent));

    // The error of the server; without one the status of what went wrong elsewhere, 0, or SentElsewhere.
    private async ValueTask<(UpstreamError? Error, int Status)> RunAsync(
        Exchange exchange,
        UpstreamRequest request,
        UpstreamExchange upstream
    )
    {
        BodyPump? pump = null;
        Task sending = Task.CompletedTask;
        bool isReturned = false;
        try
        {
            // 3. The request.
            request.Write(exchange, upstream);
            exchange.WatchClient(upstream);
            if (exchange.Request.Framing != BodyFraming.None)
            {
                pump = new BodyPump(exchange, upstream, request.Timeouts.Send);
                sending = pump.RunAsync(watch, request.HeadTimeout);
            }
            else
            {
                if (await upstream.SendAsync(request.Timeouts.Send))
                {
                    upstream.EndRequest();
                }

                upstream.AwaitUntil(watch.After(request.HeadTimeout));
            }

            // 4. The head of the response.
            UpstreamError? error = await upstream.ReadHeadAsync();
            if (error is null && upstream.Status < 200)
            {
                error = await PassInterimAsync(exchange, request, upstream);
            }

            upstream.AwaitUntil(long.MaxValue);
            if (error is not null)
            {
                upstream.Break();
                return Failed(exchange, upstream, error, pump);
            }

            request.Upstream.Responded(upstream.Server, upstream.Status, upstream.Waited);
            request.NoteStatus(upstream.Status);
            if (upstream.Status == 101)
            {
                await UpgradeAsync(exchange, request, upstream);
                return (null, 0);
            }

            if (request.Servers.TryReplace(upstream.Server, upstream.Status, exchange))
            {
                return (null, SentElsewhere);
            }

            if (request.Intercepts(upstream.Status))
            {
                request.KeepChallenge(upstream);
                return (null, upstream.Status);
            }

            // 5. The response but for its end.
            ResponseTail? tail = await ResponseRelay.PassAsync(exchange, request, upstream, watch.Time);

            // 6. The connection: before the client sees the end, so that its next request finds it.
            exchange.WatchClient(null);
            isReturned = upstream.TryReturn();

            // 7. The end.
            if (tail is { } rest)
            {
                await rest.SendAsync(exchange);
            }

            if (!isReturned && pump is not null && !sending.IsCompleted)
            {
                upstream.Break();
                await pump.StopAsync(sending);
            }

            isReturned = isReturned || upstream.TryReturn();
            return (null, 0);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The client's side broke: nobody waits for the rest.
            exchange.Abort();
            return (null, 0);
        }
        finally
        {
            exchange.WatchClient(null);

            // One that was returned has its whole request, whether or not the task that sent it is quite over: it may be another's by now.
            if (!isReturned && pump is not null && !sending.IsCompleted)
            {
                // The client's body still comes, and the response that says why nobody takes it is yet to be sent.
                upstream.Break();
                pump.Stop();
                exchange.DetachBodyReader(sending);
                _ = CloseAfterAsync(upstream, sending);
            }
            else if (!isReturned)
            {
                upstream.Close();
            }
        }
    }

    // What is put together for the server lies in the exchange's buffer.
    private static async Task CloseAfterAsync(UpstreamExchange upstream, Task sending)
    {
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        upstream.Close();
    }

    // Passes the interim response whose head was read, and those that follow; ends behind the head of the final one, or of an upgrade.
    private static async ValueTask<UpstreamError?> PassInterimAsync(Exchange exchange, UpstreamRequest request, UpstreamExchange upstream)
    {
        for (int interim = 0; interim < UpstreamExchange.MostInterim; interim++)
        {
            if (upstream.Status == 101)
            {
                return request.PassesUpgrade(exchange) && IsWebSocket(upstream.Fields) && exchange.AcceptsUpgrade(upstream.Fields)
                    ? null
                    : UpstreamError.Malformed with
                    {
                        Detail = "an upgrade that was not asked for",
                    };
            }

            HopByHop.Remove(upstream.Fields);
            await exchange.SendInterimAsync(upstream.Status, upstream.Fields);
            if (await upstream.ReadHeadAsync() is { } error)
            {
                return error;
            }

            if (upstream.Status >= 200)
            {
                return null;
            }
        }

        return UpstreamError.Malformed with
        {
            Detail = "its interim responses never end",
        };
    }

    private static bool IsWebSocket(FieldList fields) =>
        FieldTokens.Has(fields, FieldKind.Upgrade, "websocket"u8) && FieldTokens.Has(fields, FieldKind.Connection, "upgrade"u8);

    // The client's part goes first: who can't send a whole request is not the server's failure.
    private static (UpstreamError? Error, int Status) Failed(
        Exchange exchange,
        UpstreamExchange upstream,
        UpstreamError error,
        BodyPump? pump
    )
    {
        int? fault = pump?.Fault;
        if (upstream.IsAbandoned || fault == 0)
        {
            exchange.Abort();
            return (null, 0);
        }

        return fault is { } status ? (null, status) : (error, error.Status);
    }

    private async ValueTask UpgradeAsync(Exchange exchange, UpstreamRequest request, UpstreamExchange upstream)
    {
        Response response = exchange.Response;
        response.Reset(101);
        response.Fields.CopyFrom(upstream.Fields);
        HopByHop.Remove(response.Fields);
        response.Fields.Remove(FieldKind.ContentLength);
        request.ApplyResponseRules(exchange, upstream.Server);
        exchange.WatchClient(null);
        exchange.Begin();
        IDuplex client = await exchange.UpgradeAsync();
        if (upstream.Upgrade() is { } server)
        {
            (long received, long sent) = await Tunnel.RunAsync(client, server, request.UpgradedTimeout, watch);
            exchange.CountUpgraded(received, sent);
        }
    }
}
