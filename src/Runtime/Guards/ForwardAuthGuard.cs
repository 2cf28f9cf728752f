using System.Text;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Units;
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
    // What is read over of a response that passes, so that its connection can be used again.
    private const int MostReadOver = 64 * 1024;

    private readonly ProxyAction _action = new() { Upstream = upstream.Config };

    /// <summary>The upstream that an auth server makes.</summary>
    public static Upstream UpstreamOf(ForwardAuth config) =>
        new()
        {
            At = config.At,
            Name = config.Server.ToString(),
            IsInline = true,
            Servers = [new UpstreamServer { Address = config.Server }],
            Tls = config.Tls,
        };

    /// <summary>Asks. 0: the request passes; null: the response was relayed; else the status of the proxy's own error.</summary>
    public async ValueTask<int?> AskAsync(RoutedRequest request, DeadlineWatch watch)
    {
        var plan = new UpstreamRequest(request, _action, upstream, config.Target) { MayIntercept = false };
        ServerState server = upstream.Servers[0];
        for (Reuse reuse = Reuse.Any; ; reuse = Reuse.None)
        {
            (UpstreamExchange? exchange, UpstreamError? error) = await upstream.OpenAsync(
                server,
                upstream.Config.Scheme == ServerScheme.H2c,
                plan.Timeouts.Connect,
                reuse
            );
            int? status = null;
            bool wasReused = exchange?.IsReused == true;
            if (exchange is not null)
            {
                (error, status) = await AskAsync(request, plan, exchange, watch);
            }

            if (error is null)
            {
                return status;
            }

            if (reuse == Reuse.None || !(error.Is(UpstreamError.NotProcessed) || (error.Is(UpstreamError.ClosedEarly) && wasReused)))
            {
                upstream.Failed(server, error);
                return plan.Fail(error);
            }
        }
    }

    private async ValueTask<(UpstreamError? Error, int? Status)> AskAsync(
        RoutedRequest request,
        UpstreamRequest plan,
        UpstreamExchange auth,
        DeadlineWatch watch
    )
    {
        Exchange exchange = request.Exchange;
        bool isReturned = false;
        try
        {
            Write(request, auth);
            exchange.WatchClient(auth);
            if (await auth.SendAsync(plan.Timeouts.Send))
            {
                auth.EndRequest();
            }

            auth.AwaitUntil(watch.After(plan.HeadTimeout));
            UpstreamError? error = await ReadHeadAsync(auth);
            auth.AwaitUntil(long.MaxValue);
            if (error is not null)
            {
                return auth.IsAbandoned ? (null, null) : (error, null);
            }

            if (auth.Status is >= 200 and < 300)
            {
                request.RequestEdits = CopyFields(auth.Fields, exchange.Request.Fields);
                bool isWhole = await TryReadOverAsync(auth);
                exchange.WatchClient(null);
                isReturned = isWhole && auth.TryReturn();
                return (null, 0);
            }

            if (LocationOf(request, auth) is { } location)
            {
                BeginSignIn(request, auth.Fields, location);
                bool isWhole = await TryReadOverAsync(auth);
                exchange.WatchClient(null);
                isReturned = isWhole && auth.TryReturn();
                await exchange.EndAsync(null);
                return (null, null);
            }

            ResponseTail? tail = await ResponseRelay.PassAsync(exchange, plan, auth, watch.Time);
            exchange.WatchClient(null);
            isReturned = auth.TryReturn();
            if (tail is { } rest)
            {
                await rest.SendAsync(exchange);
            }

            return (null, null);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The client's side broke.
            exchange.Abort();
            return (null, null);
        }
        finally
        {
            exchange.WatchClient(null);
            if (!isReturned)
            {
                auth.Close();
            }
        }
    }

    private static async ValueTask<UpstreamError?> ReadHeadAsync(UpstreamExchange auth)
    {
        for (int interim = 0; interim <= UpstreamExchange.MostInterim; interim++)
        {
            if (await auth.ReadHeadAsync() is { } error)
            {
                return error;
            }

            if (auth.Status >= 200)
            {
                return null;
            }

            if (auth.Status == 101)
            {
                return UpstreamError.Malformed with { Detail = "an upgrade that was not asked for" };
            }
        }

        return UpstreamError.Malformed with
        {
            Detail = "its interim responses never end",
        };
    }

    private void Write(RoutedRequest request, UpstreamExchange auth)
    {
        Request head = request.Exchange.Request;
        auth.BeginHead("GET", config.Target, head.Authority.Length > 0 ? head.Authority : auth.Server.HostPort);
        UpstreamRequest.WriteFields(request, auth, toAuthServer: true);
        auth.AddField("X-Forwarded-Method"u8, head.Method);
        auth.AddField("X-Forwarded-Uri"u8, head.Target);
        auth.EndHead(RequestFraming.None);
    }

    // Where a client is sent to sign in; null where the response is relayed.
    private byte[]? LocationOf(RoutedRequest request, UpstreamExchange auth) =>
        auth.Status != 401 || config.SignIn is not { } signIn ? null
        : signIn.To is { } to ? Encoding.Latin1.GetBytes(FieldEditor.Expand(to, request))
        : auth.Fields.IndexOf("Location"u8) is >= 0 and var at ? auth.Fields.Value(at).ToArray()
        : null;

    private static void BeginSignIn(RoutedRequest request, FieldList refusal, byte[] location)
    {
        Response response = request.Exchange.Response;
        response.Reset(302);
        response.Length = 0;
        response.Fields.Add("Location"u8, location);
        Copy("Set-Cookie"u8);
        Copy("WWW-Authenticate"u8);

        ResponseRules.Apply(request);
        request.Exchange.Begin();

        void Copy(ReadOnlySpan<byte> name)
        {
            for (int i = refusal.IndexOf(name); i >= 0; i = refusal.IndexOf(name, i + 1))
            {
                response.Fields.Add(name, refusal.Value(i));
            }
        }
    }

    // A copied field replaces the client's own, and is absent where the auth server sent none.
    private FieldEditor CopyFields(FieldList response, FieldList sent)
    {
        FieldEditor edits = WithoutCopied(sent);
        foreach (HeaderName header in config.CopyHeaders)
        {
            byte[] name = Encoding.Latin1.GetBytes(header.Name);
            for (int i = response.IndexOf(name); i >= 0; i = response.IndexOf(name, i + 1))
            {
                edits.Add(header.Name, response.ValueText(i));
            }
        }

        return edits;
    }

    /// <summary>Removes the client's own of the fields that are copied: for requests that nobody asks the auth server about.</summary>
    public FieldEditor WithoutCopied(FieldList sent)
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
        }

        return edits;
    }

    private async ValueTask<bool> TryReadOverAsync(UpstreamExchange auth)
    {
        BodyState state = auth.HasBody ? BodyState.More : BodyState.End;
        for (int read = 0; state == BodyState.More && read < MostReadOver; )
        {
            int length = auth.TakePiece(out state).Length;
            read += length;
            state = state == BodyState.More && length == 0 ? await auth.FillAsync(_action.Timeouts.Read) : state;
        }

        if (state == BodyState.End)
        {
            auth.EndResponse();
        }

        return state == BodyState.End;
    }
}
