using System.Text;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Forwarding;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Guards;

/// <summary>Shows each request to an auth server: 2xx passes, anything else is relayed whole.</summary>
internal sealed class ForwardAuthGuard(ForwardAuth config, UpstreamState upstream)
{
    // What is read over of an answer that passes, so that its connection can be used again.
    private const int MostReadOver = 64 * 1024;

    private readonly ProxyAction _action = new() { Upstream = upstream.Config };

    /// <summary>The upstream that an auth server makes.</summary>
    public static Upstream UpstreamOf(ForwardAuth config) =>
        new() { At = config.At, Name = config.Server.ToString(), IsInline = true, Servers = [new UpstreamServer { Address = config.Server }] };

    /// <summary>Asks. 0: the request passes; null: the answer was relayed; else the status of the proxy's own error.</summary>
    public async ValueTask<int?> AskAsync(RoutedRequest request, DeadlineWatch watch)
    {
        ServerState server = upstream.Servers[0];
        for (UpstreamConnection? connection = server.TakeIdle(watch.Now); ; connection = null)
        {
            connection ??= await upstream.Connector.ConnectAsync(server, _action.Timeouts.Connect);
            if (connection is null)
            {
                return 502;
            }

            (bool again, int? status) = await AskAsync(request, connection, watch);
            if (!again)
            {
                return status;
            }
        }
    }

    private async ValueTask<(bool Again, int? Status)> AskAsync(RoutedRequest request, UpstreamConnection connection, DeadlineWatch watch)
    {
        Exchange exchange = request.Exchange;
        bool isReturned = false;
        connection.Use();
        exchange.WatchClient(connection);
        try
        {
            WriteRequest(request, connection.Output);
            await connection.SendAsync(_action.Timeouts.Send);
            connection.HasSentRequest = true;
            connection.AwaitUntil(watch.After(_action.Timeouts.Read));
            HeadOutcome outcome;
            do
            {
                outcome = await connection.ReadHeadAsync(isHead: false);
            }
            while (outcome == HeadOutcome.Complete && connection.Status is < 200 and not 101);

            connection.AwaitUntil(long.MaxValue);
            if (outcome != HeadOutcome.Complete || connection.Status == 101)
            {
                return connection.IsAbandoned ? (false, null)
                    : outcome == HeadOutcome.Closed && connection.IsReused ? (true, null)
                    : (false, outcome == HeadOutcome.TimedOut ? 504 : 502);
            }

            if (connection.Status is >= 200 and < 300)
            {
                request.RequestEdits = CopyFields(connection.Head.Fields, exchange.Request.Fields);
                bool isWhole = await TryReadOverAsync(connection);
                exchange.WatchClient(null);
                isReturned = isWhole && connection.TryReturn();
                return (false, 0);
            }

            var plan = new UpstreamRequest(request, _action, upstream, config.Target) { MayIntercept = false };
            ResponseTail? end = await Forwarder.PassResponseAsync(exchange, plan, connection, watch.Time);
            exchange.WatchClient(null);
            isReturned = connection.TryReturn();
            if (end is { } rest)
            {
                await rest.SendAsync(exchange);
            }

            return (false, null);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            return exchange.SentStatus != 0 || connection.IsAbandoned ? (false, null) : connection.IsReused ? (true, null) : (false, 502);
        }
        finally
        {
            exchange.WatchClient(null);
            if (!isReturned)
            {
                connection.Close();
            }
        }
    }

    private void WriteRequest(RoutedRequest request, OutputBuffer output)
    {
        Request head = request.Exchange.Request;
        output.Clear();
        output.Write("GET "u8);
        output.WriteLatin1(config.Target);
        output.Write(" HTTP/1.1\r\nHost: "u8);
        output.WriteLatin1(head.Authority.Length > 0 ? head.Authority : upstream.Servers[0].HostPort);
        output.Write("\r\n"u8);
        UpstreamRequest.WriteFields(head.Fields, output, request.Identity.KeepsForwarded, toAuthServer: true);
        Write(output, "X-Forwarded-For: "u8, request.Identity.ForwardedFor);
        Write(output, "X-Forwarded-Proto: "u8, request.Identity.ForwardedProto);
        Write(output, "X-Forwarded-Host: "u8, request.Identity.ForwardedHost);
        Write(output, "X-Real-IP: "u8, request.Identity.ClientText);
        Write(output, "X-Forwarded-Method: "u8, head.Method);
        Write(output, "X-Forwarded-Uri: "u8, head.Target);
        output.Write("\r\n"u8);
    }

    private static void Write(OutputBuffer output, ReadOnlySpan<byte> name, string value)
    {
        output.Write(name);
        output.WriteLatin1(value);
        output.Write("\r\n"u8);
    }

    // A copied field replaces the client's own, and is absent where the auth server sent none.
    private FieldEditor CopyFields(FieldList response, FieldList sent)
    {
        var edits = new FieldEditor();
        foreach (HeaderName header in config.CopyHeaders)
        {
            edits.Remove(header.Name);
            byte[] name = Encoding.Latin1.GetBytes(header.Name);
            for (int i = 0; i < sent.Count; i++)
            {
                // CGI and WSGI read `Remote_User` as `Remote-User`: a client's own must not stand beside the auth server's.
                if (FieldKinds.IsTwin(sent.Name(i), name))
                {
                    edits.Remove(Encoding.Latin1.GetString(sent.Name(i)));
                }
            }

            for (int i = response.IndexOf(name); i >= 0; i = response.IndexOf(name, i + 1))
            {
                edits.Add(header.Name, response.ValueText(i));
            }
        }

        return edits;
    }

    private async ValueTask<bool> TryReadOverAsync(UpstreamConnection connection)
    {
        BodyState state = connection.Framing == BodyFraming.None ? BodyState.End : BodyState.More;
        for (int read = 0; state == BodyState.More && read < MostReadOver;)
        {
            int length = connection.TakePiece(out state).Length;
            read += length;
            state = state == BodyState.More && length == 0 ? await connection.FillAsync(_action.Timeouts.Read) : state;
        }

        if (state == BodyState.End)
        {
            connection.EndBody();
        }

        return state == BodyState.End;
    }
}
