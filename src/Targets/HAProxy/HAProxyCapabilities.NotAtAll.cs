using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using static Confgen.Compiler.Rendering.Capability;

namespace Confgen.Targets.HAProxy;

internal static partial class HAProxyCapabilities
{
    private static IEnumerable<Capability> NotAtAll() =>
        [
            OffAlone<Site>(SiteFields.Http3, static site => site.Http3, "`true`", "HAProxy needs a build with QUIC, which Debian's isn't"),
            OffAlone<Site>(SiteFields.Compress, static site => site.Compress.Count > 0, "with codings", "let the upstream compress"),
            OffAlone<Site>(SiteFields.Log, static site => site.Log is { Format: not AccessLogFormat.Off }, NotOff, "let the upstream log"),
            OffAlone<Route>(
                RouteFields.Log,
                static route => route.Log is { Format: not AccessLogFormat.Off },
                NotOff,
                "let the upstream log"
            ),
            OffAlone<Route>(RouteFields.RateLimit, static route => route.RateLimit is not null, NotOff, "let the upstream count"),
            OffAlone<Route>(RouteFields.BasicAuth, static route => route.BasicAuth is not null, NotOff, "restrict the route by `allow`"),
            OffAlone<Route>(RouteFields.ForwardAuth, static route => route.ForwardAuth is not null, NotOff, "let the upstream ask"),
            OffAlone<Route>(RouteFields.Cors, static route => route.Cors is not null, NotOff, "let the upstream say it"),
            .. Unsupported(
                Files,
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
            .. Unsupported("the upstream can log requests, or build for nginx or Caddy", LogFields.Format, LogFields.Output),
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
                "let the upstream count, or build for nginx",
                RateLimitFields.Rate,
                RateLimitFields.Burst,
                RateLimitFields.Key,
                RateLimitKeyFields.Header
            ),
            .. Unsupported(
                "restrict the route by `allow`, or build for nginx or Caddy",
                BasicAuthFields.Realm,
                BasicAuthFields.Users,
                BasicAuthFields.File
            ),
            .. Unsupported(
                "HAProxy can't ask a server before it forwards: build for nginx or Caddy",
                ForwardAuthFields.Url,
                ForwardAuthFields.CopyHeaders
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
            .. Unsupported("list the servers", UpstreamFields.Discover, DiscoverFields.Srv, DiscoverFields.Refresh),
            .. Unsupported("balance by `ip_hash` or by a header", BalanceFields.Cookie),
            .. Unsupported(
                "use health.active, which asks the servers",
                HealthFields.Passive,
                PassiveHealthFields.MaxFails,
                PassiveHealthFields.FailFor,
                PassiveHealthFields.Status,
                PassiveHealthFields.Latency
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

    // What HAProxy can't do yet may be switched off.
    private static Capability OffAlone<T>(Field field, Func<T, bool> isOn, string condition, string note)
        where T : SpecNode => Capability.For(field, Support.Unsupported, condition, isOn, note);
}
