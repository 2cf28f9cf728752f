using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.Apache;

internal static partial class ApacheCapabilities
{
    private static readonly int[] KnownStatuses =
    [
        .. Enumerable.Range(200, 9),
        226,
        .. Enumerable.Range(300, 6),
        307,
        308,
        .. Enumerable.Range(400, 18),
        .. Enumerable.Range(421, 4),
        426,
        428,
        429,
        431,
        451,
        .. Enumerable.Range(500, 9),
        510,
        511,
    ];

    private static bool IsRelative(RedirectAction redirect) =>
        redirect.To.Parts is [{ Literal: ['/', ..] }, ..] or [{ Literal: null, Placeholder: Model.Templates.Placeholder.Uri }, ..];

    private static IEnumerable<Capability> Partly() =>
        [
            Capability.For<Spec>(
                SpecFields.TrustedProxies,
                Support.Unsupported,
                "`unix`",
                static spec => spec.TrustsUnixPeers,
                "httpd listens at no unix socket"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "`auto` or `internal`",
                static site => site.Tls is { Source: not CertificateSource.Files },
                "let certbot or lego write files, and give `tls: { cert: ..., key: ... }`"
            ),
            Capability.For<SiteTls>(
                TlsFields.From,
                Support.Unsupported,
                "`auto` or `internal`",
                static tls => tls.Source != CertificateSource.Files,
                "give `cert` and `key`"
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
            Capability.For<Route>(
                RouteFields.Respond,
                Support.Unsupported,
                "`close`",
                static route => route.Action is CloseAction,
                "httpd closes no connection without a response: respond with a status"
            ),
            Capability.For<ProxyAction>(
                RouteFields.FlushInterval,
                Support.Approximate,
                "over zero",
                static proxy => proxy.FlushInterval > TimeSpan.Zero,
                "each piece is passed on as it comes"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Unsupported,
                "but `round_robin`, `first` and `least_conn`",
                static upstream =>
                    upstream.Balance.Policy is not (BalancePolicy.RoundRobin or BalancePolicy.First or BalancePolicy.LeastConn),
                "balance by `round_robin`, `first` or `least_conn`"
            ),
            Capability.For<Route>(
                RouteFields.WebSocket,
                Support.Approximate,
                "`auto` or `true`, with timeouts.read under 60s",
                static route =>
                    route.Proxy is { WebSocket: not WebSocketMode.Never } proxy && proxy.UpgradedTimeout < TimeSpan.FromSeconds(60),
                "an upgraded connection may idle for 60s at least"
            ),
            Capability.For<RedirectAction>(
                RedirectFields.To,
                Support.Approximate,
                "without a scheme and a host",
                static redirect => IsRelative(redirect),
                "the Location has the client's scheme and host in front"
            ),
            Capability.For<Route>(
                RouteFields.Redirect,
                Support.Approximate,
                "without a scheme and a host",
                static route => route.Action is RedirectAction redirect && IsRelative(redirect),
                "the Location has the client's scheme and host in front"
            ),
            Capability.For<RespondAction>(
                RespondFields.Status,
                Support.Unsupported,
                "that httpd doesn't know, as 418, with a body",
                static respond => respond.Body.Length > 0 && !KnownStatuses.Contains(respond.Status),
                "respond with another status, or without a body"
            ),
            Capability.For<PassiveHealth>(
                PassiveHealthFields.MaxFails,
                Support.Approximate,
                "over 1",
                static passive => passive.MaxFails > 1,
                "the first failure puts a server to rest"
            ),
            new(PassiveHealthFields.MaxFails, Support.Exact),
            .. new[] { BasicAuthFields.Users, BasicAuthFields.File }.Select(static f => new Capability(
                f,
                Support.Exact,
                "the files of users are written for their owner alone, but the user that httpd handles requests as must read them, or "
                    + "everybody gets 500: `install -d -m 2750 -g www-data out/apache/htpasswd` before the first build"
            )),
            new(RouteFields.MaxBody, Support.Approximate, "httpd reads the length that the head tells: a body in chunks isn't counted"),
            new(UpstreamFields.Retries, Support.Approximate, "a request whose bytes were sent is never sent again"),
            new(HeaderRulesFields.Add, Support.Approximate, "a line stands before those of the same name that the server sent"),
            new(MatchFields.Cookie, Support.Approximate, "several Cookie fields of HTTP/1.1 are read as one, joined by a comma"),
            new(MatchFields.Header, Support.Approximate, "lines of one name are one, joined by commas, and an empty line is none"),
            new(TimeoutsFields.Send, Support.Approximate, "httpd has one time-out for reading and writing: timeouts.read"),
            new(LimitsFields.Head, Support.Approximate, "httpd limits the request line and each field; a field over it gets 400"),
            new(
                UpstreamFields.ResponseHeaderTimeout,
                Support.Approximate,
                "httpd has one time-out for the head and for the body: the head is waited for as long as timeouts.read"
            ),
            new(ActiveHealthFields.Timeout, Support.Approximate, "a probe waits as long as timeouts.read"),
            new(KeepaliveFields.Idle, Support.Approximate, "each process of httpd keeps so many for each server"),
            new(KeepaliveFields.Timeout, Support.Approximate, "connections beyond `idle` alone are closed after it"),
        ];
}
