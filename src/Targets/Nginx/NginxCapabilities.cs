using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Building;

namespace Confgen.Targets.Nginx;

/// <summary>
/// How far nginx honours each field of the language. What depends on several fields is found by <see cref="NginxChecks"/>.
/// </summary>
internal static class NginxCapabilities
{
    public static readonly Capability Tunnel = new(
        RouteFields.Proxy,
        Support.Approximate,
        "the request goes to the entry of V2Ray's portal, to be run beside nginx; while no bridge is connected it ends with 502 instead "
            + "of 503"
    )
    {
        Condition = "with a tunnel",
    };
    public static readonly Capability NoCoding = new(
        SiteFields.Compress,
        Support.Unsupported,
        "write `gzip`, or say under targets.nginx.modules that this nginx has the module"
    )
    {
        Condition = "by codings of modules alone",
    };
    public static readonly Capability FewerCodings = new(
        SiteFields.Compress,
        Support.Approximate,
        "stock nginx compresses by gzip alone; br and zstd are modules, to be named under targets.nginx.modules"
    )
    {
        Condition = "with `br` or `zstd`",
    };
    public static readonly Capability NoPrecompressed = new(
        FilesFields.Precompressed,
        Support.Unsupported,
        "write `gzip`, or say under targets.nginx.modules that this nginx has the module"
    )
    {
        Condition = "with `br` or `zstd`",
    };
    public static readonly Capability NoServerHeader = new(
        HeaderRulesFields.Remove,
        Support.Unsupported,
        "leave it out: nginx always sends these"
    )
    {
        Condition = "with Date or Content-Type",
    };
    public static readonly Capability ServerStays = new(
        HeaderRulesFields.Remove,
        Support.Approximate,
        "nginx always sends `Server: nginx`, without its version; the headers-more module, named under targets.nginx.modules, removes it"
    )
    {
        Condition = "with Server",
    };
    public static readonly Capability NoServerSet = new(
        HeaderRulesFields.Set,
        Support.Unsupported,
        "nginx sends its own beside it; with the headers-more module, named under targets.nginx.modules, Server can be set"
    )
    {
        Condition = "with Server or Date",
    };
    public static readonly Capability OneLine = new(
        HeaderRulesFields.Add,
        Support.Approximate,
        "of several lines that the client sends, nginx before 1.23 keeps the first; later ones join them"
    )
    {
        Condition = "on a request",
    };
    public static readonly Capability HostOfMany = new(
        RouteFields.Host,
        Support.Unsupported,
        "nginx sets one Host for all servers of an upstream: write it out, or give the upstream one server"
    )
    {
        Condition = "`upstream` with several servers",
    };
    public static readonly Capability RewriteOverHttp2 = new(
        RouteFields.Proxy,
        Support.Unsupported,
        "grpc_pass sends the client's target as it is; let the upstream strip, or use nginx 1.29.4"
    )
    {
        Condition = "over h2c in a route that rewrites",
        Versions = new VersionRange(Until: NginxFeatures.Http2Proxy.Since),
    };
    public static readonly Capability AddressesOverHttp2 = new(
        RouteFields.RewriteResponse,
        Support.Unsupported,
        "grpc_pass leaves the fields of responses as they are; let the upstream write its public URL, or use nginx 1.29.4"
    )
    {
        Condition = "over h2c",
        Versions = new VersionRange(Until: NginxFeatures.Http2Proxy.Since),
    };
    public static readonly Capability OwnPrefix = new(
        RouteFields.RewriteResponse,
        Support.Approximate,
        "an absolute URL of the site's own host whose path is the new prefix itself, without a slash behind it, keeps its path"
    )
    {
        Condition = "`auto` with `replace_prefix` or `add_prefix`",
    };
    public static readonly Capability Http2Upstream = new(
        ServerFields.Url,
        Support.Approximate,
        "nginx before 1.29.4 speaks HTTP/2 to gRPC servers alone: other responses need a grpc-status, and bodies are buffered as gRPC's"
    )
    {
        Condition = "with `h2c://`",
        Versions = new VersionRange(Until: NginxFeatures.Http2Proxy.Since),
    };
    public static readonly Capability NameOnce = new(
        ServerFields.Url,
        Support.Approximate,
        "the name is resolved once, when nginx starts, and nginx doesn't start where it can't be: give DNS servers under "
            + "targets.nginx.resolver"
    )
    {
        Condition = "with a host name and no resolver",
    };
    public static readonly Capability NamesOnce = new(
        ServerFields.Url,
        Support.Approximate,
        "before 1.27.3 names of upstreams with several servers, or with options, are resolved once, when nginx starts"
    )
    {
        Condition = "with a host name among several servers",
        Versions = new VersionRange(Until: NginxFeatures.Discovery.Since),
    };
    public static readonly Capability VerifiedAddress = new(
        ServerFields.Url,
        Support.Unsupported,
        "nginx compares a certificate with names alone: give tls.server_name, or tls.verify: false"
    )
    {
        Condition = "with `https://`, an IP address and no tls.server_name",
    };
    public static readonly Capability VerifiedNames = new(
        UpstreamTlsFields.ServerName,
        Support.Unsupported,
        "nginx verifies one name for all servers of an upstream: give tls.server_name"
    )
    {
        Condition = "left out with several hosts",
    };
    public static readonly Capability UnverifiedNames = new(
        UpstreamTlsFields.ServerName,
        Support.Approximate,
        "nginx sends one name in SNI to all servers of an upstream, the first one's: give tls.server_name"
    )
    {
        Condition = "left out with several hosts and `verify: false`",
    };
    public static readonly Capability BackupOfHash = new(
        ServerFields.Backup,
        Support.Unsupported,
        "nginx has no backups with a hash or at random: use round_robin, least_conn or first"
    )
    {
        Condition = "with this balance",
    };
    public static readonly Capability BackupOfCookie = new(
        ServerFields.Backup,
        Support.Unsupported,
        "before 1.29.6 nginx has no backups with sticky sessions: leave `backup` out, or use round_robin, least_conn or first"
    )
    {
        Condition = "with a cookie's balance",
        Versions = new VersionRange(Until: NginxFeatures.StickySessions.Since),
    };
    public static readonly Capability SameVariable = new(
        ForwardAuthFields.CopyHeaders,
        Support.Unsupported,
        "nginx reads both by one variable: let the auth server send one of them under another name"
    )
    {
        Condition = "with two names that differ in '-' and '_' alone",
    };
    public static readonly Capability No499 = new(
        ErrorsFields.Intercept,
        Support.Approximate,
        "nginx has no page for 499: the upstream's own 499 passes"
    )
    {
        Condition = "with 499",
    };
    public static readonly Capability DiscoverWithout = new(
        UpstreamFields.Discover,
        Support.Unsupported,
        "give DNS servers under targets.nginx.resolver"
    )
    {
        Condition = "without a resolver",
    };
    public static readonly Capability MixedVersions = new(
        TlsFields.MinVersion,
        Support.Unsupported,
        "nginx takes the first site's for all of a listener: give its sites the same"
    )
    {
        Condition = "that differs between sites of one listener",
    };
    public static readonly Capability MixedHttp2 = new(
        SiteFields.Http2,
        Support.Approximate,
        "before 1.25.1 HTTP/2 belongs to the listener: it is offered for all of its sites"
    )
    {
        Condition = "that differs between sites of one listener",
        Versions = new VersionRange(Until: new TargetVersion(1, 25, 1)),
    };
    public static readonly Capability MixedHeads = new(
        LimitsFields.Head,
        Support.Approximate,
        "of a plain listener's sites nginx takes the first one's limit for the request line"
    )
    {
        Condition = "that differs between sites of one listener",
    };
    public static readonly Capability InterceptsMore = new(
        ErrorsFields.Intercept,
        Support.Approximate,
        "nginx can't tell its own 502, 503 and 504 from the upstream's: both get the page"
    )
    {
        Condition = "without statuses that have a page",
    };

    // An empty page would take the place of the upstream's response as well, which says more than nginx's.
    public static readonly Capability OwnPageLeft = new(
        ErrorsFields.Intercept,
        Support.Approximate,
        "nginx's own 502, 503 and 504 have its HTML page instead of an empty body"
    )
    {
        Condition = "beside 502, 503 or 504 that neither have a page nor are intercepted",
    };

    public static readonly CapabilityTable Table = new(
        [
            Tunnel,
            NoCoding,
            FewerCodings,
            NoPrecompressed,
            ServerStays,
            NoServerHeader,
            NoServerSet,
            OneLine,
            HostOfMany,
            RewriteOverHttp2,
            AddressesOverHttp2,
            OwnPrefix,
            Http2Upstream,
            NameOnce,
            NamesOnce,
            VerifiedAddress,
            VerifiedNames,
            UnverifiedNames,
            BackupOfHash,
            BackupOfCookie,
            SameVariable,
            No499,
            DiscoverWithout,
            MixedVersions,
            MixedHttp2,
            MixedHeads,
            InterceptsMore,
            OwnPageLeft,
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "`auto`",
                static site => site.Tls is { Source: CertificateSource.Auto },
                "nginx gets no certificates by itself: let certbot or lego write files, and give `tls: { cert: ..., key: ... }`"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "`internal`",
                static site => site.Tls is { Source: CertificateSource.Internal },
                "nginx makes no certificates: `openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 365`, and give "
                    + "`tls: { cert: c.pem, key: k.pem }`"
            ),
            Capability.For<SiteTls>(
                TlsFields.From,
                Support.Unsupported,
                "`auto` or `internal`",
                static tls => tls.Source != CertificateSource.Files,
                "nginx gets no certificates by itself: give `cert` and `key`"
            ),
            Capability.For<Spec>(
                SpecFields.TrustedProxies,
                Support.Unsupported,
                "`unix`",
                static spec => spec.TrustsUnixPeers,
                "nginx trusts peers on unix sockets for their address alone, which they don't have: let the proxy in front connect to a "
                    + "port of 127.0.0.1"
            ),
            new(
                SpecFields.TrustedProxies,
                Support.Approximate,
                "headers whose names have more than letters, digits and '-' are dropped, because nginx can't tell X_Forwarded_Host from a "
                    + "trusted proxy's X-Forwarded-Host"
            ),
            Capability.For<Site>(
                SiteFields.Http3,
                Support.Unsupported,
                "`true`",
                static site => site.Http3,
                "HTTP/3 came with nginx 1.25, where it was built with it"
            ) with
            {
                Versions = new VersionRange(Until: new TargetVersion(1, 25)),
            },
            Capability.For<ForwardAuth>(
                ForwardAuthFields.CopyHeaders,
                Support.Approximate,
                "with a name of more than four dashes",
                static auth => auth.CopyHeaders.Any(static header => !ForwardedHeaders.KnowsTwinsOf(header.Name)),
                "of the client's own headers that applications read as the same, those that mix dashes with underscores pass"
            ),
            new(HealthFields.Active, Support.Unsupported, "open-source nginx sends no probes: use health.passive, or run `confgen serve`"),
            new(
                ActiveHealthFields.Path,
                Support.Unsupported,
                "open-source nginx sends no probes: use health.passive, or run `confgen serve`"
            ),
            new(ActiveHealthFields.Interval, Support.Unsupported, "open-source nginx sends no probes"),
            new(ActiveHealthFields.Timeout, Support.Unsupported, "open-source nginx sends no probes"),
            new(ActiveHealthFields.Status, Support.Unsupported, "open-source nginx sends no probes"),
            new(PassiveHealthFields.Latency, Support.Unsupported, "nginx counts errors and statuses, not times: shorten timeouts.read"),
            new(
                PassiveHealthFields.Status,
                Support.Approximate,
                "nginx counts 403, 404, 429, 500, 502, 503 and 504 alone, only where it may try another server, and then it does for "
                    + "idempotent requests"
            ),
            new(UpstreamFields.Discover, Support.Unsupported, "nginx asks for SRV records from 1.27.3 on: list the servers")
            {
                Versions = new VersionRange(Until: NginxFeatures.Discovery.Since),
            },
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Approximate,
                "`first` with three servers or more",
                static upstream => upstream.Balance.Policy == BalancePolicy.First && upstream.Servers.Count > 2,
                "nginx's backups have no order among themselves"
            ),
            new(
                UpstreamFields.ResponseHeaderTimeout,
                Support.Approximate,
                "nginx has one time-out for the head and for the body: the head is waited for as long as timeouts.read"
            ),
            new(BuffersFields.Read, Support.Approximate, "nginx shares it among eight buffers of each response"),
            new(
                BuffersFields.Write,
                Support.Approximate,
                "nginx has no buffer for writing: the one that the request's body is read into gets this size"
            ),
            new(KeepaliveFields.Idle, Support.Approximate, "nginx keeps so many for each of its worker processes"),
            Capability.For<HeaderEdits>(
                HeaderRulesFields.On,
                Support.Unsupported,
                "`success` with Server, Date, Content-Type, or a name of other characters than letters, digits and '-'",
                static rules => rules.OnSuccess && !rules.Names.All(IsByStatus),
                "write `always`, or leave the rule out: nginx has no variable for what an error would keep of it"
            ),
            Capability.For<RespondAction>(
                RespondFields.Status,
                Support.Unsupported,
                "of a redirect",
                static respond => respond.Status is 301 or 302 or 303 or 307 or 308,
                "use `redirect`"
            ),
            Capability.For<RateLimit>(
                RateLimitFields.Rate,
                Support.Approximate,
                "in an hour that is no whole number in a minute",
                static rate => rate.Rate.Per.TotalHours >= 1 && rate.Rate.Count % 60 != 0,
                "nginx counts by the second or the minute: it is rounded down, to at least one a minute"
            ),
            Capability.For<ProxyAction>(
                RouteFields.FlushInterval,
                Support.Approximate,
                "over zero",
                static proxy => proxy.FlushInterval > TimeSpan.Zero,
                "nginx has no interval: each piece is passed on as it comes"
            ),
            new(
                MatchFields.Header,
                Support.Approximate,
                "of several lines of one name nginx before 1.23 looks at the first; later ones look at all of them as one, joined by "
                    + "commas; a line whose name has '_' for '-' counts, too"
            ),
            new(FilesFields.Root, Support.Approximate, "every symbolic link below the root is refused, also one that stays there"),
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Approximate,
                "by a cookie",
                static upstream => upstream.Balance.Policy == BalancePolicy.Cookie,
                "nginx sends the cookie with every response, not only with a session's first; it is Secure where every site that uses the "
                    + "upstream has TLS"
            ) with
            {
                Versions = NginxFeatures.StickySessions,
            },
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Approximate,
                "by a cookie",
                static upstream => upstream.Balance.Policy == BalancePolicy.Cookie,
                "before 1.29.6 the cookie is a key whose hash chooses the server: while a server fails, another one takes its clients, "
                    + "and they return to it afterwards"
            ) with
            {
                Versions = new VersionRange(Until: NginxFeatures.StickySessions.Since),
            },
            Capability.For<PassiveHealth>(
                PassiveHealthFields.FailFor,
                Support.Approximate,
                "with a fraction of a second",
                static passive => NginxUnits.HasFraction(passive.FailFor),
                "nginx counts whole seconds: it is rounded up"
            ),
            Capability.For<SrvDiscovery>(
                DiscoverFields.Refresh,
                Support.Approximate,
                "with a fraction of a second",
                static srv => NginxUnits.HasFraction(srv.Refresh),
                "nginx counts whole seconds: it is rounded up"
            ),
            Capability.For<AccessLog>(
                LogFields.Format,
                Support.Approximate,
                "`json`",
                static log => log.Format == AccessLogFormat.Json,
                "`bytes_in` counts the request's head, too, `upstream` has every server that was tried, `time` has whole seconds, and "
                    + "`error` is null: nginx's error log has it"
            ),
            Capability.For<Site>(
                SiteFields.Routes,
                Support.Approximate,
                "a guard on, or behind the conditions of, a regex",
                OtherReadings.RefuseMore,
                "a path that a lenient upstream could read in several other ways, as one with a backslash or two parameters (;x), gets "
                    + "400 on the whole site"
            ),
            new(LimitsFields.Head, Support.Exact, "counted to a kibibyte"),
            .. new[] { BasicAuthFields.Users, BasicAuthFields.File }.Select(f => new Capability(
                f,
                Support.Exact,
                "the files of users are written for their owner alone, but nginx's workers must read them, or everybody gets 500: "
                    + "`install -d -m 2750 -g www-data out/nginx/htpasswd` before the first build"
            )),
            new(RouteFields.ForwardAuth, Support.Exact, "a refusal is asked for twice, because nginx keeps only its status"),
            .. Exact([
                SpecFields.Version,
                SpecFields.Include,
                SpecFields.Defaults,
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
                TimeoutsFields.Read,
                UpstreamFields.Servers,
                UpstreamFields.Discover,
                UpstreamFields.Balance,
                UpstreamFields.Health,
                UpstreamFields.Retries,
                UpstreamFields.Keepalive,
                UpstreamFields.Tls,
                UpstreamFields.Buffers,
                ServerFields.Url,
                ServerFields.Weight,
                ServerFields.MaxConns,
                ServerFields.Backup,
                ServerFields.Down,
                DiscoverFields.Srv,
                DiscoverFields.Refresh,
                BalanceFields.Header,
                BalanceFields.Cookie,
                HealthFields.Passive,
                PassiveHealthFields.MaxFails,
                PassiveHealthFields.FailFor,
                KeepaliveFields.Timeout,
                UpstreamTlsFields.Verify,
                UpstreamTlsFields.Ca,
                UpstreamTlsFields.ServerName,
                UpstreamTlsFields.Cert,
                UpstreamTlsFields.Key,
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
                RouteFields.RateLimit,
                RouteFields.BasicAuth,
                RouteFields.Allow,
                RouteFields.Deny,
                RouteFields.Cors,
                TlsFields.Cert,
                TlsFields.Key,
                TlsFields.From,
                TlsFields.MinVersion,
                TlsFields.Ciphers,
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
                RouteFields.Files,
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
                MatchFields.Query,
                RespondFields.Status,
                RespondFields.Body,
                RespondFields.ContentType,
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
                RateLimitFields.Rate,
                RateLimitFields.Burst,
                RateLimitFields.Key,
                RateLimitKeyFields.Header,
                BasicAuthFields.Realm,
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
            VersionRange.All,
            "headers that the Connection header names are passed on; X-Forwarded-* can't be removed that way"
        ),
        new ProgramNote(VersionRange.All, "a response without a status line is taken for HTTP/0.9 and passed on, instead of 502"),
        new ProgramNote(
            new VersionRange(Until: new TargetVersion(1, 23)),
            "a response's Content-Length that is no number counts as none, and of two the first counts, instead of 502"
        ),
        new ProgramNote(
            VersionRange.All,
            "an unasked 101 of an upstream is passed on, instead of 502, and the connection is forwarded both ways until one end closes it"
        ),
        new ProgramNote(VersionRange.All, "a request that can't be parsed gets 400 or 414 with nginx's own page"),
        new ProgramNote(VersionRange.All, "a URL as the target gets 400 where it has a query and no path"),
        new ProgramNote(new VersionRange(Since: new TargetVersion(1, 29, 3)), "CONNECT gets 405 instead of 400"),
        new ProgramNote(VersionRange.All, "fields whose names have more than letters, digits, '-' and '_' are dropped from requests"),
        new ProgramNote(VersionRange.All, "a body that an upstream cuts off ends like a complete one for clients of HTTP/1.0"),
        new ProgramNote(VersionRange.All, "a body that ends with the upstream's connection is taken for complete where that is reset"),
        new ProgramNote(VersionRange.All, "control characters in the value of a request field are passed on"),
        new ProgramNote(
            VersionRange.All,
            "where routes of a site have different guards, a path that is percent-encoded twice, or isn't UTF-8, gets 400 whatever it "
                + "leads to"
        ),
        new ProgramNote(VersionRange.All, "Date is the time at which nginx sends the response, not the upstream's"),
        new ProgramNote(VersionRange.All, "what a client still uploads when the response has begun is not sent on"),
        new ProgramNote(VersionRange.All, "a response with `Cache-Control: no-transform` is compressed like any other"),
        new ProgramNote(new VersionRange(Until: new TargetVersion(1, 27, 2)), "trailers are dropped, of requests and of responses"),
        new ProgramNote(new VersionRange(Since: new TargetVersion(1, 27, 2)), "trailers of a request are dropped"),
        new ProgramNote(VersionRange.All, "over HTTP/2 a request with trailers ends the client's connection without a response"),
        new ProgramNote(
            new VersionRange(Until: new TargetVersion(1, 29)),
            "an interim response (103) of an upstream is taken for the final one: over HTTP/2 the request ends with its time-out, over "
                + "HTTP/1.1 the connection takes no other request, and a client of HTTP/1.0 gets it, too"
        )
    );

    private static IEnumerable<Capability> Exact(params IReadOnlyList<Field> fields) =>
        fields.Select(static field => new Capability(field, Support.Exact));

    private static bool IsByStatus(string name) =>
        name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && !new[] { "Server", "Date", "Content-Type" }.Contains(name, StringComparer.OrdinalIgnoreCase);
}
