using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using static Confgen.Compiler.Rendering.Capability;

namespace Confgen.Targets.Apache;

internal static partial class ApacheCapabilities
{
    private const string NotOff = "but `off`";

    private static IEnumerable<Capability> NotAtAll() =>
        [
            OffAlone<Site>(SiteFields.Http3, static site => site.Http3, "`true`", "httpd has no HTTP/3"),
            OffAlone<Site>(SiteFields.Compress, static site => site.Compress.Count > 0, "with codings", "let the upstream compress"),
            OffAlone<Site>(
                SiteFields.Log,
                static site => site.Log is { Format: AccessLogFormat.Json },
                "as `json`",
                "httpd's logs escape texts otherwise than JSON does: write `combined`"
            ),
            OffAlone<AccessLog>(
                LogFields.Format,
                static log => log.Format == AccessLogFormat.Json,
                "`json`",
                "httpd's logs escape texts otherwise than JSON does: write `combined`"
            ),
            OffAlone<Route>(
                RouteFields.Log,
                static route => route.Log is { Format: not AccessLogFormat.Off },
                NotOff,
                "give the site the log, and `off` to other routes"
            ),
            OffAlone<Route>(
                RouteFields.RateLimit,
                static route => route.RateLimit is not null,
                NotOff,
                "httpd counts no requests: let the upstream count"
            ),
            OffAlone<Route>(RouteFields.ForwardAuth, static route => route.ForwardAuth is not null, NotOff, "let the upstream ask"),
            OffAlone<Route>(RouteFields.Cors, static route => route.Cors is not null, NotOff, "let the upstream say it"),
            .. Unsupported(
                "put a server of files behind httpd, or build for nginx or Caddy",
                RouteFields.Files,
                RouteFields.FilesFirst,
                FilesFields.Root,
                FilesFields.Index,
                FilesFields.Try,
                FilesFields.Browse,
                FilesFields.Precompressed,
                FilesFirstFields.Root,
                FilesFirstFields.Try,
                FilesFirstFields.Precompressed
            ),
            .. Unsupported(
                "let the upstream write its public URLs, or build for nginx or Caddy",
                RouteFields.RewriteResponse,
                RewriteResponseFields.Location,
                RewriteResponseFields.CookiePath,
                RewriteResponseFields.CookieDomain
            ),
            .. Unsupported(
                "errors have an empty body here; build for nginx or Caddy",
                RouteFields.Errors,
                ErrorsFields.Intercept,
                ErrorPageFields.File,
                ErrorPageFields.Body,
                ErrorPageFields.ContentType,
                ErrorPageFields.Proxy,
                ErrorPageFields.Status
            ),
            .. Unsupported(
                "httpd counts no requests: let the upstream count, or build for nginx",
                RateLimitFields.Rate,
                RateLimitFields.Burst,
                RateLimitFields.Key,
                RateLimitKeyFields.Header
            ),
            .. Unsupported(
                "httpd can't ask a server before it forwards: build for nginx or Caddy",
                ForwardAuthFields.Url,
                ForwardAuthFields.Tls,
                ForwardAuthFields.CopyHeaders,
                ForwardAuthFields.SignIn
            ),
            .. Unsupported(
                "let the upstream say it, or build for nginx or Caddy",
                CorsFields.Origins,
                CorsFields.Methods,
                CorsFields.Headers,
                CorsFields.ExposeHeaders,
                CorsFields.Credentials,
                CorsFields.MaxAge
            ),
            .. Unsupported(
                "build for nginx or Caddy, or put one of them in front of the scripts and `proxy` to it",
                RouteFields.FastCgi,
                FastCgiFields.Server,
                FastCgiFields.Root,
                FastCgiFields.LocalRoot,
                FastCgiFields.Index,
                FastCgiFields.Split,
                FastCgiFields.FrontController,
                FastCgiFields.Params
            ),
            .. Unsupported("list the servers", UpstreamFields.Discover, DiscoverFields.Srv, DiscoverFields.Refresh),
            .. Unsupported("balance by `round_robin`, `first` or `least_conn`", BalanceFields.Header, BalanceFields.Cookie),
            .. Unsupported("httpd limits connections for each of its processes: let the server refuse", ServerFields.MaxConns),
            .. Unsupported("httpd passes on what the server responded: leave it out", UpstreamFields.RetryOn),
            .. Unsupported("use timeouts.read, or health.active", PassiveHealthFields.Latency),
            .. Unsupported("buffers have httpd's own sizes", UpstreamFields.Buffers, BuffersFields.Read, BuffersFields.Write),
            .. Unsupported("httpd takes the name from the Host that it sends: write `host: upstream`", UpstreamTlsFields.ServerName),
            .. Unsupported("let the server ask for no certificate", UpstreamTlsFields.Cert, UpstreamTlsFields.Key),
            .. Unsupported(
                "httpd passes on HTTP alone: build for nginx or HAProxy, or run `confgen serve`",
                [SpecFields.Streams, .. StreamFields.All]
            ),
            .. Unsupported(
                "tunnels are V2Ray's and `confgen serve`'s",
                SpecFields.Tunnels,
                TunnelFields.Portal,
                TunnelFields.Bridge,
                TunnelFields.Domain,
                TunnelFields.Secret,
                TunnelFields.Id,
                PortalFields.Listen,
                PortalFields.Public,
                PortalFields.Entry,
                PortalFields.Tls,
                PortalTlsFields.Cert,
                PortalTlsFields.Key,
                BridgeFields.Forward,
                BridgeFields.Connections,
                BridgeFields.Ca
            ),
        ];

    // What httpd can't do may be switched off.
    private static Capability OffAlone<T>(Field field, Func<T, bool> isOn, string condition, string note)
        where T : SpecNode => Capability.For(field, Support.Unsupported, condition, isOn, note);
}
