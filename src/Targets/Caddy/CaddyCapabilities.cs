using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.Caddy.Building;

namespace Confgen.Targets.Caddy;

/// <summary>
/// What Caddy 2.6 to 2.11 honour of each field. Seen on 2.6.2 and 2.11.4; of the releases between them the sources were read.
/// </summary>
internal static class CaddyCapabilities
{
    private static readonly TargetVersion NewMatchers = new(2, 8);

    // Of servers that it finds in DNS.
    private static readonly TargetVersion FailuresRemembered = new(2, 11, 2);

    // The encoder is flushed with the response.
    private static readonly TargetVersion FlushesEncoder = new(2, 9);

    private const string JsonFields =
        "Caddy's lines have its own names and units, as `request.uri` for the target, `size` for bytes_out, and no site, route, ttfb, "
        + "upstream or upstream_status; the status is 0 where `respond: close` closed the connection";

    private const string ClientFaults =
        "a request whose body is malformed, or that the client cuts, may count as a failure of the server that it was sent to";

    private const string CompressedHeaders =
        "a response that is not compressed for this client has no Vary, and a compressed one keeps its ETag strong, marked with the "
        + "coding from 2.8 on";

    private const string HeldPieces = "; pieces of a compressed stream are held back until there are enough of them, or until its end";

    private const string FirstDiscovered =
        "`balance: first` gives every request to one server of the lowest priority, chosen anew by weight at each refresh";
    private const string SharedDiscovered = "every other balance gives all servers their share, whatever their priority and weight";

    private static readonly Capability Tunnel = new(
        RouteFields.Proxy,
        Support.Approximate,
        "the request goes to the entry of V2Ray's portal, to be run beside Caddy; while no bridge is connected it ends with 502 instead "
            + "of 503"
    )
    {
        Condition = "with a tunnel",
    };
    private static readonly Capability BackupAmongSeveral = new(
        ServerFields.Backup,
        Support.Unsupported,
        "Caddy has no backups; with one main server they are tried in their order, as `balance: first` does with all"
    )
    {
        Condition = "beside several main servers, or with another balance than round robin",
    };
    private static readonly Capability DifferentMaxConns = new(
        ServerFields.MaxConns,
        Support.Approximate,
        "Caddy has one limit for all servers of an upstream: the highest holds"
    )
    {
        Condition = "that differs between servers",
    };
    private static readonly Capability WeightIgnored = new(
        ServerFields.Weight,
        Support.Approximate,
        "Caddy has weights for round robin and random alone; all servers get the same share"
    )
    {
        Condition = "with this balance",
    };
    private static readonly Capability NoSendLimit = new(
        TimeoutsFields.Send,
        Support.Approximate,
        "Caddy doesn't limit the wait for a server that reads nothing: its limit would cut each upload of known length that takes longer"
    )
    {
        Condition = "without TLS to the upstream",
    };
    private static readonly Capability SocketPeers = new(
        SiteFields.Listen,
        Support.Approximate,
        "a peer on a unix socket has no address: X-Forwarded-For and X-Real-IP are not sent, and its own are not believed"
    )
    {
        Condition = "with a unix socket",
    };
    private static readonly Capability SocketIdle = new(
        RouteFields.WebSocket,
        Support.Approximate,
        "over a unix socket Caddy doesn't limit how long an upgraded connection may idle"
    )
    {
        Condition = "with an upstream on a unix socket",
    };
    private static readonly Capability FailedForRetry = new(
        UpstreamFields.Balance,
        Support.Approximate,
        "so that a retry goes to another server Caddy skips a failed one for a second, and " + ClientFaults
    )
    {
        Condition = "that keeps to a server, with retries",
    };
    private static readonly Capability SocketSilence = new(
        TimeoutsFields.Read,
        Support.Approximate,
        "over HTTP/2 in plain text Caddy can't limit the wait for a response"
    )
    {
        Condition = "with an h2c upstream",
    };
    private static readonly Capability DifferentHeads = new(
        LimitsFields.Head,
        Support.Approximate,
        "the limit belongs to the listener: the highest of its sites holds for all"
    )
    {
        Condition = "that differs between sites of one listener",
    };
    private static readonly Capability DifferentLog = new(
        RouteFields.Log,
        Support.Unsupported,
        "Caddy writes one access log a site: log at the site, and switch it off in routes"
    )
    {
        Condition = "other than the site's",
    };
    private static readonly Capability UnknownName = new(
        SiteFields.Tls,
        Support.Approximate,
        "a handshake that names an unknown host fails; fixed in 2.7"
    )
    {
        Condition = "beside certificates that Caddy gets itself",
        Versions = new VersionRange(Until: new TargetVersion(2, 7)),
    };
    private static readonly Capability ManyNames = new(
        SiteFields.Tls,
        Support.Approximate,
        "a connection that named an unknown host gets 421, as if it had named another site"
    )
    {
        Condition = "on a listener with more than 30 hosts",
    };
    private static readonly Capability HostKeepsCase = new(
        SiteFields.Host,
        Support.Approximate,
        "`{host}` keeps the case in which the client spelled it"
    )
    {
        Condition = "that is a pattern, with `{host}` in a value",
    };
    private static readonly Capability BothStars = new(
        SiteFields.Host,
        Support.Approximate,
        "Caddy puts longer names first: a host that the star in front of another site's name takes as well goes to the site with the star "
            + "at the end"
    )
    {
        Condition = "with a star at the end, beside one in front of a short name",
    };
    private static readonly Capability UnknownOwnHost = new(
        RouteFields.RewriteResponse,
        Support.Approximate,
        "before 2.11 an absolute URL of the site's own host is known by the hosts and ports of the spec: one of a pattern, or with another "
            + "port, is left as it is"
    )
    {
        Condition = "`auto`",
        Versions = new VersionRange(Until: new TargetVersion(2, 11)),
    };
    private static readonly Capability UnloggedHosts = new(
        SiteFields.Log,
        Support.Approximate,
        "a request whose Host is spelled in another case than the site's, or lacks the port of a site on another port than 80 or 443, is "
            + "served without a line in the log"
    )
    {
        Condition = "beside logs at other places, or a site for all other hosts that logs nothing",
    };
    private static readonly Capability IPv6Behind = new(
        SpecFields.TrustedProxies,
        Support.Approximate,
        "before 2.8 Caddy finds the client behind trusted proxies by a regex, which knows an IPv6 block only by its leading groups in "
            + "their shortest spelling"
    )
    {
        Condition = "with IPv6 blocks",
        Versions = new VersionRange(Until: NewMatchers),
    };

    /// <summary>The table.</summary>
    public static CapabilityTable Table { get; } =
        new(
            [
                .. Partial(),
                Capability.For<Site>(
                    SiteFields.Routes,
                    Support.Approximate,
                    "a regex beside guards",
                    OtherReadings.RefuseMore,
                    "a path that a lenient upstream could read in several other ways, as one with a backslash or two parameters (;x), "
                        + "gets 400 where a regex has a guard, and where a regex takes a path that could be read as a guarded one"
                ),
                Capability.For<Spec>(
                    SpecFields.TrustedProxies,
                    Support.Unsupported,
                    "`unix`",
                    static spec => spec.TrustsUnixPeers,
                    "Caddy trusts peers on unix sockets for their address alone, which they don't have: let the proxy in front connect to "
                        + "a port of 127.0.0.1"
                ),
                .. Exact([
                    SpecFields.Version,
                    SpecFields.Include,
                    SpecFields.Defaults,
                    SpecFields.TrustedProxies,
                    SpecFields.Upstreams,
                    SpecFields.Sites,
                    SpecFields.Tunnels,
                    SpecFields.Targets,
                    SpecFields.Lint,
                    SpecFields.Tests,
                    RouteFields.Timeouts,
                    RouteFields.MaxBody,
                    RouteFields.WebSocket,
                    SiteFields.Limits,
                    TimeoutsFields.Connect,
                    TimeoutsFields.Send,
                    UpstreamFields.Servers,
                    UpstreamFields.Balance,
                    UpstreamFields.Health,
                    UpstreamFields.Retries,
                    UpstreamFields.Keepalive,
                    UpstreamFields.Tls,
                    UpstreamFields.Buffers,
                    UpstreamFields.ResponseHeaderTimeout,
                    ServerFields.Url,
                    ServerFields.Weight,
                    ServerFields.MaxConns,
                    ServerFields.Backup,
                    ServerFields.Down,
                    DiscoverFields.Srv,
                    DiscoverFields.Refresh,
                    BalanceFields.Header,
                    BalanceFields.Cookie,
                    HealthFields.Active,
                    ActiveHealthFields.Path,
                    ActiveHealthFields.Interval,
                    ActiveHealthFields.Timeout,
                    ActiveHealthFields.Status,
                    PassiveHealthFields.MaxFails,
                    PassiveHealthFields.FailFor,
                    PassiveHealthFields.Status,
                    PassiveHealthFields.Latency,
                    KeepaliveFields.Idle,
                    KeepaliveFields.Timeout,
                    UpstreamTlsFields.Verify,
                    UpstreamTlsFields.Ca,
                    UpstreamTlsFields.ServerName,
                    UpstreamTlsFields.Cert,
                    UpstreamTlsFields.Key,
                    BuffersFields.Read,
                    BuffersFields.Write,
                    SiteFields.Host,
                    SiteFields.Listen,
                    SiteFields.Tls,
                    SiteFields.RedirectHttp,
                    SiteFields.Hsts,
                    SiteFields.Http2,
                    SiteFields.Http3,
                    SiteFields.Compress,
                    SiteFields.Log,
                    SiteFields.Headers,
                    SiteFields.Routes,
                    RouteFields.Errors,
                    RouteFields.BasicAuth,
                    RouteFields.Allow,
                    RouteFields.Deny,
                    RouteFields.ForwardAuth,
                    RouteFields.Cors,
                    TlsFields.Cert,
                    TlsFields.Key,
                    TlsFields.From,
                    TlsFields.MinVersion,
                    TlsFields.ClientCa,
                    RedirectHttpFields.Port,
                    RedirectHttpFields.Status,
                    HstsFields.MaxAge,
                    HstsFields.IncludeSubdomains,
                    HstsFields.Preload,
                    LogFields.Format,
                    LogFields.Output,
                    HeadersFields.Request,
                    HeadersFields.Response,
                    HeaderRulesFields.On,
                    HeaderRulesFields.Set,
                    HeaderRulesFields.Add,
                    HeaderRulesFields.Remove,
                    RouteFields.Path,
                    RouteFields.Exact,
                    RouteFields.Regex,
                    RouteFields.Match,
                    RouteFields.Proxy,
                    RouteFields.Respond,
                    RouteFields.Redirect,
                    RouteFields.Sse,
                    RouteFields.StripPrefix,
                    RouteFields.ReplacePrefix,
                    RouteFields.AddPrefix,
                    RouteFields.Rewrite,
                    RouteFields.RewriteResponse,
                    RewriteResponseFields.Location,
                    RewriteResponseFields.CookiePath,
                    RewriteResponseFields.CookieDomain,
                    RouteFields.Transparent,
                    RouteFields.Host,
                    RouteFields.FlushInterval,
                    RouteFields.Headers,
                    RouteFields.CacheControl,
                    RouteFields.Log,
                    MatchFields.Method,
                    MatchFields.Header,
                    MatchFields.Query,
                    RespondFields.Status,
                    RespondFields.Body,
                    RespondFields.ContentType,
                    FilesFields.Root,
                    FilesFields.Index,
                    FilesFields.Try,
                    FilesFields.Browse,
                    FilesFields.Precompressed,
                    RedirectFields.To,
                    RedirectFields.Status,
                    RewriteFields.Regex,
                    RewriteFields.To,
                    ErrorsFields.Intercept,
                    ErrorPageFields.File,
                    ErrorPageFields.Body,
                    ErrorPageFields.ContentType,
                    ErrorPageFields.Proxy,
                    ErrorPageFields.Status,
                    BasicAuthFields.Realm,
                    BasicAuthFields.Users,
                    BasicAuthFields.File,
                    ForwardAuthFields.Url,
                    ForwardAuthFields.CopyHeaders,
                    CorsFields.Origins,
                    CorsFields.Methods,
                    CorsFields.Headers,
                    CorsFields.ExposeHeaders,
                    CorsFields.Credentials,
                    CorsFields.MaxAge,
                    TunnelFields.Portal,
                    TunnelFields.Bridge,
                    TunnelFields.Domain,
                    TunnelFields.Secret,
                    TunnelFields.Id,
                    PortalFields.Listen,
                    PortalFields.Public,
                    BridgeFields.Forward,
                    BridgeFields.Connections,
                    BridgeFields.Ca,
                    PortalFields.Entry,
                    PortalFields.Tls,
                    PortalTlsFields.Cert,
                    PortalTlsFields.Key,
                    .. TestFields.Methods,
                    TestFields.Request,
                    TestFields.Method,
                    TestFields.Headers,
                    TestFields.From,
                    TestFields.Body,
                    TestFields.Expect,
                    ExpectFields.Status,
                    ExpectFields.Upstream,
                    ExpectFields.Target,
                    ExpectFields.Route,
                    ExpectFields.Location,
                    ExpectFields.Headers,
                    ExpectFields.UpstreamHeaders,
                ]),
            ],
            new ProgramNote(
                new VersionRange(Until: new TargetVersion(2, 7, 6)),
                "a response that the upstream cuts off in the middle of a chunked body looks complete to the client; fixed in 2.7.6",
                LosesData: true
            ),
            new ProgramNote(
                new VersionRange(Until: new TargetVersion(2, 11, 2)),
                "a request with a body can't be tried on another server: it fails with 502; fixed in 2.11.2",
                LosesData: true
            ),
            new ProgramNote(
                new VersionRange(Until: new TargetVersion(2, 11, 4)),
                "a request with a body can't be handed to an error's upstream: it fails with 502; fixed in 2.11.4",
                LosesData: true
            ),
            new ProgramNote(VersionRange.All, "OPTIONS * gets 200"),
            new ProgramNote(
                VersionRange.All,
                "bytes that RFC 3986 doesn't allow in a path are percent-encoded on their way to the upstream, and the path's other "
                    + "escapes with them"
            ),
            new ProgramNote(
                new VersionRange(Since: new TargetVersion(2, 7, 6)),
                "of a response that the upstream cuts off the last bytes may be lost, and with a short one all of it"
            ),
            new ProgramNote(VersionRange.All, "a 101 of an upstream that nobody asked for becomes an empty 200, instead of 502"),
            new ProgramNote(
                new VersionRange(Until: new TargetVersion(2, 7)),
                "a NUL in a field of a response passes, instead of 502; fixed by the Go that 2.7 is built with"
            ),
            new ProgramNote(
                VersionRange.All,
                "where routes of a site have different guards, a path that is percent-encoded twice, or has overlong UTF-8, gets 400 "
                    + "whatever it leads to"
            ),
            new ProgramNote(VersionRange.All, "a host that ends in a dot matches no site: it gets 404"),
            new ProgramNote(
                VersionRange.All,
                "a response without a Content-Type gets the one that its first bytes look like, from 2.8 on only where its upstream has "
                    + "`buffers`"
            ),
            new ProgramNote(VersionRange.All, "trailers of a request are dropped; where they are malformed, it may end with 502"),
            new ProgramNote(VersionRange.All, "an interim response (103) of an upstream is sent to clients of HTTP/1.0, too"),
            new ProgramNote(
                new VersionRange(Since: NewMatchers),
                "where every address in X-Forwarded-For is a trusted proxy's, too, the client is the peer instead of the left-most of "
                    + "them: `allow` and `deny` look at that"
            ),
            new ProgramNote(
                new VersionRange(Since: NewMatchers),
                "an entry of a trusted proxy's X-Forwarded-For that isn't an address, as `unknown`, is skipped: the client is the entry "
                    + "before it, which the client itself may have sent"
            ),
            new ProgramNote(
                new VersionRange(Since: new TargetVersion(2, 8)),
                "a listing of a directory has `Vary: Accept, Accept-Encoding`, because Caddy has one in JSON, too"
            ),
            new ProgramNote(new VersionRange(Since: new TargetVersion(2, 10)), "several lines of Via are sent on as one"),
            new ProgramNote(new VersionRange(Since: new TargetVersion(2, 11, 4)), "headers whose names have an underscore are dropped")
        );

    /// <summary>Reports what depends on several fields.</summary>
    public static void Check(RenderContext context)
    {
        foreach (Upstream upstream in Upstreams(context.Spec))
        {
            Check(context, upstream);
        }

        foreach (Site site in context.Spec.Sites)
        {
            if (AccessLogs.Logs(site) && AccessLogs.CommonOf(context.Spec) is null)
            {
                context.Apply(UnloggedHosts, site.At.Of(SiteFields.Log));
            }

            if (
                site.Hosts.Any(host =>
                    context.Spec.Sites.Any(other =>
                        !ReferenceEquals(other, site) && other.Hosts.Any(name => Listeners.ComesFirst(host, name))
                    )
                )
            )
            {
                context.Apply(BothStars, site.At.Of(SiteFields.Host));
            }

            if (HostNames.KeepsCase(site))
            {
                context.Apply(HostKeepsCase, site.At.Of(SiteFields.Host));
            }

            if (site.Listen.FirstOrDefault(static listen => listen.SocketPath is not null) is not null)
            {
                context.Apply(SocketPeers, site.At.Of(SiteFields.Listen));
            }

            foreach (Route route in site.Routes)
            {
                Check(context, site, route);
            }
        }

        foreach (
            IGrouping<int, Site> listener in context
                .Spec.Sites.SelectMany(static site => site.Listen.Select(listen => (listen.Port, Site: site)))
                .GroupBy(static each => each.Port, static each => each.Site)
        )
        {
            long highest = listener.Max(static site => site.Limits.Head);
            foreach (Site site in listener.Where(site => site.Limits.Head != highest && site.Limits.At.Wrote(LimitsFields.Head)))
            {
                context.Apply(DifferentHeads, site.Limits.At.Of(LimitsFields.Head));
            }
        }

        var listeners = new Listeners(context.Spec);
        if (listeners.WithoutFallback.FirstOrDefault() is { } own)
        {
            context.Apply(UnknownName, own.At.Of(SiteFields.Tls));
        }

        if (listeners.Crowded is { } crowded)
        {
            context.Apply(ManyNames, crowded.At.Of(SiteFields.Tls));
        }

        if (context.Spec.TrustedProxies.Any(static block => !AddressPattern.IsExact(block)))
        {
            context.Apply(IPv6Behind, context.Spec.At.Of(SpecFields.TrustedProxies));
        }
    }

    private static void Check(RenderContext context, Upstream upstream)
    {
        List<UpstreamServer> main = [.. upstream.Servers.Where(static server => server is { Backup: false, Down: false })];
        if (
            upstream.PassiveHealth is null
            && upstream.Retries > 0
            && (main.Count > 1 || upstream.Servers.Any(static server => server.Backup))
            && UpstreamBuilder.KeepsToServer(upstream.Balance.Policy)
            && upstream.At.Wrote(UpstreamFields.Balance)
        )
        {
            context.Apply(FailedForRetry, upstream.At.Of(UpstreamFields.Balance));
        }

        bool roundRobin = upstream.Balance.Policy is BalancePolicy.RoundRobin or BalancePolicy.First;
        foreach (UpstreamServer server in upstream.Servers)
        {
            if (server.Backup && (main.Count != 1 || !roundRobin))
            {
                context.Apply(BackupAmongSeveral, server.At.Of(ServerFields.Backup));
            }

            if (server.MaxConns != upstream.Servers.Max(static each => each.MaxConns))
            {
                context.Apply(DifferentMaxConns, server.At.Of(ServerFields.MaxConns));
            }

            if (
                server.Weight != 1
                && upstream.Servers.Any(each => each.Weight != server.Weight)
                && upstream.Balance.Policy is not (BalancePolicy.RoundRobin or BalancePolicy.Random)
            )
            {
                context.Apply(WeightIgnored, server.At.Of(ServerFields.Weight));
            }
        }
    }

    private static void Check(RenderContext context, Site site, Route route)
    {
        if (route.Proxy is { } proxy)
        {
            if (proxy.Tunnel is not null)
            {
                context.Apply(Tunnel, route.At.Of(RouteFields.Proxy));
            }

            if (proxy.Upstream.Scheme != Model.Units.ServerScheme.Https && proxy.Timeouts.At.Wrote(TimeoutsFields.Send))
            {
                context.Apply(NoSendLimit, proxy.Timeouts.At.Of(TimeoutsFields.Send));
            }

            if (
                proxy is { Upstream.Scheme: Model.Units.ServerScheme.Unix, WebSocket: not WebSocketMode.Never }
                && route.At.Wrote(RouteFields.WebSocket)
            )
            {
                context.Apply(SocketIdle, route.At.Of(RouteFields.WebSocket));
            }

            if (proxy.Upstream.Scheme == Model.Units.ServerScheme.H2c && proxy.Timeouts.At.Wrote(TimeoutsFields.Read))
            {
                context.Apply(SocketSilence, proxy.Timeouts.At.Of(TimeoutsFields.Read));
            }
        }

        if (route.Proxy?.ResponseRewrite is { AutoLocation: true })
        {
            context.Apply(UnknownOwnHost, route.At.Of(RouteFields.RewriteResponse));
        }

        if (route.Log is { Format: not AccessLogFormat.Off } log && !log.Equals(site.Log))
        {
            context.Apply(DifferentLog, route.At.Of(RouteFields.Log));
        }
    }

    private static IEnumerable<Upstream> Upstreams(Spec spec) =>
        spec
            .Sites.SelectMany(static site => site.Routes)
            .SelectMany(static route =>
                (IEnumerable<Upstream?>)[route.Proxy?.Upstream, .. route.Errors.Pages.Select(static page => page.Proxy)]
            )
            .OfType<Upstream>()
            .Distinct();

    private static IEnumerable<Capability> Exact(params IReadOnlyList<Field> fields) =>
        fields.Select(static field => new Capability(field, Support.Exact));

    private static bool HasOtherThanBcrypt(BasicAuth basic, bool isInFile) =>
        basic.Users.Any(user => user.IsInFile == isInFile && !user.Hash.StartsWith("$2", StringComparison.Ordinal));

    private static IEnumerable<Capability> Partial() =>
        [
            NoSendLimit,
            SocketPeers,
            SocketIdle,
            FailedForRetry,
            Tunnel,
            BackupAmongSeveral,
            DifferentMaxConns,
            WeightIgnored,
            SocketSilence,
            DifferentHeads,
            DifferentLog,
            UnknownName,
            ManyNames,
            UnloggedHosts,
            UnknownOwnHost,
            BothStars,
            Capability.For<Site>(
                SiteFields.Host,
                Support.Approximate,
                "with a star at the end",
                static site => site.Hosts.Any(static host => host.Kind == Model.Units.HostPatternKind.Trailing),
                "the star stands for four labels at most, and for none where the name has a dot behind it"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "`auto` or `internal` on a site whose host has a star at the end",
                static site =>
                    site.Tls is { Source: not CertificateSource.Files }
                    && site.Hosts.Any(static host => host.Kind == Model.Units.HostPatternKind.Trailing),
                "no certificate can be for such a host: give `tls: { cert: ..., key: ... }`, or list the hosts"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "with `client_ca`, `min_version` or `ciphers` on a site whose host has a star at the end",
                static site =>
                    site.Tls is { } tls
                    && (tls.ClientCa is not null || tls.MinVersion != TlsVersion.Tls12 || tls.Ciphers.Count > 0)
                    && site.Hosts.Any(static host => host.Kind == Model.Units.HostPatternKind.Trailing),
                "Caddy finds what holds for a handshake by names without such a star: list the hosts"
            ),
            HostKeepsCase,
            IPv6Behind,
            new(
                TimeoutsFields.Read,
                Support.Approximate,
                "the wait for the head of a response and the silence of an upgraded connection are limited, silence in the middle of a "
                    + "body is not: Caddy's own read timeout would cut uploads that take longer"
            ),
            .. new[]
            {
                RouteFields.RateLimit,
                RateLimitFields.Rate,
                RateLimitFields.Burst,
                RateLimitFields.Key,
                RateLimitKeyFields.Header,
            }.Select(f => new Capability(
                f,
                Support.Unsupported,
                "stock Caddy counts no requests: limit at the application, or build for nginx or `confgen serve`"
            )),
            Capability.For<Site>(
                SiteFields.Compress,
                Support.Approximate,
                "with `br`",
                static site => site.Compress.Contains(ContentCoding.Brotli),
                "stock Caddy compresses with zstd and gzip; br is left out; " + CompressedHeaders
            ),
            new(
                SiteFields.Compress,
                Support.Approximate,
                CompressedHeaders + HeldPieces + "; an interim response (103) before a compressed one is not passed on"
            )
            {
                Versions = new VersionRange(Until: NewMatchers),
            },
            new(SiteFields.Compress, Support.Approximate, CompressedHeaders + HeldPieces)
            {
                Versions = new VersionRange(Since: NewMatchers, Until: FlushesEncoder),
            },
            new(SiteFields.Compress, Support.Approximate, CompressedHeaders) { Versions = new VersionRange(Since: FlushesEncoder) },
            new(HealthFields.Passive, Support.Approximate, ClientFaults),
            new(
                LimitsFields.Head,
                Support.Approximate,
                "over HTTP/1.1 a head may be 4096 bytes longer; over HTTP/2 each field beyond the tenth counts 32 bytes more than it has"
            ),
            Capability.For<AccessLog>(
                LogFields.Format,
                Support.Approximate,
                "`json`",
                static log => log.Format == AccessLogFormat.Json,
                JsonFields
            ),
            Capability.For<Site>(
                SiteFields.Log,
                Support.Approximate,
                "`json`",
                static site => site.Log is { Format: AccessLogFormat.Json },
                JsonFields
            ),
            Capability.For<AccessLog>(
                LogFields.Format,
                Support.Approximate,
                "`combined`",
                static log => log.Format == AccessLogFormat.Combined,
                "stock Caddy has no combined format: it writes JSON lines"
            ),
            Capability.For<Site>(
                SiteFields.Log,
                Support.Approximate,
                "`combined`",
                static site => site.Log is { Format: AccessLogFormat.Combined },
                "stock Caddy has no combined format: it writes JSON lines"
            ),
            new(
                UpstreamFields.Discover,
                Support.Approximate,
                FirstDiscovered
                    + ", also while it can't be reached; "
                    + SharedDiscovered
                    + ", and some requests end with 502 while one can't be reached"
            )
            {
                Versions = new VersionRange(Until: FailuresRemembered),
            },
            Capability.For<Upstream>(
                UpstreamFields.Discover,
                Support.Approximate,
                "with a balance that keeps to a server",
                static upstream =>
                    upstream is { Discover: not null, PassiveHealth: null, Retries: > 0 }
                    && UpstreamBuilder.KeepsToServer(upstream.Balance.Policy),
                FirstDiscovered + "; " + SharedDiscovered + "; while none can be reached some requests end with 503 instead of 502"
            ) with
            {
                Versions = new VersionRange(Since: FailuresRemembered),
            },
            new(UpstreamFields.Discover, Support.Approximate, FirstDiscovered + "; " + SharedDiscovered)
            {
                Versions = new VersionRange(Since: FailuresRemembered),
            },
            Capability.For<Upstream>(
                UpstreamFields.Health,
                Support.Unsupported,
                "`active` with `discover`",
                static upstream => upstream is { Discover: not null, ActiveHealth: not null },
                "Caddy probes no servers that it finds in DNS: list them"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Health,
                Support.Unsupported,
                "`passive` with `discover`",
                static upstream => upstream is { Discover: not null, PassiveHealth: not null },
                "Caddy forgets at once what happened to a server that it finds in DNS: list them, or build for 2.11.2"
            ) with
            {
                Versions = new VersionRange(Until: FailuresRemembered),
            },
            Capability.For<ForwardAuth>(
                ForwardAuthFields.CopyHeaders,
                Support.Approximate,
                "with a name of more than four dashes",
                static auth => auth.CopyHeaders.Any(static header => !Model.Rules.ForwardedHeaders.KnowsTwinsOf(header.Name)),
                "of the client's own headers that applications read as the same, those that mix dashes with underscores pass"
            ),
            new(TlsFields.Ciphers, Support.Approximate, "Go chooses their order by itself, and leaves out those that it doesn't have"),
            .. new[] { BasicAuthFields.Users, BasicAuthFields.File }.Select(f =>
                Capability.For<BasicAuth>(
                    f,
                    Support.Unsupported,
                    "with a hash other than bcrypt",
                    basic => HasOtherThanBcrypt(basic, isInFile: f == BasicAuthFields.File),
                    "hash with bcrypt, as `htpasswd -B` does"
                )
            ),
            new(
                RouteFields.Files,
                Support.Approximate,
                "a symbolic link below the root may lead out of it, and the redirect to a directory forgets the query"
            )
            {
                Versions = new VersionRange(new TargetVersion(2, 7), new TargetVersion(2, 8)),
            },
            new(RouteFields.Files, Support.Approximate, "a symbolic link below the root may lead out of it"),
            Capability.For<ActiveHealth>(
                ActiveHealthFields.Status,
                Support.Approximate,
                "with several",
                static active => active.Status.Count > 1,
                "Caddy knows one status or one class: the first is used"
            ),
        ];
}
