using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Upstreams;
using Confgen.Runtime.Upstreams.FastCgi;

namespace Confgen.Runtime.Forwarding;

/// <summary>How one request is forwarded.</summary>
internal sealed class UpstreamRequest(RoutedRequest request, ProxyAction action, UpstreamState upstream, string target)
{
    private ServerState? _entered;
    private ServerChoice _servers = new(upstream, KeyOf(upstream.Config.Balance, request));

    /// <summary>The servers to choose from.</summary>
    public UpstreamState Upstream { get; } = upstream;

    /// <summary>
    /// Whether the servers are spoken to in HTTP/2: always as <c>h2c://</c> says, over TLS for gRPC, which knows nothing else.
    /// </summary>
    public bool IsHttp2 => Upstream.Config.Scheme == ServerScheme.H2c || (Upstream.Config.Scheme == ServerScheme.Https && IsGrpc);

    /// <summary>The target as the upstream sees it.</summary>
    public string Target { get; } = target;

    /// <summary>The longest waits.</summary>
    public Timeouts Timeouts => action.Timeouts;

    /// <summary>The longest silence.</summary>
    public TimeSpan ReadTimeout { get; } = action.ReadTimeout;

    /// <summary>The longest wait for the head of the response.</summary>
    public TimeSpan HeadTimeout { get; } = upstream.Config.ResponseHeaderTimeout ?? action.ReadTimeout;

    /// <summary>How long the pieces of the response may be held back; null for not at all.</summary>
    public TimeSpan? FlushInterval => action.Sse ? null : action.FlushInterval;

    /// <summary>How long an upgraded connection may idle.</summary>
    public TimeSpan UpgradedTimeout => action.UpgradedTimeout;

    /// <summary>Which of the servers it goes to.</summary>
    public ref ServerChoice Servers => ref _servers;

    /// <summary>Whether the statuses of <c>intercept</c> count: not for the upstream of an error page.</summary>
    public bool MayIntercept { get; init; } = true;

    /// <summary>The script that a FastCGI server runs; null where HTTP is spoken.</summary>
    public Script? Script { get; init; }

    /// <summary>What is rewritten in the response; null for nothing, as for that of an auth server or of an error page.</summary>
    public ResponseAddresses? Addresses { get; init; }

    /// <summary>Takes a place at a server; false where it has none.</summary>
    public bool TryEnter(ServerState server)
    {
        bool entered = server.TryEnter();
        _entered = entered ? server : null;
        return entered;
    }

    /// <summary>
    /// Gives the place back; a second call does nothing. It is done before the client gets the end of the response, so that its next
    /// request finds the place free.
    /// </summary>
    public void Leave()
    {
        _entered?.Leave();
        _entered = null;
    }

    /// <summary>The server has answered with a status, for the access log.</summary>
    public void NoteStatus(int status) => request.UpstreamStatus = status;

    /// <summary>Whether the request asks for an upgrade that the route lets pass.</summary>
    public bool PassesUpgrade(Exchange exchange) => exchange.Request.IsWebSocket && action.WebSocket != WebSocketMode.Never;

    /// <summary>Whether a response of that status is treated like an error of the proxy.</summary>
    public bool Intercepts(int status) => MayIntercept && StatusPattern.Any(request.Route.Config.Errors.Intercept, status);

    /// <summary>The request has failed, and so has every other attempt: the status that the client gets.</summary>
    public int Fail(UpstreamError error)
    {
        request.UpstreamError = error;
        return error.Status;
    }

    /// <summary>The body of the response broke off: the client has its beginning.</summary>
    public void Cut(UpstreamExchange upstream)
    {
        if (!upstream.IsAbandoned)
        {
            UpstreamError error =
                upstream.Error is { } why && !why.Is(UpstreamError.BodyCut)
                    ? UpstreamError.BodyCut with
                    {
                        Detail = why.ToString(),
                    }
                    : upstream.Error ?? UpstreamError.BodyCut;
            Fail(error);
            Upstream.Failed(upstream.Server, error);
        }
    }

    /// <summary>
    /// A response of 401 that is replaced by a page of the proxy keeps its challenge (RFC 9110, section 11.6.1), as in nginx.
    /// </summary>
    public void KeepChallenge(UpstreamExchange upstream)
    {
        if (upstream.Status == 401)
        {
            FieldEditor edits = request.GuardEdits is { } others ? new FieldEditor(others) : new FieldEditor();
            FieldList fields = upstream.Fields;
            for (int i = fields.IndexOf("WWW-Authenticate"u8); i >= 0; i = fields.IndexOf("WWW-Authenticate"u8, i + 1))
            {
                edits.Add("WWW-Authenticate", fields.ValueText(i));
            }

            request.GuardEdits = edits;
        }
    }

    /// <summary>Writes the request's head for a server.</summary>
    public void Write(Exchange exchange, UpstreamExchange upstream)
    {
        request.Server = upstream.Server;
        Request head = exchange.Request;
        if (!HasEdits)
        {
            upstream.BeginHead(head.Method, Target, HostOf(upstream.Server));
            WriteFields(request, upstream);
        }
        else
        {
            FieldList fields = EditedFields(upstream.Server);
            int host = fields.IndexOf(FieldKind.Host);
            upstream.BeginHead(head.Method, Target, host >= 0 ? fields.ValueText(host) : HostOf(upstream.Server));
            for (int i = 0; i < fields.Count; i++)
            {
                if (fields[i].Kind != FieldKind.Host)
                {
                    upstream.AddField(fields.Name(i), fields.Value(i));
                }
            }
        }

        if (Script is not null && upstream is FastCgiUpstreamExchange scripts)
        {
            Script.Tell(request, scripts);
        }

        // A method that has a body as a rule tells that there is none (RFC 9110, section 8.6).
        long? length =
            head.Framing == BodyFraming.Counted ? head.Length
            : head.Framing == BodyFraming.None
            && (head.Method is "POST" or "PUT" or "PATCH" || head.Fields.IndexOf(FieldKind.ContentLength) >= 0)
                ? 0
            : null;
        upstream.EndHead(new RequestFraming(head.Framing, length, head.ExpectsContinue, PassesUpgrade(exchange), head.TakesTrailers));
    }

    /// <summary>Writes the client's fields that pass, and who asks. No other place writes these.</summary>
    /// <param name="request">The request.</param>
    /// <param name="to">Where they go.</param>
    /// <param name="toAuthServer">Whether the proxy tells method and target itself, by fields of its own.</param>
    public static void WriteFields(RoutedRequest request, IFieldWriter to, bool toAuthServer = false)
    {
        FieldList fields = request.Exchange.Request.Fields;
        ClientIdentity identity = request.Identity;
        for (int i = 0; i < fields.Count; i++)
        {
            if (
                Passes(fields[i].Kind, identity.KeepsForwarded)
                && !(toAuthServer && fields[i].Kind is FieldKind.XForwardedMethod or FieldKind.XForwardedUri)
            )
            {
                to.AddField(fields.Name(i), fields.Value(i));
            }
        }

        // A client on a unix socket has no address, and one of HTTP/1.0 may have named no host.
        AddUnlessEmpty(to, "X-Forwarded-For"u8, identity.ForwardedFor);
        AddUnlessEmpty(to, "X-Forwarded-Proto"u8, identity.ForwardedProto);
        AddUnlessEmpty(to, "X-Forwarded-Host"u8, identity.ForwardedHost);
        AddUnlessEmpty(to, "X-Real-IP"u8, identity.ClientText);
    }

    private static void AddUnlessEmpty(IFieldWriter to, ReadOnlySpan<byte> name, string value)
    {
        if (value.Length > 0)
        {
            to.AddField(name, value);
        }
    }

    /// <summary>Applies the rules on responses to the response.</summary>
    public void ApplyResponseRules(Exchange exchange, ServerState server)
    {
        request.Server = server;
        Addresses?.Apply(exchange.Response.Fields, request);
        if (Upstream.Config.Balance is { Policy: BalancePolicy.Cookie, Key: { } cookie } && _servers.Key.Text != server.StickyName)
        {
            exchange.Response.Fields.Add(
                "Set-Cookie"u8,
                Encoding.Latin1.GetBytes(
                    $"{cookie}={server.StickyName}; Path=/; HttpOnly; SameSite=Lax{(exchange.Client.IsTls ? "; Secure" : "")}"
                )
            );
        }

        ResponseRules.Apply(request);
    }

    private bool IsGrpc =>
        request.Exchange.Request.Fields is var fields
        && fields.IndexOf(FieldKind.ContentType) is >= 0 and var at
        && fields.Value(at).StartsWith("application/grpc"u8);

    private bool HasEdits => !request.Route.RequestEdits.IsEmpty || request.RequestEdits is not null;

    private static BalanceKey KeyOf(Balance balance, RoutedRequest request) =>
        balance.Policy switch
        {
            BalancePolicy.IpHash => new BalanceKey(request.Identity.ClientText),
            BalancePolicy.UriHash => new BalanceKey(request.Exchange.Request.Target),
            BalancePolicy.Header
                when balance.Key is { } name
                    && request.Exchange.Request.Fields is var fields
                    && fields.IndexOf(Encoding.Latin1.GetBytes(name)) is >= 0 and var at => new BalanceKey(fields.ValueText(at)),
            BalancePolicy.Cookie when balance.Key is { } name => new BalanceKey(Cookies.Find(request.Exchange.Request.Fields, name)),
            _ => default,
        };

    // What the proxy says itself is never passed on.
    private static bool Passes(FieldKind kind, bool keepsForwarded) =>
        kind is FieldKind.Other
        || (
            !FieldKinds.IsHopByHop(kind)
            && kind
                is not (
                    FieldKind.Host
                    or FieldKind.ContentLength
                    or FieldKind.Expect
                    or FieldKind.XForwardedFor
                    or FieldKind.XForwardedProto
                    or FieldKind.XForwardedHost
                    or FieldKind.XRealIp
                    or FieldKind.Proxy
                )
            && (kind is not (FieldKind.Forwarded or FieldKind.XForwardedOther) || keepsForwarded)
        );

    // The fields for a server with every rule applied; framing stays out of the rules' reach.
    private FieldList EditedFields(ServerState server)
    {
        var fields = new FieldList();
        fields.Add("Host"u8, Encoding.Latin1.GetBytes(HostOf(server)));
        WriteFields(request, fields);
        request.RequestEdits?.Apply(fields, request);
        request.Route.RequestEdits.Apply(fields, request);
        HopByHop.Remove(fields);
        fields.Remove(FieldKind.ContentLength);
        return fields;
    }

    private string HostOf(ServerState server) =>
        action.Host.Kind switch
        {
            HostHeaderKind.Upstream => server.HostPort,
            HostHeaderKind.Literal => action.Host.Literal ?? "",
            _ => request.Exchange.Request.Authority is { Length: > 0 } sent ? sent : server.HostPort,
        };
}
