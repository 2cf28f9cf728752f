using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.PyServe;

internal static partial class PyServeCapabilities
{
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
            new(UpstreamFields.RetryOn, Support.Exact, "there is no other server to try"),
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
}
