using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Forwarding;

/// <summary>
/// Forwards a request to a server that speaks HTTP/1.1, and its answer back, both as streams:
/// (1) choose a server, (2) connect, (3) send the head, and the body beside everything that follows, (4) read the head of the answer,
/// (5) pass the body on, (6) keep the connection, (7) end the answer. What fails before the first byte of the answer goes to another server where that is safe.
/// </summary>
internal sealed class Forwarder(DeadlineWatch watch)
{
    // A server that sends more interim answers than this before the final one has lost its way.
    private const int MostInterim = 32;

    /// <summary>Forwards the request. 0 when an answer was begun or nobody waits for one, else the status of the proxy's own error.</summary>
    public async ValueTask<int> ForwardAsync(Exchange exchange, UpstreamRequest plan)
    {
        UpstreamState upstream = plan.Upstream;
        List<ServerState>? tried = null;
        int failure = 0;
        await upstream.ReadyAsync(plan.Timeouts.Connect);
        while (true)
        {
            // 1. A server. More than `retries` others are never tried.
            ServerState? server = tried?.Count > upstream.Config.Retries ? null : upstream.Choose(plan.Key, tried);
            if (server is null)
            {
                return failure != 0 ? failure : 503;
            }

            if (!plan.TryEnter(server))
            {
                (tried ??= []).Add(server);
                continue;
            }

            (Attempt attempt, int status) = plan.IsHttp2
                ? await TryHttp2Async(exchange, plan, server)
                : await TryAsync(exchange, plan, server);
            plan.Leave();
            bool again = attempt == Attempt.NotConnected
                || (attempt == Attempt.Lost && exchange.Request.IsIdempotent && !exchange.HasTakenBody);
            if (!again)
            {
                return status;
            }

            failure = status;
            (tried ??= []).Add(server);
        }
    }

    private async ValueTask<(Attempt Attempt, int Status)> TryHttp2Async(Exchange exchange, UpstreamRequest plan, ServerState server)
    {
        using var forwarder = new Http2Forwarder(exchange, plan, server, watch.Time);
        (Attempt Attempt, int Status) result = await forwarder.RunAsync();
        if (result.Attempt is Attempt.NotConnected or Attempt.Lost)
        {
            plan.Upstream.Failed(server);
        }

        return result;
    }

    private async ValueTask<(Attempt Attempt, int Status)> TryAsync(Exchange exchange, UpstreamRequest plan, ServerState server)
    {
        UpstreamState upstream = plan.Upstream;
        UpstreamConnection? connection = server.TakeIdle(watch.Now);
        while (true)
        {
            // 2. The connection.
            connection ??= await upstream.Connector.ConnectAsync(server, plan.Timeouts.Connect);
            if (connection is null)
            {
                upstream.Failed(server);
                return (Attempt.NotConnected, upstream.Connector.FailureStatus);
            }

            bool wasReused = connection.IsReused;
            (Attempt attempt, int status) = await RunAsync(exchange, plan, connection);

            // A kept connection may be closed by the server in the very moment in which it is used again.
            if (attempt == Attempt.Lost && wasReused && status == 502 && exchange.Request.IsIdempotent && !exchange.HasTakenBody)
            {
                connection = null;
                continue;
            }

            if (attempt is Attempt.Lost or Attempt.Failed && status is 502 or 504)
            {
                upstream.Failed(server);
            }

            return (attempt, status);
        }
    }

    private async ValueTask<(Attempt Attempt, int Status)> RunAsync(Exchange exchange, UpstreamRequest plan, UpstreamConnection connection)
    {
        var pump = new BodyPump(exchange, connection, plan.Timeouts.Send);
        Task sending = Task.CompletedTask;
        bool isReturned = false;
        connection.Use();
        try
        {
            // 3. The request.
            long started = watch.Now;
            plan.WriteRequest(exchange, connection.Server, connection.Output);
            exchange.WatchClient(connection);
            pump.HeadDue = plan.HeadTimeout;
            if (exchange.Request.Framing != BodyFraming.None)
            {
                sending = pump.RunAsync(watch);
            }
            else
            {
                await SendHeadAsync(connection, plan.Timeouts.Send);
                connection.HasSentRequest = true;
            }

            if (sending.IsCompleted)
            {
                connection.AwaitUntil(watch.After(plan.HeadTimeout));
            }

            // 4. The head of the answer.
            HeadOutcome outcome = await ReadResponseAsync(exchange, plan, connection);
            connection.AwaitUntil(long.MaxValue);
            if (outcome != HeadOutcome.Complete)
            {
                connection.Connection.Dispose();
                return Failed(exchange, connection, outcome, pump);
            }

            plan.Upstream.Responded(connection.Server, connection.Status, watch.Now - started);
            if (connection.Status == 101)
            {
                await TunnelAsync(exchange, plan, connection);
                return (Attempt.Done, 0);
            }

            if (plan.Intercepts(connection.Status))
            {
                return (Attempt.Failed, connection.Status);
            }

            // 5. The answer but for its end.
            ResponseTail? end = await PassResponseAsync(exchange, plan, connection, watch.Time);

            // 6. The connection: before the client sees the end, so that its next request finds it.
            exchange.WatchClient(null);
            isReturned = connection.TryReturn();

            // 7. The end.
            if (end is { } rest)
            {
                await rest.SendAsync(exchange);
            }

            if (!isReturned && !sending.IsCompleted)
            {
                connection.Connection.Dispose();
                await pump.StopAsync(sending);
            }

            isReturned = isReturned || connection.TryReturn();
            return (Attempt.Done, 0);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The client's side broke: nobody waits for the rest.
            exchange.Abort();
            return (Attempt.Done, 0);
        }
        finally
        {
            exchange.WatchClient(null);

            // One that was returned has its whole request, whether or not the task that sent it is quite over: it may be another's by now.
            if (!isReturned && !sending.IsCompleted)
            {
                // The client's body still comes, and the answer that says why nobody takes it is yet to be sent.
                connection.Connection.Dispose();
                pump.LoseServer();
                exchange.DetachBodyReader(sending);
                _ = CloseAfterAsync(connection, sending);
            }
            else if (!isReturned)
            {
                connection.Close();
            }
        }
    }

    // What is put together for the server lies in the connection's buffer.
    private static async Task CloseAfterAsync(UpstreamConnection connection, Task sending)
    {
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.Close();
    }

    private static async ValueTask SendHeadAsync(UpstreamConnection connection, TimeSpan timeout)
    {
        try
        {
            await connection.SendAsync(timeout);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // Whether an answer came all the same, reading tells.
        }
    }

    private static async ValueTask<HeadOutcome> ReadResponseAsync(Exchange exchange, UpstreamRequest plan, UpstreamConnection connection)
    {
        for (int interim = 0; interim <= MostInterim; interim++)
        {
            HeadOutcome outcome = await connection.ReadHeadAsync(exchange.Request.IsHead);
            if (outcome != HeadOutcome.Complete || connection.Status >= 200)
            {
                return outcome;
            }

            if (connection.Status == 101)
            {
                return plan.PassesUpgrade(exchange) && IsWebSocket(connection.Head.Fields) && exchange.AcceptsUpgrade(connection.Head.Fields) ? HeadOutcome.Complete : HeadOutcome.Broken;
            }

            HopByHop.Remove(connection.Head.Fields);
            await exchange.SendInterimAsync(connection.Status, connection.Head.Fields);
        }

        return HeadOutcome.Broken;
    }

    private static bool IsWebSocket(FieldList fields) =>
        FieldTokens.Has(fields, FieldKind.Upgrade, "websocket"u8) && FieldTokens.Has(fields, FieldKind.Connection, "upgrade"u8);

    private static (Attempt Attempt, int Status) Failed(Exchange exchange, UpstreamConnection connection, HeadOutcome outcome, BodyPump pump)
    {
        // The pump closes the connection when the body can't be read: its reason goes first.
        int? fault = pump.Fault;
        if (connection.IsAbandoned || fault == 0)
        {
            exchange.Abort();
            return (Attempt.Done, 0);
        }

        return fault is { } status ? (Attempt.Failed, status)
            : pump.HasTimedOut || outcome == HeadOutcome.TimedOut ? (Attempt.Lost, 504)
            : outcome == HeadOutcome.Closed ? (Attempt.Lost, 502)
            : (Attempt.Failed, 502);
    }

    /// <summary>Passes an answer on whose head was read, up to its end; null where it broke off.</summary>
    public static async ValueTask<ResponseTail?> PassResponseAsync(Exchange exchange, UpstreamRequest plan, UpstreamConnection connection, TimeProvider time)
    {
        Response response = exchange.Response;
        response.Reset(connection.Status);
        response.Fields.CopyFrom(connection.Head.Fields);
        HopByHop.Remove(response.Fields);
        response.Length = connection.Length;
        response.HasBody = connection.Framing != BodyFraming.None;
        var pace = FlushPace.Of(plan, response, time);
        plan.ApplyResponseRules(exchange, connection.Server);
        exchange.Begin();
        if (pace is not null && !connection.Input.HasBytes)
        {
            // The head alone waits for nothing.
            await exchange.FlushAsync();
        }

        BodyState state = response.HasBody ? BodyState.More : BodyState.End;
        ReadOnlyMemory<byte> piece = default;
        while (state == BodyState.More)
        {
            piece = connection.TakePiece(out state);
            if (state == BodyState.End)
            {
                break;
            }

            if (!piece.IsEmpty)
            {
                await exchange.WriteAsync(piece);
                piece = default;
            }

            if (state == BodyState.More && !connection.Input.HasBytes)
            {
                if (pace is not null)
                {
                    state = await pace.WaitAsync(connection.FillAsync(plan.ReadTimeout).AsTask(), exchange);
                    continue;
                }

                await exchange.FlushAsync();
                state = await connection.FillAsync(plan.ReadTimeout);
            }
        }

        if (state == BodyState.Broken)
        {
            await exchange.FlushAsync();
            exchange.Abort();
            return null;
        }

        plan.Leave();
        FieldList? trailers = null;
        if (connection.Trailers is { } sent)
        {
            trailers = new FieldList();
            trailers.CopyFrom(sent);
            Trailers.Filter(trailers);
        }

        connection.EndBody();
        return new ResponseTail(piece, connection.Input.Lend(), trailers);
    }

    private async ValueTask TunnelAsync(Exchange exchange, UpstreamRequest plan, UpstreamConnection connection)
    {
        Response response = exchange.Response;
        response.Reset(101);
        response.Fields.CopyFrom(connection.Head.Fields);
        HopByHop.Remove(response.Fields);
        response.Fields.Remove(FieldKind.ContentLength);
        plan.ApplyResponseRules(exchange, connection.Server);
        exchange.WatchClient(null);
        exchange.Begin();
        IDuplex client = await exchange.UpgradeAsync();
        await Tunnel.RunAsync(client, new Duplex(connection.Connection, connection.Input), plan.UpgradedTimeout, watch);
    }
}
