using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a reverse proxy.</summary>
/// <param name="texts">Quotes for the site.</param>
/// <param name="sharesOwnHeaders">Whether a snippet keeps Caddy from adding headers of its own.</param>
/// <param name="marksResponses">Whether rules of the spec look at the upstream's responses.</param>
/// <param name="onSocket">Whether requests come over a unix socket: Caddy then writes no <c>X-Forwarded-*</c>.</param>
internal sealed class ProxyBuilder(CaddyQuoter texts, bool sharesOwnHeaders, bool onSocket, bool marksResponses)
{
    private static readonly CaddyVersion WeightsSince = new(7);
    private static readonly CaddyVersion SwitchingHeadersSince = new(6, 3);
    private static readonly CaddyVersion TrustPoolsSince = new(8);
    private static readonly CaddyVersion ClientGoneSeenSince = new(8);
    private static readonly CaddyVersion ViaSince = new(10);
    private static readonly CaddyVersion HostRewrittenSince = new(11);
    private static readonly CaddyVersion DiscoveredRememberedSince = new(11, 2);

    private const string UpstreamHostPort = "{upstream_hostport}";

    /// <summary>A host as DNS writes it, with a dot at its end, and its port, which clients leave out where it is the usual one.</summary>
    private const string DnsHostPort = @"^(.*)\.(?::80|(:[0-9]+))$";

    /// <summary>The time for which a server that refused a connection is passed over where the spec has no passive health: enough for the retry.</summary>
    private static readonly TimeSpan RetryWindow = TimeSpan.FromSeconds(1);

    public CaddyQuoter CaddyQuoter => texts;

    /// <summary>Whether the release must be kept from adding itself to Via.</summary>
    public bool DropsVia => AddsVia(texts.Version);

    /// <summary>Of a peer without an address Caddy removes all three <c>X-Forwarded-*</c>, although two of them say nothing of it.</summary>
    private string[] SocketHeaders => onSocket ? ["X-Forwarded-Proto {scheme}", "X-Forwarded-Host {hostport}"] : [];

    /// <summary>Whether a snippet says how.</summary>
    public bool ImportsVia => DropsVia && sharesOwnHeaders;

    /// <summary>Whether the release adds itself to Via, in requests and in answers: instead of its own Server header beside the upstream's.</summary>
    public static bool AddsVia(CaddyVersion version) => version >= ViaSince;

    /// <summary>Whether the release adds its own Server header to the upstream's, and no rule of the route replaces both.</summary>
    public static bool AddsServerHeader(CaddyVersion version, Site site, Route route) => !AddsVia(version) && !ResponseHeaders.Touches(site, route, "Server");

    /// <summary>
    /// The same proxy for WebSocket alone: the limit of an idle connection would cut uploads of other requests, and Go counts it on kept connections
    /// from the end of the last response. Null where no upgrade passes, or where Caddy has no such limit.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="route">The route.</param>
    /// <param name="action">What it does.</param>
    /// <param name="switchedHeaders">The header rules that hold for 101, too, which a release before 2.6.3 writes past the rules.</param>
    public ProxyView? BuildWebSocket(Site site, Route route, ProxyAction action, IReadOnlyList<HeaderRulesView> switchedHeaders)
    {
        if (action.WebSocket == WebSocketMode.Never || action.Upstream.Scheme is ServerScheme.H2c or ServerScheme.Unix)
        {
            return null;
        }

        ProxyView view = Build(site, route, action);
        return view with
        {
            Matcher = "@websocket-upgrade ",
            EarlyHeaders = [],
            Transport = view.Transport with { ReadTimeout = Building.CaddyQuoter.Duration(action.UpgradedTimeout), Keepalive = "off", IdleConnections = null },
            SwitchedHeaders = texts.Version < SwitchingHeadersSince
                ? [.. switchedHeaders.Select(static rules => rules with { Lines = [.. rules.Lines.Where(static line => line[0] != '-')] }).Where(static rules => rules.Lines.Count > 0)]
                : [],
        };
    }

    public ProxyView Build(Site site, Route route, ProxyAction action, bool intercepts = true)
    {
        ProxyView view = Of(action.Upstream, action.Timeouts, action.ReadTimeout, HostHeader(action.Host, action.Upstream));
        return view with
        {
            DropsUpgrade = action.WebSocket == WebSocketMode.Never,
            HeaderUp = [.. view.HeaderUp, .. SocketHeaders, .. RequestHeaders(site, route, early: false)],
            EarlyHeaders = [.. RequestHeaders(site, route, early: true)],
            FlushInterval = action.FlushInterval is { } flush ? Flush(flush) : action.Upstream.Buffers is null ? Flush(TimeSpan.Zero) : null,
            Intercept = intercepts && route.Errors.Intercept.Count > 0 ? string.Join(' ', route.Errors.Intercept) : null,
            KeepsChallenge = route.Errors.Intercept.Any(static status => status.Matches(401)),
            OneServerHeader = AddsServerHeader(texts.Version, site, route),
            ImportsServerHeader = sharesOwnHeaders,
            DropsVia = DropsVia,
            MarksResponses = marksResponses,
            ImportsVia = ImportsVia,
        };
    }

    /// <summary>
    /// Whether servers of the upstream are passed over although the spec has no health of theirs: then it may find none left where the contract
    /// has it fail once more.
    /// </summary>
    public bool PassesOverFailed(Upstream upstream)
    {
        ProxyView view = Of(upstream, new Timeouts(), TimeSpan.Zero, null);
        return upstream.Discover is null && view is { FailsForRetry: true, MaxRequests: null, Health: null };
    }

    /// <summary>Whether the policy gives the same server again to a request that just failed there.</summary>
    public static bool KeepsToServer(BalancePolicy policy) =>
        policy is BalancePolicy.First or BalancePolicy.IpHash or BalancePolicy.UriHash or BalancePolicy.Header or BalancePolicy.Cookie or BalancePolicy.LeastConn;

    /// <summary>The upstream of an error page: it sees the request as it came.</summary>
    public ProxyView BuildFallback(Site site, Route route, Upstream upstream)
    {
        var timeouts = (route.Action as ProxyAction)?.Timeouts ?? new Timeouts();
        ProxyView view = Of(upstream, timeouts, timeouts.Read, HostHeader(Model.Routes.HostHeader.Preserve, upstream));
        return view with
        {
            HeaderUp = [.. view.HeaderUp, .. SocketHeaders, .. RequestHeaders(site, route, early: false)],
            OneServerHeader = AddsServerHeader(texts.Version, site, route),
            ImportsServerHeader = sharesOwnHeaders,
            DropsVia = DropsVia,
            MarksResponses = marksResponses,
            ImportsVia = ImportsVia,
        };
    }

    private ProxyView Of(Upstream upstream, Timeouts timeouts, TimeSpan read, string? host)
    {
        (List<UpstreamServer> servers, string? policy, bool ordered) = Servers(upstream);
        int retries = servers.DistinctBy(static server => server.Address).Count() > 1 || upstream.Discover is not null ? upstream.Retries : 0;
        PassiveHealth? passive = upstream.PassiveHealth;

        // A policy that answers the same for the same request would give the dead server again. Others need no memory of failures, which would count
        // malformed requests, too. Of a server that it finds in DNS Caddy forgot for long what happened.
        bool remembers = upstream.Discover is null || texts.Version >= DiscoveredRememberedSince;
        bool fails = passive is null && retries > 0 && remembers && (ordered || servers.Count != servers.DistinctBy(static server => server.Address).Count()
            || KeepsToServer(upstream.Balance.Policy));
        int? most = servers.Count > 0 && servers.Max(static server => server.MaxConns) is > 0 and var conns ? conns : null;
        return new ProxyView
        {
            Servers = string.Join(' ', servers.Select(server => texts.Argument(Address(server.Address), server.At.Of("url")))),
            Srv = upstream.Discover is { } srv ? texts.Argument(srv.Name, srv.At.Of("srv")) : null,
            SrvRefresh = upstream.Discover is { } discover ? Building.CaddyQuoter.Duration(discover.Refresh) : null,
            Policy = policy,
            Retries = retries > 0 ? retries : null,
            FailDuration = passive is not null ? Building.CaddyQuoter.Duration(passive.FailFor) : fails ? Building.CaddyQuoter.Duration(RetryWindow) : null,
            FailsForRetry = fails,

            // A limit of requests alone, and Caddy takes every server for one that failed: no failure is fewer than none.
            MaxFails = passive is { MaxFails: > 1 } ? passive.MaxFails : passive is null && !fails && most is not null ? 1 : null,
            UnhealthyStatus = passive is { Status.Count: > 0 } ? string.Join(' ', passive.Status) : null,
            UnhealthyLatency = passive?.Latency is { } latency ? Building.CaddyQuoter.Duration(latency) : null,
            MaxRequests = most,
            Health = upstream.ActiveHealth is { } active
                ? new HealthView(texts.Argument(active.Path, active.At.Of("path")), Building.CaddyQuoter.Duration(active.Interval), Building.CaddyQuoter.Duration(active.Timeout), active.Status[0].ToString())
                : null,
            TrustedProxies = texts.KnowsClients ? null : texts.TrustedProxies,
            HeaderUp = host is null ? [] : upstream.Discover is { } named && host == UpstreamHostPort ? ["Host " + host, "Host " + texts.Regex(DnsHostPort, named.At.Of("srv")) + " $1$2"] : ["Host " + host],
            Transport = Transport(upstream, timeouts, read),
        };
    }

    private (List<UpstreamServer> Servers, string? Policy, bool Ordered) Servers(Upstream upstream)
    {
        List<UpstreamServer> live = [.. upstream.Servers.Where(static server => !server.Down)];
        List<UpstreamServer> servers = [.. live.Where(static server => !server.Backup), .. live.Where(static server => server.Backup)];

        // One server and its backups: the first that is alive, in this order.
        if (servers.Any(static server => server.Backup))
        {
            return (servers, "first", true);
        }

        bool several = servers.Count > 1 || upstream.Discover is not null;
        bool weighted = servers.Any(server => server.Weight != servers[0].Weight);
        if (weighted && upstream.Balance.Policy == BalancePolicy.RoundRobin && texts.Version >= WeightsSince)
        {
            return (servers, "weighted_round_robin " + string.Join(' ', servers.Select(static server => server.Weight)), false);
        }

        if (weighted && upstream.Balance.Policy is BalancePolicy.RoundRobin or BalancePolicy.Random)
        {
            servers = Weights.Spread(servers);
        }

        return (servers, several ? Policy(upstream) : null, false);
    }

    private string? Policy(Upstream upstream) => upstream.Balance.Policy switch
    {
        BalancePolicy.RoundRobin => "round_robin",
        BalancePolicy.Random => "random",
        BalancePolicy.First => "first",
        BalancePolicy.LeastConn => "least_conn",
        BalancePolicy.IpHash when texts.TrustedProxies is null => "ip_hash",
        BalancePolicy.IpHash => texts.KnowsClients ? "client_ip_hash" : "header X-Real-IP",
        BalancePolicy.UriHash => "uri_hash",
        BalancePolicy.Header => "header " + texts.Argument(upstream.Balance.Key ?? "", upstream.At.Of("balance")),
        _ => "cookie " + texts.Argument(upstream.Balance.Key ?? "lb", upstream.At.Of("balance")),
    };

    /// <summary>The line of a header block that gives the cookie of <c>balance: cookie</c> its attributes; null without such a balance.</summary>
    public string? StickyCookie(Upstream upstream, bool tls)
    {
        if (upstream.Balance.Policy != BalancePolicy.Cookie || (upstream.Servers.Count < 2 && upstream.Discover is null))
        {
            return null;
        }

        string regex = $@"^({PathPattern.Escape(upstream.Balance.Key ?? "lb")}=[0-9a-f]{{64}})(?:; Path=/|; HttpOnly|; SameSite=\w+)*((?:; Secure)?)(?:; SameSite=\w+)*$";
        return "Set-Cookie " + texts.Regex(regex, upstream.At.Of("balance")) + " \"$1; Path=/; HttpOnly" + (tls ? "; Secure" : "$2") + "; SameSite=Lax\"";
    }

    private static string Address(ServerAddress address) => address.Scheme switch
    {
        ServerScheme.Unix => "unix/" + address.SocketPath,
        ServerScheme.Https => "https://" + (address.Port == 443 ? address.HostPort[..^4] : address.HostPort),
        ServerScheme.H2c => "h2c://" + address.HostPort,
        _ => address.HostPort,
    };

    private string? HostHeader(HostHeader host, Upstream upstream) => host.Kind switch
    {
        HostHeaderKind.Literal => texts.Value(host.Literal ?? "", upstream.At.Span),
        HostHeaderKind.Upstream when upstream.Servers is [{ Address: var only }] => only.SocketPath is null ? texts.Argument(only.HostPort, upstream.At.Span) : "localhost",
        HostHeaderKind.Upstream => UpstreamHostPort,
        _ => upstream.Scheme == ServerScheme.Https && texts.Version >= HostRewrittenSince ? "{hostport}" : null,
    };

    private string Flush(TimeSpan interval) => interval > TimeSpan.Zero ? Building.CaddyQuoter.Duration(interval) : texts.Version < ClientGoneSeenSince ? "1ms" : "-1";

    /// <summary>
    /// Lines of <c>header_up</c>. Caddy adds before it sets or deletes, so where lines are replaced by several, the client's are deleted by
    /// <c>request_header</c>, which comes before the proxy. Nothing is set there: what the client's Connection names is dropped later.
    /// </summary>
    private IEnumerable<string> RequestHeaders(Site site, Route route, bool early)
    {
        Model.Sources.SourceSpan at = route.At.Of("headers");
        foreach (HeaderEdit edit in EmptyHeaderRules.Of(EffectiveHeaders.Request(site, route)))
        {
            string name = texts.FieldName(edit.Name, at);
            // A set Via would go with Caddy's.
            if (EmptyHeaderRules.MayBeEmpty(edit) || (DropsVia && edit.Name.Equals("Via", StringComparison.OrdinalIgnoreCase)))
            {
                foreach (string line in early ? ConditionalHeader(edit, name, at) : [])
                {
                    yield return line;
                }

                continue;
            }

            bool replaces = edit is { Drops: true, Values.Count: > 1 };
            if (early && replaces)
            {
                yield return "-" + name;
            }

            if (!early && edit is { Drops: true, Values.Count: 0 })
            {
                // Go sends its own User-Agent where there is none, and none where it is empty.
                yield return name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? name + " \"\"" : "-" + name;
            }

            for (int i = 0; i < edit.Values.Count && !early; i++)
            {
                yield return (edit.Drops && !replaces ? "" : "+") + name + " " + texts.HeaderValue(edit.Values[i], at);
            }
        }
    }

    /// <summary>Lines of <c>request_header</c>, since <c>header_up</c> knows no conditions; what Connection names is dropped behind them, so it names them no more.</summary>
    private IEnumerable<string> ConditionalHeader(HeaderEdit edit, string name, Model.Sources.SourceSpan at)
    {
        yield return "Connection " + texts.Regex("(?i)" + PathPattern.Escape(edit.Name), at) + " x-none";
        if (edit.Drops)
        {
            yield return "-" + name;
        }

        foreach (TextTemplate value in edit.Values)
        {
            yield return (EmptyHeaderRules.MayBeEmpty(value) ? EmptyHeaderRules.HasQuery + " " : "") + "+" + name + " " + texts.HeaderValue(value, at);
        }
    }

    private TransportView Transport(Upstream upstream, Timeouts timeouts, TimeSpan read)
    {
        TimeSpan head = upstream.ResponseHeaderTimeout is { } limit && limit < read ? limit : read;
        UpstreamTls tls = upstream.Tls;
        bool https = upstream.Scheme == ServerScheme.Https;
        return new TransportView
        {
            DialTimeout = Building.CaddyQuoter.Duration(timeouts.Connect),
            WriteTimeout = https ? Building.CaddyQuoter.Duration(timeouts.Send) : null,
            ResponseHeaderTimeout = upstream.Scheme == ServerScheme.H2c ? null : Building.CaddyQuoter.Duration(head),
            ReadBuffer = upstream.Buffers?.Read is { } readBuffer ? readBuffer + "B" : null,
            WriteBuffer = upstream.Buffers?.Write is { } writeBuffer ? writeBuffer + "B" : null,
            Keepalive = upstream.Keepalive is { } keepalive ? keepalive.Idle == 0 ? "off" : Building.CaddyQuoter.Duration(keepalive.Timeout) : null,
            IdleConnections = upstream.Keepalive is { Idle: > 0 } idle ? idle.Idle : null,
            SkipsVerification = https && !tls.Verify,
            Ca = https && tls.Ca is { } ca ? texts.Argument(ca, tls.At.Of("ca")) : null,
            TrustPools = texts.Version >= TrustPoolsSince,
            ServerName = https && tls.ServerName is { } name ? texts.Argument(name, tls.At.Of("server_name")) : null,
            ClientCertificate = https && tls is { Cert: { } cert, Key: { } key } ? texts.Argument(cert, tls.At.Of("cert")) + " " + texts.Argument(key, tls.At.Of("key")) : null,
        };
    }
}
