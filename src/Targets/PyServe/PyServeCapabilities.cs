using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.PyServe;

/// <summary>What PyServe honours of each field. All of it was tried on 0.5.0; 0.4.1 and 0.4.2 differ where a version is named.</summary>
internal static class PyServeCapabilities
{
    private const string OwnLines =
        "PyServe writes lines of its own about each request; 0.5.0 does so whatever its configuration says, and on standard output";

    // These depend on several nodes; PyServeCheck reports them.
    public static readonly Capability OneSite = new(
        SpecFields.Sites,
        Support.Unsupported,
        "keep one site with `host: _`: PyServe has one listener and doesn't look at the host"
    )
    {
        Condition = "other than one",
    };

    public static readonly Capability ImplicitRedirect = new(
        SiteFields.Tls,
        Support.Unsupported,
        "add `redirect_http: false`: PyServe has one listener, so plain requests need another program"
    )
    {
        Condition = "with the redirect from port 80 that it brings",
    };

    public static readonly Capability OnlyHttp = new(ServerFields.Url, Support.Unsupported, "an http:// or https:// server")
    {
        Condition = "of a socket or with h2c",
    };

    public static readonly Capability RedirectBehindRule = new(
        RouteFields.Redirect,
        Support.Unsupported,
        "PyServe asks its rules before its redirects: redirect in the application, or move the route that takes this path"
    )
    {
        Condition = "of a path that a proxied route takes",
    };

    public static readonly Capability OpenFileSystem = new(
        SiteFields.Routes,
        Support.Unsupported,
        "add a route `path: /`, or render for 0.5: before it PyServe sends any file of its machine to who asks for `/../`, and that can't "
            + "be switched off"
    )
    {
        Condition = "without one for `/`",
        Versions = new VersionRange(Until: PyServeTarget.Extensions),
    };

    /// <summary>The table.</summary>
    public static CapabilityTable Table { get; } =
        new(
            [.. Partly(), .. Never(), .. Always()],
            new ProgramNote(
                VersionRange.All,
                "a request is cut after 4096 bytes, head and body together; query values that are empty are dropped; of several "
                    + "Set-Cookie lines only the last reaches the client (seen on 0.5.0)",
                LosesData: true
            ),
            new ProgramNote(
                VersionRange.All,
                "the upstream sees its own address as Host, X-Forwarded-For as the client sent it or 'unknown', and X-Forwarded-Proto of "
                    + "the upstream's connection (seen on 0.5.0)"
            ),
            new ProgramNote(
                VersionRange.All,
                "HTTP/1.1 alone, a connection for each request; a response is held until it is complete, and given up after 30 s (seen on "
                    + "0.5.0)"
            ),
            new ProgramNote(
                VersionRange.All,
                "errors have HTML pages as bodies, and a target with `..` is answered with 502, before 0.5 it is passed on"
            )
        );

    private static IEnumerable<Capability> Partly() =>
        [
            OneSite,
            ImplicitRedirect,
            OnlyHttp,
            RedirectBehindRule,
            OpenFileSystem,
            Capability.For<Site>(
                SiteFields.Host,
                Support.Unsupported,
                "other than `_`",
                s => s.Hosts is not [{ Kind: HostPatternKind.Any }],
                "`host: _`: PyServe answers every host alike"
            ),
            Capability.For<Site>(
                SiteFields.Listen,
                Support.Unsupported,
                "other than one port",
                s => s.Listen is not [{ SocketPath: null }],
                "one port"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "without files",
                s => s.Tls is { Source: not CertificateSource.Files },
                "`tls: { cert: ..., key: ... }`, with files that another program renews"
            ),
            Capability.For<Site>(
                SiteFields.RedirectHttp,
                Support.Unsupported,
                "other than `false`",
                s => s.RedirectHttp is not null,
                "`redirect_http: false`: PyServe has one listener"
            ),
            Capability.For<Site>(
                SiteFields.Http2,
                Support.Unsupported,
                "`true`",
                s => s.Http2,
                "`http2: false`: PyServe speaks HTTP/1.1 alone"
            ),
            Capability.For<Site>(
                SiteFields.Http3,
                Support.Unsupported,
                "`true`",
                s => s.Http3,
                "`http3: false`: PyServe speaks HTTP/1.1 alone"
            ),
            Capability.For<Site>(
                SiteFields.Compress,
                Support.Unsupported,
                "with codings",
                s => s.Compress.Count > 0,
                "compression in the application"
            ),
            Capability.For<SiteTls>(
                TlsFields.MinVersion,
                Support.Unsupported,
                "`1.3`",
                t => t.MinVersion == TlsVersion.Tls13,
                "`1.2`, which is the least that Python offers since 3.10"
            ),
            new(LogFields.Format, Support.Approximate, OwnLines),
            Capability.For<AccessLog>(LogFields.Output, Support.Unsupported, "`stderr`", l => l.Output == "stderr", "`stdout` or a file"),
            Capability.For<AccessLog>(
                LogFields.Output,
                Support.Approximate,
                "a file",
                l => l.Output.StartsWith('/'),
                "0.5.0 writes the lines of its start there, and all later ones to standard output"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Servers,
                Support.Unsupported,
                "other than one in service",
                u => u.Servers.Count(s => !s.Down) != 1,
                "one server; several behind a program that balances"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Unsupported,
                "by a cookie",
                u => u.Balance.Policy == BalancePolicy.Cookie,
                "no balance: there is one server"
            ),
            new(UpstreamFields.Balance, Support.Exact, "there is one server to choose from"),
            new(UpstreamFields.Retries, Support.Exact, "there is no other server to try"),
            new(UpstreamFields.ResponseHeaderTimeout, Support.Approximate, "PyServe gives up 30 s after the start of a request"),
            Capability.For<UpstreamServer>(
                ServerFields.MaxConns,
                Support.Unsupported,
                "other than 0",
                s => s.MaxConns > 0,
                "a limit in the upstream itself"
            ),
            new(ServerFields.Backup, Support.Exact, "there is one server, which is always used"),
            new(KeepaliveFields.Idle, Support.Approximate, "PyServe keeps up to 100 connections"),
            new(KeepaliveFields.Timeout, Support.Approximate, "PyServe keeps idle connections for 15 s"),
            new(BuffersFields.Read, Support.Approximate, "PyServe holds the whole response"),
            new(BuffersFields.Write, Support.Approximate, "PyServe holds the 4096 bytes that it reads of a request"),
            Capability.For<UpstreamTls>(
                UpstreamTlsFields.Verify,
                Support.Unsupported,
                "`false`",
                t => !t.Verify,
                "PyServe verifies by the system's authorities: add the upstream's to them"
            ),
            new(LimitsFields.Head, Support.Approximate, "PyServe cuts a request after 4096 bytes, head and body together (seen on 0.5.0)"),
            new(
                RouteFields.MaxBody,
                Support.Approximate,
                "PyServe cuts a request after 4096 bytes, head and body together, and knows no 413 (seen on 0.5.0)"
            ),
            new(
                RouteFields.WebSocket,
                Support.Approximate,
                "its documentation promises WebSocket, but 0.5.0 answers every upgrade with 400"
            ),
            Capability.For<Route>(
                RouteFields.Sse,
                Support.Approximate,
                "`true`",
                r => r.Proxy is { Sse: true },
                "PyServe holds a response until it is complete, or gives up after 30 s: events come at the end (seen on 0.5.0)"
            ),
            new(RouteFields.FlushInterval, Support.Approximate, "PyServe holds a response until it is complete"),
            Capability.For<Timeouts>(
                TimeoutsFields.Connect,
                Support.Approximate,
                "other than 10s",
                t => t.Connect != TimeSpan.FromSeconds(10),
                "PyServe waits 10 s for a connection"
            ),
            new(TimeoutsFields.Send, Support.Approximate, "PyServe gives up 30 s after the start of a request"),
            Capability.For<Timeouts>(
                TimeoutsFields.Read,
                Support.Approximate,
                "over 30s",
                t => t.Read > TimeSpan.FromSeconds(30),
                "PyServe gives up 30 s after the start of a request, with 504"
            ),
            new(
                TimeoutsFields.Read,
                Support.Approximate,
                "PyServe counts 30 s from the start of a request, not the silence of the upstream"
            ),
            Capability.For<Route>(
                RouteFields.Proxy,
                Support.Unsupported,
                "with a tunnel",
                r => r.Proxy?.Tunnel is not null,
                "`confgen serve`"
            ),
            Capability.For<Route>(
                RouteFields.Path,
                Support.Unsupported,
                "that stays in the target",
                r => r is { Proxy: not null, Path.IsEverything: false, Rewrite: null },
                "`strip_prefix: true`, or `path: /`: PyServe always cuts the prefix"
            ),
            Capability.For<Route>(
                RouteFields.Path,
                Support.Approximate,
                "other than `/`",
                r => r is { Proxy: not null, Path.IsEverything: false },
                "PyServe compares plain text with the path as it was sent: /apifoo goes to the rule for /api, as /foo, and /%61pi goes "
                    + "elsewhere"
            ),
            Capability.For<Route>(
                RouteFields.Exact,
                Support.Unsupported,
                "of another route than a redirect",
                r => r.Action is not RedirectAction,
                "`path: /` or a `path` with `strip_prefix: true`"
            ),
            Capability.For<Route>(
                RouteFields.Redirect,
                Support.Unsupported,
                "of a prefix or a regex",
                r => r.Path.Kind != PathMatcherKind.Exact,
                "one route with `exact` for each path"
            ),
            Capability.For<Route>(
                RouteFields.Redirect,
                Support.Unsupported,
                "with a status other than 302",
                r => r.Action is RedirectAction { Status: not 302 },
                "`status: 302`"
            ),
            Capability.For<Route>(
                RouteFields.Redirect,
                Support.Unsupported,
                "with placeholders",
                r => r.Action is RedirectAction redirect && redirect.To.Parts.Any(p => p.Literal is null),
                "a literal Location; PyServe appends the query by itself"
            ),
            new(RouteFields.Redirect, Support.Approximate, "PyServe appends the request's query to the Location"),
            Capability.For<Route>(
                RouteFields.Host,
                Support.Unsupported,
                "other than `upstream`",
                r => r.Proxy is { Host.Kind: not HostHeaderKind.Upstream },
                "`host: upstream`; the client's Host is in X-Forwarded-Host"
            ),
            Capability.For<Route>(
                RouteFields.RewriteResponse,
                Support.Unsupported,
                "other than `off`",
                r => r.Proxy?.ResponseRewrite is not null,
                "`off`: PyServe passes the fields of responses on as they come"
            ),
            Capability.For<Route>(
                RouteFields.Transparent,
                Support.Unsupported,
                "`true`",
                r => r.Transparent,
                "an ordinary route, if the upstream bears a query that is decoded and put together anew"
            ),
        ];

    private static IEnumerable<Capability> Never() =>
        [
            .. Unsupported("leave it out: PyServe passes X-Forwarded-For on as it comes, from anybody", SpecFields.TrustedProxies),
            .. Unsupported(
                "list one server: PyServe asks no DNS for SRV records",
                UpstreamFields.Discover,
                DiscoverFields.Srv,
                DiscoverFields.Refresh,
                BalanceFields.Cookie
            ),
            .. Unsupported(
                "none: an upstream that is down gets its requests, which end in 502",
                UpstreamFields.Health,
                HealthFields.Active,
                ActiveHealthFields.Path,
                ActiveHealthFields.Interval,
                ActiveHealthFields.Timeout,
                ActiveHealthFields.Status,
                HealthFields.Passive,
                PassiveHealthFields.MaxFails,
                PassiveHealthFields.FailFor,
                PassiveHealthFields.Status,
                PassiveHealthFields.Latency
            ),
            .. Unsupported(
                "PyServe verifies by the system's authorities and the server's host, and shows no certificate",
                UpstreamTlsFields.Ca,
                UpstreamTlsFields.ServerName,
                UpstreamTlsFields.Cert,
                UpstreamTlsFields.Key
            ),
            .. Unsupported(
                "leave it out, and let the application send the headers",
                SiteFields.Headers,
                RouteFields.Headers,
                RouteFields.CacheControl,
                HeadersFields.Request,
                HeadersFields.Response,
                HeaderRulesFields.On,
                HeaderRulesFields.Set,
                HeaderRulesFields.Add,
                HeaderRulesFields.Remove,
                RouteFields.Cors,
                CorsFields.Origins,
                CorsFields.Methods,
                CorsFields.Headers,
                CorsFields.ExposeHeaders,
                CorsFields.Credentials,
                CorsFields.MaxAge,
                SiteFields.Hsts,
                HstsFields.MaxAge,
                HstsFields.IncludeSubdomains,
                HstsFields.Preload
            ),
            .. Unsupported(
                "limit in the application, or build for nginx or `confgen serve`",
                RouteFields.RateLimit,
                RateLimitFields.Rate,
                RateLimitFields.Burst,
                RateLimitFields.Key,
                RateLimitKeyFields.Header
            ),
            .. Unsupported(
                "guard in the application, or build for nginx, Caddy or `confgen serve`",
                RouteFields.BasicAuth,
                BasicAuthFields.Realm,
                BasicAuthFields.Users,
                BasicAuthFields.File,
                RouteFields.Allow,
                RouteFields.Deny,
                RouteFields.ForwardAuth,
                ForwardAuthFields.Url,
                ForwardAuthFields.CopyHeaders
            ),
            .. Unsupported(
                "leave it out: PyServe has HTML pages of its own, from its templates_dir",
                RouteFields.Errors,
                ErrorsFields.Intercept,
                ErrorPageFields.File,
                ErrorPageFields.Body,
                ErrorPageFields.ContentType,
                ErrorPageFields.Proxy,
                ErrorPageFields.Status
            ),
            .. Unsupported("`tls: { cert: ..., key: ... }`, with files that another program renews", TlsFields.From),
            .. Unsupported("leave it out: Python's own choice holds", TlsFields.Ciphers),
            .. Unsupported("ask for client certificates in a program before PyServe", TlsFields.ClientCa),
            .. Unsupported("`redirect_http: false`: PyServe has one listener", RedirectHttpFields.Port, RedirectHttpFields.Status),
            .. Unsupported(
                "a `path` with `strip_prefix: true`",
                RouteFields.Regex,
                RouteFields.ReplacePrefix,
                RouteFields.AddPrefix,
                RouteFields.Rewrite,
                RewriteFields.Regex,
                RewriteFields.To
            ),
            .. Unsupported(
                "leave it out: PyServe passes the fields of responses on as they come",
                RewriteResponseFields.Location,
                RewriteResponseFields.CookiePath,
                RewriteResponseFields.CookieDomain
            ),
            .. Unsupported(
                "PyServe tells requests apart by their path alone",
                RouteFields.Match,
                MatchFields.Method,
                MatchFields.Header,
                MatchFields.Query
            ),
            .. Unsupported(
                "proxy to the application: PyServe has no fixed responses",
                RouteFields.Respond,
                RespondFields.Status,
                RespondFields.Body,
                RespondFields.ContentType
            ),
            .. Unsupported(
                "proxy to a file server: PyServe's own gives out files from outside its folder",
                RouteFields.Files,
                FilesFields.Root,
                FilesFields.Index,
                FilesFields.Try,
                FilesFields.Browse,
                FilesFields.Precompressed
            ),
            .. Unsupported("log at the site", RouteFields.Log),
        ];

    private static IEnumerable<Capability> Always() =>
        Exact([
            SpecFields.Version,
            SpecFields.Include,
            SpecFields.Defaults,
            SpecFields.Upstreams,
            SpecFields.Sites,
            SpecFields.Tunnels,
            SpecFields.Targets,
            SpecFields.Lint,
            SpecFields.Tests,
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
            UpstreamFields.Servers,
            UpstreamFields.Keepalive,
            UpstreamFields.Tls,
            UpstreamFields.Buffers,
            ServerFields.Url,
            ServerFields.Weight,
            ServerFields.MaxConns,
            ServerFields.Down,
            BalanceFields.Header,
            UpstreamTlsFields.Verify,
            SiteFields.Host,
            SiteFields.Listen,
            SiteFields.Tls,
            SiteFields.RedirectHttp,
            SiteFields.Http2,
            SiteFields.Http3,
            SiteFields.Compress,
            SiteFields.Log,
            SiteFields.Limits,
            SiteFields.Routes,
            TlsFields.Cert,
            TlsFields.Key,
            TlsFields.MinVersion,
            LogFields.Output,
            RouteFields.Path,
            RouteFields.Exact,
            RouteFields.Proxy,
            RouteFields.Sse,
            RouteFields.StripPrefix,
            RouteFields.Host,
            RouteFields.Transparent,
            RouteFields.RewriteResponse,
            RouteFields.Timeouts,
            TimeoutsFields.Connect,
            RedirectFields.To,
            RedirectFields.Status,
        ]);

    private static IEnumerable<Capability> Exact(params IReadOnlyList<Field> fields) =>
        fields.Select(f => new Capability(f, Support.Exact));

    private static IEnumerable<Capability> Unsupported(string nearest, params IReadOnlyList<Field> fields) =>
        fields.Select(f => new Capability(f, Support.Unsupported, nearest));
}
