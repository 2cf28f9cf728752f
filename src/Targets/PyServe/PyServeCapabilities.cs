using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Targets.PyServe;

/// <summary>What PyServe honours of each field. All of it was tried on 0.5.0; 0.4.1 and 0.4.2 differ where a version is named.</summary>
internal static partial class PyServeCapabilities
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
                MatchFields.Query,
                MatchFields.Cookie,
                MatchFields.Client,
                MatchFields.Not
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
                FilesFields.Precompressed,
                RouteFields.FilesFirst,
                FilesFirstFields.Root,
                FilesFirstFields.Try,
                FilesFirstFields.Precompressed
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
