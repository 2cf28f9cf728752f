using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Targets.Serve;

/// <summary>What <c>confgen serve</c> honours of each field.</summary>
internal static class ServeCapabilities
{
    /// <summary>The table.</summary>
    public static CapabilityTable Table { get; } = new(
        [
            Capability.For<Site>(SiteFields.Tls, Support.Unsupported, "`auto`", static site => site.Tls?.Source == CertificateSource.Auto,
                "name certificate files under `tls`, or write `tls: internal` for development: confgen serve has no ACME client yet"),
            new(SiteFields.Http3, Support.Exact, "where the system has libmsquic; a notice says so where it hasn't"),
            .. Elsewhere(SpecFields.Targets, TunnelFields.Domain, TunnelFields.Id, PortalFields.Entry),
            .. Exact([
                SpecFields.Version, SpecFields.Include, SpecFields.Defaults, SpecFields.TrustedProxies, SpecFields.Upstreams,
                SpecFields.Sites, SpecFields.Tunnels, SpecFields.Lint, SpecFields.Tests,
                RouteFields.Path, RouteFields.Exact, RouteFields.Regex, RouteFields.Match, RouteFields.Proxy, RouteFields.Respond,
                RouteFields.Files, RouteFields.Redirect, RouteFields.Sse, RouteFields.StripPrefix, RouteFields.ReplacePrefix,
                RouteFields.AddPrefix, RouteFields.Rewrite, RouteFields.Transparent, RouteFields.Host, RouteFields.FlushInterval,
                RouteFields.Headers, RouteFields.CacheControl, RouteFields.Log, RouteFields.Timeouts, RouteFields.MaxBody,
                RouteFields.WebSocket, RouteFields.Errors, RouteFields.RateLimit, RouteFields.BasicAuth, RouteFields.Allow,
                RouteFields.Deny, RouteFields.ForwardAuth, RouteFields.Cors,
                SiteFields.Host, SiteFields.Listen, SiteFields.Tls, SiteFields.RedirectHttp, SiteFields.Hsts, SiteFields.Http2,
                SiteFields.Http3, SiteFields.Compress, SiteFields.Log, SiteFields.Headers, SiteFields.Limits, SiteFields.Routes,
                TimeoutsFields.Connect, TimeoutsFields.Send, TimeoutsFields.Read,
                LimitsFields.Head,
                UpstreamFields.Servers, UpstreamFields.Discover, UpstreamFields.Balance, UpstreamFields.Health,
                UpstreamFields.Retries, UpstreamFields.Keepalive, UpstreamFields.Tls, UpstreamFields.Buffers,
                UpstreamFields.ResponseHeaderTimeout,
                ServerFields.Url, ServerFields.Weight, ServerFields.MaxConns, ServerFields.Backup, ServerFields.Down,
                DiscoverFields.Srv, DiscoverFields.Refresh,
                BalanceFields.Header, BalanceFields.Cookie,
                HealthFields.Active, HealthFields.Passive,
                ActiveHealthFields.Path, ActiveHealthFields.Interval, ActiveHealthFields.Timeout, ActiveHealthFields.Status,
                PassiveHealthFields.MaxFails, PassiveHealthFields.FailFor, PassiveHealthFields.Status, PassiveHealthFields.Latency,
                KeepaliveFields.Idle, KeepaliveFields.Timeout,
                UpstreamTlsFields.Verify, UpstreamTlsFields.Ca, UpstreamTlsFields.ServerName, UpstreamTlsFields.Cert,
                UpstreamTlsFields.Key,
                BuffersFields.Read, BuffersFields.Write,
                TlsFields.Cert, TlsFields.Key, TlsFields.From, TlsFields.MinVersion, TlsFields.Ciphers, TlsFields.ClientCa,
                RedirectHttpFields.Port, RedirectHttpFields.Status,
                HstsFields.MaxAge, HstsFields.IncludeSubdomains, HstsFields.Preload,
                LogFields.Format, LogFields.Output,
                HeadersFields.Request, HeadersFields.Response,
                HeaderRulesFields.Set, HeaderRulesFields.Add, HeaderRulesFields.Remove,
                MatchFields.Method, MatchFields.Header, MatchFields.Query,
                RespondFields.Status, RespondFields.Body, RespondFields.ContentType,
                FilesFields.Root, FilesFields.Index, FilesFields.Try, FilesFields.Browse, FilesFields.Precompressed,
                RedirectFields.To, RedirectFields.Status,
                RewriteFields.Regex, RewriteFields.To,
                ErrorsFields.Intercept,
                ErrorPageFields.File, ErrorPageFields.Body, ErrorPageFields.ContentType, ErrorPageFields.Proxy,
                ErrorPageFields.Status,
                RateLimitFields.Rate, RateLimitFields.Burst, RateLimitFields.Key,
                RateLimitKeyFields.Header,
                BasicAuthFields.Realm, BasicAuthFields.Users, BasicAuthFields.File,
                ForwardAuthFields.Url, ForwardAuthFields.CopyHeaders,
                CorsFields.Origins, CorsFields.Methods, CorsFields.Headers, CorsFields.ExposeHeaders, CorsFields.Credentials,
                CorsFields.MaxAge,
                TunnelFields.Portal, TunnelFields.Bridge, TunnelFields.Secret,
                PortalFields.Listen, PortalFields.Public, PortalFields.Tls,
                PortalTlsFields.Cert, PortalTlsFields.Key,
                BridgeFields.Forward, BridgeFields.Connections, BridgeFields.Ca,
                .. TestFields.Methods, TestFields.Request, TestFields.Method, TestFields.Headers, TestFields.From, TestFields.Body,
                TestFields.Expect,
                ExpectFields.Status, ExpectFields.Upstream, ExpectFields.Target, ExpectFields.Route, ExpectFields.Location,
                ExpectFields.Headers, ExpectFields.UpstreamHeaders]),
        ]);

    private static IEnumerable<Capability> Exact(params IReadOnlyList<Field> fields) => fields.Select(static field => new Capability(field, Support.Exact));

    private static IEnumerable<Capability> Elsewhere(params IReadOnlyList<Field> fields) => fields.Select(static field => new Capability(field, Support.Elsewhere));
}
