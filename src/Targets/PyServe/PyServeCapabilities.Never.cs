using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using static Confgen.Compiler.Rendering.Capability;

namespace Confgen.Targets.PyServe;

internal static partial class PyServeCapabilities
{
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
                RouteFields.Satisfy,
                RouteFields.ForwardAuth,
                ForwardAuthFields.Url,
                ForwardAuthFields.Tls,
                ForwardAuthFields.CopyHeaders,
                ForwardAuthFields.SignIn
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
                MatchFields.Not,
                ConditionFields.Regex
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
            .. Unsupported(
                "put nginx or Caddy in front of the scripts and `proxy` to it: PyServe speaks HTTP alone",
                RouteFields.FastCgi,
                FastCgiFields.Server,
                FastCgiFields.Root,
                FastCgiFields.LocalRoot,
                FastCgiFields.Index,
                FastCgiFields.Split,
                FastCgiFields.FrontController,
                FastCgiFields.Params
            ),
            .. Unsupported("log at the site", RouteFields.Log),
        ];
}
