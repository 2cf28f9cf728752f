using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using static Confgen.Compiler.Rendering.Capability;
using static Confgen.Targets.HAProxy.HAProxyDifferences;

namespace Confgen.Targets.HAProxy;

/// <summary>How far HAProxy honours each field of the language. What depends on several fields is found by <see cref="HAProxyChecks"/>.
/// </summary>
internal static partial class HAProxyCapabilities
{
    private const string NotOff = "but `off`";
    private const string Files = "HAProxy serves no files: put a web server behind it, or run `confgen serve`";

    public static readonly CapabilityTable Table = new(
        [
            HostOfMany,
            VerifiedAddress,
            NamedServer,
            BackupUnasked,
            TrailingStar,
            MixedHeads,
            OtherKey,
            OtherClientKey,
            GuardedReadings,
            .. Partly(),
            .. NotAtAll(),
            .. Exact([
                SpecFields.Version,
                SpecFields.Include,
                SpecFields.Defaults,
                SpecFields.TrustedProxies,
                SpecFields.Upstreams,
                SpecFields.Sites,
                SpecFields.Targets,
                SpecFields.Lint,
                SpecFields.Tests,
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
                RouteFields.Transparent,
                RouteFields.Host,
                RouteFields.FlushInterval,
                RouteFields.Headers,
                RouteFields.CacheControl,
                RouteFields.Timeouts,
                RouteFields.WebSocket,
                RouteFields.Log,
                RouteFields.RateLimit,
                RouteFields.BasicAuth,
                RouteFields.ForwardAuth,
                RouteFields.Cors,
                RouteFields.Allow,
                RouteFields.Deny,
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
                SiteFields.Limits,
                SiteFields.Routes,
                TimeoutsFields.Connect,
                TimeoutsFields.Read,
                UpstreamFields.Servers,
                UpstreamFields.Balance,
                UpstreamFields.Health,
                UpstreamFields.Retries,
                UpstreamFields.Keepalive,
                UpstreamFields.Tls,
                UpstreamFields.Buffers,
                ServerFields.Url,
                ServerFields.Weight,
                ServerFields.Backup,
                ServerFields.Down,
                BalanceFields.Header,
                HealthFields.Active,
                ActiveHealthFields.Path,
                ActiveHealthFields.Interval,
                ActiveHealthFields.Timeout,
                ActiveHealthFields.Status,
                UpstreamTlsFields.Verify,
                UpstreamTlsFields.Ca,
                UpstreamTlsFields.ServerName,
                UpstreamTlsFields.Cert,
                UpstreamTlsFields.Key,
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
                HeadersFields.Request,
                HeadersFields.Response,
                HeaderRulesFields.On,
                HeaderRulesFields.Set,
                HeaderRulesFields.Add,
                HeaderRulesFields.Remove,
                MatchFields.Method,
                MatchFields.Header,
                MatchFields.Query,
                MatchFields.Cookie,
                MatchFields.Client,
                MatchFields.Not,
                RespondFields.Status,
                RespondFields.Body,
                RespondFields.ContentType,
                RedirectFields.To,
                RedirectFields.Status,
                RewriteFields.Regex,
                RewriteFields.To,
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
        HAProxyNotes.All
    );

    private static IEnumerable<Capability> Partly() =>
        [
            Capability.For<Spec>(
                SpecFields.TrustedProxies,
                Support.Unsupported,
                "`unix`",
                static spec => spec.TrustsUnixPeers,
                "HAProxy trusts peers for their address, which those on unix sockets don't have"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "`auto` or `internal`",
                static site => site.Tls is { Source: not CertificateSource.Files },
                "HAProxy gets no certificates by itself: let certbot or lego write files, and give `tls: { cert: ..., key: ... }`"
            ),
            Capability.For<SiteTls>(
                TlsFields.From,
                Support.Unsupported,
                "`auto` or `internal`",
                static tls => tls.Source != CertificateSource.Files,
                "HAProxy gets no certificates by itself: give `cert` and `key`"
            ),
            Capability.For<Site>(
                SiteFields.Listen,
                Support.Unsupported,
                "of a unix socket",
                static site => site.Listen.Any(static listen => listen.SocketPath is not null),
                "listen at a port of 127.0.0.1"
            ),
            Capability.For<ProxyAction>(
                RouteFields.Proxy,
                Support.Unsupported,
                "with a tunnel",
                static proxy => proxy.Tunnel is not null,
                "forward to the entry of V2Ray's portal by its address, or build for nginx or Caddy"
            ),
            Capability.For<Route>(
                RouteFields.Proxy,
                Support.Unsupported,
                "with a tunnel",
                static route => route.Proxy?.Tunnel is not null,
                "forward to the entry of V2Ray's portal by its address, or build for nginx or Caddy"
            ),
            Capability.For<ProxyAction>(
                RouteFields.FlushInterval,
                Support.Approximate,
                "over zero",
                static proxy => proxy.FlushInterval > TimeSpan.Zero,
                "HAProxy has no interval: each piece is passed on as it comes"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Unsupported,
                "by a cookie",
                static upstream => upstream.Balance.Policy == BalancePolicy.Cookie,
                "balance by `ip_hash`, or by a header that the client sends with each request"
            ),
            new(RouteFields.MaxBody, Support.Approximate, "HAProxy reads the length that the head tells: a body in chunks isn't counted"),
            new(TimeoutsFields.Send, Support.Approximate, "HAProxy has one time-out for reading and writing: timeouts.read"),
            new(LimitsFields.Head, Support.Approximate, "a head over it gets 431, one over a buffer, which has 8 KiB more, 400"),
            new(
                UpstreamFields.ResponseHeaderTimeout,
                Support.Approximate,
                "HAProxy has one time-out for the head and for the body: the head is waited for as long as timeouts.read"
            ),
            new(
                ServerFields.MaxConns,
                Support.Approximate,
                "a request beyond it waits for a connection as long as timeouts.connect, then gets 502"
            ),
            new(
                KeepaliveFields.Idle,
                Support.Approximate,
                "HAProxy keeps so many for each server, and a client's first request uses a kept connection only where one was used again "
                    + "before"
            ),
            new(KeepaliveFields.Timeout, Support.Approximate, "HAProxy closes half of what it doesn't need after each such time"),
            new(BuffersFields.Read, Support.Approximate, "HAProxy has buffers of one size: that of the largest"),
            new(BuffersFields.Write, Support.Approximate, "HAProxy has buffers of one size: that of the largest"),
        ];
}
