using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Forwarding;

/// <summary>How one request is forwarded.</summary>
internal sealed class UpstreamRequest(RoutedRequest request, ProxyAction action, UpstreamState upstream, string target)
{
    private readonly FieldList? _fields = HasEdits(request) ? new FieldList() : null;
    private ServerState? _entered;

    /// <summary>The servers to choose from.</summary>
    public UpstreamState Upstream { get; } = upstream;

    /// <summary>Whether the servers are spoken to in HTTP/2: always as <c>h2c://</c> says, over TLS for gRPC, which knows nothing else.</summary>
    public bool IsHttp2 => Upstream.Config.Scheme == ServerScheme.H2c || (Upstream.Config.Scheme == ServerScheme.Https && IsGrpc);

    /// <summary>The target as the upstream sees it.</summary>
    public string Target { get; } = target;

    /// <summary>The longest waits.</summary>
    public Timeouts Timeouts => action.Timeouts;

    /// <summary>The longest silence.</summary>
    public TimeSpan ReadTimeout { get; } = action.ReadTimeout;

    /// <summary>The longest wait for the head of the answer.</summary>
    public TimeSpan HeadTimeout { get; } = upstream.Config.ResponseHeaderTimeout ?? action.ReadTimeout;

    /// <summary>How long the answer's pieces may be held back; null for not at all.</summary>
    public TimeSpan? FlushInterval => action.Sse ? null : action.FlushInterval;

    /// <summary>How long an upgraded connection may idle.</summary>
    public TimeSpan UpgradedTimeout => action.UpgradedTimeout;

    /// <summary>What the upstream's policy chooses by.</summary>
    public BalanceKey Key { get; } = KeyOf(upstream.Config.Balance, request);

    /// <summary>Whether the statuses of <c>intercept</c> count: not for the upstream of an error page.</summary>
    public bool MayIntercept { get; init; } = true;

    /// <summary>Takes a place at a server; false where it has none.</summary>
    public bool TryEnter(ServerState server)
    {
        bool entered = server.TryEnter();
        _entered = entered ? server : null;
        return entered;
    }

    /// <summary>
    /// Gives the place back; a second call does nothing. It is done before the client gets the end of the answer, so that its next request
    /// finds the place free.
    /// </summary>
    public void Leave()
    {
        _entered?.Leave();
        _entered = null;
    }

    /// <summary>Whether the request asks for an upgrade that the route lets pass.</summary>
    public bool PassesUpgrade(Exchange exchange) => exchange.Request.IsWebSocket && action.WebSocket != WebSocketMode.Never;

    /// <summary>Whether an answer of that status is treated like an error of the proxy.</summary>
    public bool Intercepts(int status)
    {
        if (MayIntercept)
        {
            foreach (StatusPattern pattern in request.Route.Config.Errors.Intercept)
            {
                if (pattern.Matches(status))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Writes the request's head for a server.</summary>
    public void WriteRequest(Exchange exchange, ServerState server, OutputBuffer output)
    {
        request.Server = server;
        Request head = exchange.Request;
        output.Clear();
        output.WriteLatin1(head.Method);
        output.Write(" "u8);
        output.WriteLatin1(Target);
        output.Write(" HTTP/1.1\r\n"u8);
        if (_fields is null)
        {
            output.Write("Host: "u8);
            output.WriteLatin1(HostOf(server));
            output.Write("\r\n"u8);
            WriteFields(head.Fields, output, request.Identity.KeepsForwarded);
            WriteIdentity(output);
        }
        else
        {
            FieldList fields = FieldsFor(server);
            for (int i = 0; i < fields.Count; i++)
            {
                output.WriteField(fields.Name(i), fields.Value(i));
            }
        }

        if (PassesUpgrade(exchange))
        {
            output.Write("Connection: Upgrade\r\nUpgrade: websocket\r\n"u8);
        }

        if (head.Framing == BodyFraming.Chunked)
        {
            output.Write("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (head.Framing == BodyFraming.Counted || head.Fields.IndexOf(FieldKind.ContentLength) >= 0)
        {
            output.Write("Content-Length: "u8);
            output.Write(head.Length);
            output.Write("\r\n"u8);
        }

        if (head.ExpectsContinue)
        {
            output.Write("Expect: 100-continue\r\n"u8);
        }

        output.Write("\r\n"u8);
    }

    /// <summary>The request's fields for a server, framing and upgrade left out, with every rule applied.</summary>
    public FieldList FieldsFor(ServerState server)
    {
        request.Server = server;
        FieldList fields = _fields ?? new FieldList();
        FieldList sent = request.Exchange.Request.Fields;
        fields.Clear();
        fields.Add("Host"u8, Encoding.Latin1.GetBytes(HostOf(server)));
        for (int i = 0; i < sent.Count; i++)
        {
            if (Passes(sent[i].Kind, request.Identity.KeepsForwarded))
            {
                fields.Add(sent.Name(i), sent.Value(i));
            }
        }

        fields.Add("X-Forwarded-For"u8, Encoding.Latin1.GetBytes(request.Identity.ForwardedFor));
        fields.Add("X-Forwarded-Proto"u8, Encoding.Latin1.GetBytes(request.Identity.ForwardedProto));
        fields.Add("X-Forwarded-Host"u8, Encoding.Latin1.GetBytes(request.Identity.ForwardedHost));
        fields.Add("X-Real-IP"u8, Encoding.Latin1.GetBytes(request.Identity.ClientText));
        request.RequestEdits?.Apply(fields, request);
        request.Route.RequestEdits.Apply(fields, request);
        HopByHop.Remove(fields);
        fields.Remove(FieldKind.ContentLength);
        return fields;
    }

    /// <summary>Applies the rules on answers to the answer.</summary>
    public void ApplyResponseRules(Exchange exchange, ServerState server)
    {
        request.Server = server;
        if (Upstream.Config.Balance is { Policy: BalancePolicy.Cookie, Key: { } cookie } && Key.Text != server.StickyName)
        {
            exchange.Response.Fields.Add("Set-Cookie"u8, Encoding.Latin1.GetBytes($"{cookie}={server.StickyName}; Path=/; HttpOnly; SameSite=Lax"));
        }

        ResponseRules.Apply(request);
    }

    private bool IsGrpc => request.Exchange.Request.Fields is var fields && fields.IndexOf(FieldKind.ContentType) is >= 0 and var at
        && fields.Value(at).StartsWith("application/grpc"u8);

    private static bool HasEdits(RoutedRequest request) => !request.Route.RequestEdits.IsEmpty || request.RequestEdits is not null;

    private static BalanceKey KeyOf(Balance balance, RoutedRequest request) => balance.Policy switch
    {
        BalancePolicy.IpHash => new BalanceKey(request.Identity.ClientText),
        BalancePolicy.UriHash => new BalanceKey(request.Exchange.Request.Target),
        BalancePolicy.Header when balance.Key is { } name && request.Exchange.Request.Fields is var fields
            && fields.IndexOf(Encoding.Latin1.GetBytes(name)) is >= 0 and var at => new BalanceKey(fields.ValueText(at)),
        BalancePolicy.Cookie when balance.Key is { } name => new BalanceKey(Cookies.Find(request.Exchange.Request.Fields, name)),
        _ => default,
    };

    /// <summary>Writes the client's fields that pass.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="output">Where they go.</param>
    /// <param name="keepsForwarded">Whether the peer's Forwarded is believed.</param>
    /// <param name="toAuthServer">Whether the proxy tells method and target itself, by fields of its own.</param>
    public static void WriteFields(FieldList fields, OutputBuffer output, bool keepsForwarded, bool toAuthServer = false)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            if (Passes(fields[i].Kind, keepsForwarded) && !(toAuthServer && fields[i].Kind is FieldKind.XForwardedMethod or FieldKind.XForwardedUri))
            {
                output.WriteField(fields.Name(i), fields.Value(i));
            }
        }
    }

    // What the proxy says itself is never passed on.
    private static bool Passes(FieldKind kind, bool keepsForwarded) => kind is FieldKind.Other
        || (!FieldKinds.IsHopByHop(kind)
            && kind is not (FieldKind.Host or FieldKind.ContentLength or FieldKind.Expect or FieldKind.XForwardedFor
                or FieldKind.XForwardedProto or FieldKind.XForwardedHost or FieldKind.XRealIp or FieldKind.Proxy)
            && (kind != FieldKind.Forwarded || keepsForwarded));

    private void WriteIdentity(OutputBuffer output)
    {
        output.Write("X-Forwarded-For: "u8);
        output.WriteLatin1(request.Identity.ForwardedFor);
        output.Write("\r\nX-Forwarded-Proto: "u8);
        output.WriteLatin1(request.Identity.ForwardedProto);
        output.Write("\r\nX-Forwarded-Host: "u8);
        output.WriteLatin1(request.Identity.ForwardedHost);
        output.Write("\r\nX-Real-IP: "u8);
        output.WriteLatin1(request.Identity.ClientText);
        output.Write("\r\n"u8);
    }

    private string HostOf(ServerState server) => action.Host.Kind switch
    {
        HostHeaderKind.Upstream => server.HostPort,
        HostHeaderKind.Literal => action.Host.Literal ?? "",
        _ => request.Exchange.Request.Authority is { Length: > 0 } sent ? sent : server.HostPort,
    };
}
