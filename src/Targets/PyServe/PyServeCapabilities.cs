using Confgen.Compiler.Rendering;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.PyServe;

/// <summary>What PyServe honours of each field. All of it was tried on 0.5.0; 0.4.1 and 0.4.2 differ where a version is named.</summary>
internal static class PyServeCapabilities
{
    private const string OwnLines = "PyServe writes lines of its own about each request; 0.5.0 does so whatever its configuration says, and on standard output";

    // These depend on several nodes; PyServeCheck reports them.
    public static readonly Capability OneSite = new("spec.sites", Support.Unsupported, "keep one site with `host: _`: PyServe has one listener and doesn't look at the host")
    {
        Condition = "other than one",
    };

    public static readonly Capability ImplicitRedirect = new("site.tls", Support.Unsupported, "add `redirect_http: false`: PyServe has one listener, so plain requests need another program")
    {
        Condition = "with the redirect from port 80 that it brings",
    };

    public static readonly Capability OnlyHttp = new("server.url", Support.Unsupported, "an http:// or https:// server")
    {
        Condition = "of a socket or with h2c",
    };

    public static readonly Capability RedirectBehindRule = new("route.redirect", Support.Unsupported, "PyServe asks its rules before its redirects: redirect in the application, or move the route that takes this path")
    {
        Condition = "of a path that a proxied route takes",
    };

    public static readonly Capability OpenFileSystem = new("site.routes", Support.Unsupported, "add a route `path: /`, or render for 0.5: before it PyServe sends any file of its machine to who asks for `/../`, and that can't be switched off")
    {
        Condition = "without one for `/`",
        Versions = new VersionRange(Until: PyServeTarget.Extensions),
    };

    /// <summary>The table.</summary>
    public static CapabilityTable Table { get; } = new(
        [.. Partly(), .. Never(), .. Always()],
        new ProgramNote(VersionRange.All, "a request is cut after 4096 bytes, head and body together; query values that are empty are dropped; of several Set-Cookie lines only the last reaches the client (seen on 0.5.0)", LosesData: true),
        new ProgramNote(VersionRange.All, "the upstream sees its own address as Host, X-Forwarded-For as the client sent it or 'unknown', and X-Forwarded-Proto of the upstream's connection (seen on 0.5.0)"),
        new ProgramNote(VersionRange.All, "HTTP/1.1 alone, a connection for each request; an answer is held until it is complete, and given up after 30 s (seen on 0.5.0)"),
        new ProgramNote(VersionRange.All, "errors have HTML pages as bodies, and a target with `..` is answered with 502, before 0.5 it is passed on"));

    private static IEnumerable<Capability> Partly() =>
    [
        OneSite, ImplicitRedirect, OnlyHttp, RedirectBehindRule, OpenFileSystem,

        Capability.For<Site>("site.host", Support.Unsupported, "other than `_`", s => s.Hosts is not [{ Kind: HostPatternKind.Any }], "`host: _`: PyServe answers every host alike"),
        Capability.For<Site>("site.listen", Support.Unsupported, "other than one port", s => s.Listen is not [{ SocketPath: null }], "one port"),
        Capability.For<Site>("site.tls", Support.Unsupported, "without files", s => s.Tls is { Source: not CertificateSource.Files }, "`tls: { cert: ..., key: ... }`, with files that another program renews"),
        Capability.For<Site>("site.redirect_http", Support.Unsupported, "other than `false`", s => s.RedirectHttp is not null, "`redirect_http: false`: PyServe has one listener"),
        Capability.For<Site>("site.http2", Support.Unsupported, "`true`", s => s.Http2, "`http2: false`: PyServe speaks HTTP/1.1 alone"),
        Capability.For<Site>("site.http3", Support.Unsupported, "`true`", s => s.Http3, "`http3: false`: PyServe speaks HTTP/1.1 alone"),
        Capability.For<Site>("site.compress", Support.Unsupported, "with codings", s => s.Compress.Count > 0, "compression in the application"),
        Capability.For<SiteTls>("tls.min_version", Support.Unsupported, "`1.3`", t => t.MinVersion == TlsVersion.Tls13, "`1.2`, which is the least that Python offers since 3.10"),
        new("log.format", Support.Approximate, OwnLines),
        Capability.For<AccessLog>("log.output", Support.Unsupported, "`stderr`", l => l.Output == "stderr", "`stdout` or a file"),
        Capability.For<AccessLog>("log.output", Support.Approximate, "a file", l => l.Output.StartsWith('/'), "0.5.0 writes the lines of its start there, and all later ones to standard output"),

        Capability.For<Upstream>("upstream.servers", Support.Unsupported, "other than one in service", u => u.Servers.Count(s => !s.Down) != 1, "one server; several behind a program that balances"),
        Capability.For<Upstream>("upstream.balance", Support.Unsupported, "by a cookie", u => u.Balance.Policy == BalancePolicy.Cookie, "no balance: there is one server"),
        new("upstream.balance", Support.Exact, "there is one server to choose from"),
        new("upstream.retries", Support.Exact, "there is no other server to try"),
        new("upstream.response_header_timeout", Support.Approximate, "PyServe gives up 30 s after the start of a request"),
        Capability.For<UpstreamServer>("server.max_conns", Support.Unsupported, "other than 0", s => s.MaxConns > 0, "a limit in the upstream itself"),
        new("server.backup", Support.Exact, "there is one server, which is always used"),
        new("keepalive.idle", Support.Approximate, "PyServe keeps up to 100 connections"),
        new("keepalive.timeout", Support.Approximate, "PyServe keeps idle connections for 15 s"),
        new("buffers.read", Support.Approximate, "PyServe holds the whole answer"),
        new("buffers.write", Support.Approximate, "PyServe holds the 4096 bytes that it reads of a request"),
        Capability.For<UpstreamTls>("upstream_tls.verify", Support.Unsupported, "`false`", t => !t.Verify, "PyServe verifies by the system's authorities: add the upstream's to them"),

        new("limits.head", Support.Approximate, "PyServe cuts a request after 4096 bytes, head and body together (seen on 0.5.0)"),
        new("route.max_body", Support.Approximate, "PyServe cuts a request after 4096 bytes, head and body together, and knows no 413 (seen on 0.5.0)"),
        new("route.websocket", Support.Approximate, "its documentation promises WebSocket, but 0.5.0 answers every upgrade with 400"),
        Capability.For<Route>("route.sse", Support.Approximate, "`true`", r => r.Proxy is { Sse: true }, "PyServe holds an answer until it is complete, or gives up after 30 s: events come at the end (seen on 0.5.0)"),
        new("route.flush_interval", Support.Approximate, "PyServe holds an answer until it is complete"),
        Capability.For<Timeouts>("timeouts.connect", Support.Approximate, "other than 10s", t => t.Connect != TimeSpan.FromSeconds(10), "PyServe waits 10 s for a connection"),
        new("timeouts.send", Support.Approximate, "PyServe gives up 30 s after the start of a request"),
        Capability.For<Timeouts>("timeouts.read", Support.Approximate, "over 30s", t => t.Read > TimeSpan.FromSeconds(30), "PyServe gives up 30 s after the start of a request, with 504"),
        new("timeouts.read", Support.Approximate, "PyServe counts 30 s from the start of a request, not the silence of the upstream"),

        Capability.For<Route>("route.proxy", Support.Unsupported, "with a tunnel", r => r.Proxy?.Tunnel is not null, "`confgen serve`"),
        Capability.For<Route>("route.path", Support.Unsupported, "that stays in the target", r => r is { Proxy: not null, Path.IsEverything: false, Rewrite: null }, "`strip_prefix: true`, or `path: /`: PyServe always cuts the prefix"),
        Capability.For<Route>("route.path", Support.Approximate, "other than `/`", r => r is { Proxy: not null, Path.IsEverything: false }, "PyServe compares plain text with the path as it was sent: /apifoo goes to the rule for /api, as /foo, and /%61pi goes elsewhere"),
        Capability.For<Route>("route.exact", Support.Unsupported, "of another route than a redirect", r => r.Action is not RedirectAction, "`path: /` or a `path` with `strip_prefix: true`"),
        Capability.For<Route>("route.redirect", Support.Unsupported, "of a prefix or a regex", r => r.Path.Kind != PathMatcherKind.Exact, "one route with `exact` for each path"),
        Capability.For<Route>("route.redirect", Support.Unsupported, "with a status other than 302", r => r.Action is RedirectAction { Status: not 302 }, "`status: 302`"),
        Capability.For<Route>("route.redirect", Support.Unsupported, "with placeholders", r => r.Action is RedirectAction redirect && redirect.To.Parts.Any(p => p.Literal is null), "a literal Location; PyServe appends the query by itself"),
        new("route.redirect", Support.Approximate, "PyServe appends the request's query to the Location"),
        Capability.For<Route>("route.host", Support.Unsupported, "other than `upstream`", r => r.Proxy is { Host.Kind: not HostHeaderKind.Upstream }, "`host: upstream`; the client's Host is in X-Forwarded-Host"),
        Capability.For<Route>("route.transparent", Support.Unsupported, "`true`", r => r.Transparent, "an ordinary route, if the upstream bears a query that is decoded and put together anew"),
    ];

    private static IEnumerable<Capability> Never() =>
    [
        .. Unsupported("leave it out: PyServe passes X-Forwarded-For on as it comes, from anybody", "spec.trusted_proxies"),
        .. Unsupported("list one server: PyServe asks no DNS for SRV records", "upstream.discover", "discover.srv", "discover.refresh", "balance.cookie"),
        .. Unsupported("none: an upstream that is down gets its requests, which end in 502", "upstream.health", "health.active", "health.active.path", "health.active.interval", "health.active.timeout", "health.active.status", "health.passive", "health.passive.max_fails", "health.passive.fail_for", "health.passive.status", "health.passive.latency"),
        .. Unsupported("PyServe verifies by the system's authorities and the server's host, and shows no certificate", "upstream_tls.ca", "upstream_tls.server_name", "upstream_tls.cert", "upstream_tls.key"),
        .. Unsupported("leave it out, and let the application send the headers", "site.headers", "route.headers", "route.cache_control", "headers.request", "headers.response", "headers.rules.set", "headers.rules.add", "headers.rules.remove", "route.cors", "cors.origins", "cors.methods", "cors.headers", "cors.expose_headers", "cors.credentials", "cors.max_age", "site.hsts", "hsts.max_age", "hsts.include_subdomains", "hsts.preload"),
        .. Unsupported("guard in the application, or build for nginx, Caddy or `confgen serve`", "route.rate_limit", "rate_limit.rate", "rate_limit.burst", "rate_limit.key", "rate_limit.key.header", "route.basic_auth", "basic_auth.realm", "basic_auth.users", "route.allow", "route.deny", "route.forward_auth", "forward_auth.url", "forward_auth.copy_headers"),
        .. Unsupported("leave it out: PyServe has HTML pages of its own, from its templates_dir", "route.errors", "errors.intercept", "error_page.file", "error_page.body", "error_page.content_type", "error_page.proxy", "error_page.status"),
        .. Unsupported("`tls: { cert: ..., key: ... }`, with files that another program renews", "tls.from"),
        .. Unsupported("leave it out: Python's own choice holds", "tls.ciphers"),
        .. Unsupported("ask for client certificates in a program before PyServe", "tls.client_ca"),
        .. Unsupported("`redirect_http: false`: PyServe has one listener", "redirect_http.port", "redirect_http.status"),
        .. Unsupported("a `path` with `strip_prefix: true`", "route.regex", "route.replace_prefix", "route.add_prefix", "route.rewrite", "rewrite.regex", "rewrite.to"),
        .. Unsupported("PyServe tells requests apart by their path alone", "route.match", "match.method", "match.header", "match.query"),
        .. Unsupported("proxy to the application: PyServe has no fixed answers", "route.respond", "respond.status", "respond.body", "respond.content_type"),
        .. Unsupported("proxy to a file server: PyServe's own gives out files from outside its folder", "route.files", "files.root", "files.index", "files.try", "files.browse", "files.precompressed"),
        .. Unsupported("log at the site", "route.log"),
    ];

    private static IEnumerable<Capability> Always() => Exact(
        "spec.version", "spec.include", "spec.defaults", "spec.upstreams", "spec.sites", "spec.tunnels", "spec.targets", "spec.lint", "spec.tests",
        "tunnel.portal", "tunnel.bridge", "tunnel.domain", "tunnel.secret", "tunnel.id", "tunnel.portal.listen", "tunnel.portal.public", "tunnel.bridge.forward", "tunnel.bridge.connections", "tunnel.bridge.ca", "tunnel.portal.entry", "tunnel.portal.tls", "tunnel.portal.tls.cert", "tunnel.portal.tls.key",
        "test.get", "test.head", "test.post", "test.put", "test.patch", "test.delete", "test.options", "test.request", "test.method", "test.headers", "test.from", "test.body", "test.expect",
        "expect.status", "expect.upstream", "expect.target", "expect.route", "expect.location", "expect.headers", "expect.upstream_headers",
        "upstream.servers", "upstream.keepalive", "upstream.tls", "upstream.buffers", "server.url", "server.weight", "server.max_conns", "server.down", "balance.header", "upstream_tls.verify",
        "site.host", "site.listen", "site.tls", "site.redirect_http", "site.http2", "site.http3", "site.compress", "site.log", "site.limits", "site.routes",
        "tls.cert", "tls.key", "tls.min_version", "log.output",
        "route.path", "route.exact", "route.proxy", "route.sse", "route.strip_prefix", "route.host", "route.transparent", "route.timeouts", "timeouts.connect", "redirect.to", "redirect.status");

    private static IEnumerable<Capability> Exact(params string[] fields) => fields.Select(f => new Capability(f, Support.Exact));

    private static IEnumerable<Capability> Unsupported(string nearest, params string[] fields) => fields.Select(f => new Capability(f, Support.Unsupported, nearest));
}
