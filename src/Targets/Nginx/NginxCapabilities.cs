using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Building;

namespace Confgen.Targets.Nginx;

/// <summary>How far nginx honours each field of the language. What depends on several fields is found by <see cref="NginxChecks"/>.</summary>
internal static class NginxCapabilities
{
    public static readonly Capability Tunnel = new("route.proxy", Support.Approximate, "the request goes to the entry of V2Ray's portal, to be run beside nginx; while no bridge is connected it ends with 502 instead of 503") { Condition = "with a tunnel" };
    public static readonly Capability NoCoding = new("site.compress", Support.Unsupported, "write `gzip`, or say under targets.nginx.modules that this nginx has the module") { Condition = "by codings of modules alone" };
    public static readonly Capability FewerCodings = new("site.compress", Support.Approximate, "stock nginx compresses by gzip alone; br and zstd are modules, to be named under targets.nginx.modules") { Condition = "with `br` or `zstd`" };
    public static readonly Capability NoPrecompressed = new("files.precompressed", Support.Unsupported, "write `gzip`, or say under targets.nginx.modules that this nginx has the module") { Condition = "with `br` or `zstd`" };
    public static readonly Capability NoServerHeader = new("headers.rules.remove", Support.Unsupported, "nginx always sends these; with the headers-more module, named under targets.nginx.modules, Server can go") { Condition = "with Server, Date or Content-Type" };
    public static readonly Capability NoServerSet = new("headers.rules.set", Support.Unsupported, "nginx sends its own beside it; with the headers-more module, named under targets.nginx.modules, Server can be set") { Condition = "with Server or Date" };
    public static readonly Capability OneLine = new("headers.rules.add", Support.Approximate, "of several lines that the client sends, nginx before 1.23 keeps the first; later ones join them") { Condition = "on a request" };
    public static readonly Capability HostOfMany = new("route.host", Support.Unsupported, "nginx sets one Host for all servers of an upstream: write it out, or give the upstream one server") { Condition = "`upstream` with several servers" };
    public static readonly Capability RewriteOverHttp2 = new("route.proxy", Support.Unsupported, "grpc_pass sends the client's target as it is; let the upstream strip, or use nginx 1.29.4") { Condition = "over h2c in a route that rewrites", Versions = new VersionRange(Until: NginxFeatures.Http2Proxy.Since) };
    public static readonly Capability Http2Upstream = new("server.url", Support.Approximate, "nginx before 1.29.4 speaks HTTP/2 to gRPC servers alone: other answers need a grpc-status, and bodies are buffered as gRPC's") { Condition = "with `h2c://`", Versions = new VersionRange(Until: NginxFeatures.Http2Proxy.Since) };
    public static readonly Capability NameOnce = new("server.url", Support.Approximate, "the name is resolved once, when nginx starts, and nginx doesn't start where it can't be: give DNS servers under targets.nginx.resolver") { Condition = "with a host name and no resolver" };
    public static readonly Capability NamesOnce = new("server.url", Support.Approximate, "before 1.27.3 names of upstreams with several servers, or with options, are resolved once, when nginx starts") { Condition = "with a host name among several servers", Versions = new VersionRange(Until: NginxFeatures.Discovery.Since) };
    public static readonly Capability VerifiedAddress = new("server.url", Support.Unsupported, "nginx compares a certificate with names alone: give tls.server_name, or tls.verify: false") { Condition = "with `https://`, an IP address and no tls.server_name" };
    public static readonly Capability VerifiedNames = new("upstream_tls.server_name", Support.Unsupported, "nginx verifies one name for all servers of an upstream: give tls.server_name") { Condition = "left out with several hosts" };
    public static readonly Capability UnverifiedNames = new("upstream_tls.server_name", Support.Approximate, "nginx sends one name in SNI to all servers of an upstream, the first one's: give tls.server_name") { Condition = "left out with several hosts and `verify: false`" };
    public static readonly Capability BackupOfHash = new("server.backup", Support.Unsupported, "nginx has no backups with a hash or at random: use round_robin, least_conn or first") { Condition = "with this balance" };
    public static readonly Capability BackupOfCookie = new("server.backup", Support.Unsupported, "before 1.29.6 nginx has no backups with sticky sessions: leave `backup` out, or use round_robin, least_conn or first") { Condition = "with a cookie's balance", Versions = new VersionRange(Until: NginxFeatures.StickySessions.Since) };
    public static readonly Capability SameVariable = new("forward_auth.copy_headers", Support.Unsupported, "nginx reads both by one variable: let the auth server send one of them under another name") { Condition = "with two names that differ in '-' and '_' alone" };
    public static readonly Capability No499 = new("errors.intercept", Support.Approximate, "nginx has no page for 499: the upstream's own 499 passes") { Condition = "with 499" };
    public static readonly Capability DiscoverWithout = new("upstream.discover", Support.Unsupported, "give DNS servers under targets.nginx.resolver") { Condition = "without a resolver" };
    public static readonly Capability MixedVersions = new("tls.min_version", Support.Unsupported, "nginx takes the first site's for all of a listener: give its sites the same") { Condition = "that differs between sites of one listener" };
    public static readonly Capability MixedHttp2 = new("site.http2", Support.Approximate, "before 1.25.1 HTTP/2 belongs to the listener: it is offered for all of its sites") { Condition = "that differs between sites of one listener", Versions = new VersionRange(Until: new TargetVersion(1, 25, 1)) };
    public static readonly Capability MixedHeads = new("limits.head", Support.Approximate, "of a plain listener's sites nginx takes the first one's limit for the request line") { Condition = "that differs between sites of one listener" };
    public static readonly Capability InterceptsMore = new("errors.intercept", Support.Approximate, "nginx can't tell its own 502, 503 and 504 from the upstream's: both get the page") { Condition = "without statuses that have a page" };

    // An empty page would take the place of the upstream's answer as well, which says more than nginx's.
    public static readonly Capability OwnPageLeft = new("errors.intercept", Support.Approximate, "nginx's own 502, 503 and 504 have its HTML page instead of an empty body") { Condition = "beside 502, 503 or 504 that neither have a page nor are intercepted" };

    public static readonly CapabilityTable Table = new(
        [
            Tunnel, NoCoding, FewerCodings, NoPrecompressed, NoServerHeader, NoServerSet, OneLine, HostOfMany, RewriteOverHttp2, Http2Upstream, NameOnce, NamesOnce,
            VerifiedAddress, VerifiedNames, UnverifiedNames, BackupOfHash, BackupOfCookie, SameVariable, No499, DiscoverWithout, MixedVersions, MixedHttp2, MixedHeads, InterceptsMore, OwnPageLeft,
            Capability.For<Site>("site.tls", Support.Unsupported, "`auto`", static site => site.Tls is { Source: CertificateSource.Auto }, "nginx gets no certificates by itself: let certbot or lego write files, and give `tls: { cert: ..., key: ... }`"),
            Capability.For<Site>("site.tls", Support.Unsupported, "`internal`", static site => site.Tls is { Source: CertificateSource.Internal }, "nginx makes no certificates: `openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 365`, and give `tls: { cert: c.pem, key: k.pem }`"),
            Capability.For<SiteTls>("tls.from", Support.Unsupported, "`auto` or `internal`", static tls => tls.Source != CertificateSource.Files, "nginx gets no certificates by itself: give `cert` and `key`"),
            Capability.For<Spec>("spec.trusted_proxies", Support.Unsupported, "`unix`", static spec => spec.TrustsUnixPeers, "nginx trusts peers on unix sockets for their address alone, which they don't have: let the proxy in front connect to a port of 127.0.0.1"),
            new("spec.trusted_proxies", Support.Approximate, "headers whose names have more than letters, digits and '-' are dropped, because nginx can't tell X_Forwarded_Host from a trusted proxy's X-Forwarded-Host"),
            Capability.For<Site>("site.http3", Support.Unsupported, "`true`", static site => site.Http3, "HTTP/3 came with nginx 1.25, where it was built with it") with { Versions = new VersionRange(Until: new TargetVersion(1, 25)) },
            Capability.For<ForwardAuth>("forward_auth.copy_headers", Support.Approximate, "with a name of more than four dashes", static auth => auth.CopyHeaders.Any(static header => !ForwardedHeaders.KnowsTwinsOf(header.Name)),
                "of the client's own headers that applications read as the same, those that mix dashes with underscores pass"),
            new("health.active", Support.Unsupported, "open-source nginx sends no probes: use health.passive, or run `confgen serve`"),
            new("health.active.path", Support.Unsupported, "open-source nginx sends no probes: use health.passive, or run `confgen serve`"),
            new("health.active.interval", Support.Unsupported, "open-source nginx sends no probes"),
            new("health.active.timeout", Support.Unsupported, "open-source nginx sends no probes"),
            new("health.active.status", Support.Unsupported, "open-source nginx sends no probes"),
            new("health.passive.latency", Support.Unsupported, "nginx counts errors and statuses, not times: shorten timeouts.read"),
            new("health.passive.status", Support.Approximate, "nginx counts 403, 404, 429, 500, 502, 503 and 504 alone, only where it may try another server, and then it does for idempotent requests"),
            new("upstream.discover", Support.Unsupported, "nginx asks for SRV records from 1.27.3 on: list the servers") { Versions = new VersionRange(Until: NginxFeatures.Discovery.Since) },
            Capability.For<Upstream>("upstream.balance", Support.Approximate, "`first` with three servers or more", static upstream => upstream.Balance.Policy == BalancePolicy.First && upstream.Servers.Count > 2, "nginx's backups have no order among themselves"),
            new("upstream.response_header_timeout", Support.Approximate, "nginx has one time-out for the head and for the body: the head is waited for as long as timeouts.read"),
            new("buffers.read", Support.Approximate, "nginx shares it among eight buffers of each answer"),
            new("buffers.write", Support.Approximate, "nginx has no buffer for writing: the one that the request's body is read into gets this size"),
            new("keepalive.idle", Support.Approximate, "nginx keeps so many for each of its worker processes"),
            Capability.For<RespondAction>("respond.status", Support.Unsupported, "of a redirect", static respond => respond.Status is 301 or 302 or 303 or 307 or 308, "use `redirect`"),
            Capability.For<RateLimit>("rate_limit.rate", Support.Approximate, "in an hour that is no whole number in a minute", static rate => rate.Rate.Per.TotalHours >= 1 && rate.Rate.Count % 60 != 0, "nginx counts by the second or the minute: it is rounded down, to at least one a minute"),
            Capability.For<ProxyAction>("route.flush_interval", Support.Approximate, "over zero", static proxy => proxy.FlushInterval > TimeSpan.Zero, "nginx has no interval: each piece is passed on as it comes"),
            new("match.header", Support.Approximate, "of several lines of one name nginx before 1.23 looks at the first; later ones look at all of them as one, joined by commas; a line whose name has '_' for '-' counts, too"),
            new("files.root", Support.Approximate, "every symbolic link below the root is refused, also one that stays there"),
            Capability.For<Upstream>("upstream.balance", Support.Approximate, "by a cookie", static upstream => upstream.Balance.Policy == BalancePolicy.Cookie,
                "nginx sends the cookie with every response, not only with a session's first; it is Secure where every site that uses the upstream has TLS") with { Versions = NginxFeatures.StickySessions },
            Capability.For<Upstream>("upstream.balance", Support.Approximate, "by a cookie", static upstream => upstream.Balance.Policy == BalancePolicy.Cookie,
                "before 1.29.6 the cookie is a key whose hash chooses the server: while a server fails, another one takes its clients, and they return to it afterwards") with { Versions = new VersionRange(Until: NginxFeatures.StickySessions.Since) },
            Capability.For<PassiveHealth>("health.passive.fail_for", Support.Approximate, "with a fraction of a second", static passive => NginxUnits.HasFraction(passive.FailFor), "nginx counts whole seconds: it is rounded up"),
            Capability.For<SrvDiscovery>("discover.refresh", Support.Approximate, "with a fraction of a second", static srv => NginxUnits.HasFraction(srv.Refresh), "nginx counts whole seconds: it is rounded up"),
            Capability.For<AccessLog>("log.format", Support.Approximate, "`json`", static log => log.Format == AccessLogFormat.Json,
                "`bytes_in` counts the request's head, too, `upstream` has every server that was tried, `time` has whole seconds, and `error` is null: nginx's error log has it"),
            new("limits.head", Support.Exact, "counted to a kibibyte"),
            new("basic_auth.users", Support.Exact, "the files of users are written for their owner alone, but nginx's workers must read them, or everybody gets 500: `install -d -m 2750 -g www-data out/nginx/htpasswd` before the first build"),
            new("route.forward_auth", Support.Exact, "a refusal is asked for twice, because nginx keeps only its status"),
            .. Exact(
                "spec.version", "spec.include", "spec.defaults", "spec.upstreams", "spec.sites", "spec.tunnels", "spec.targets", "spec.lint", "spec.tests",
                "route.timeouts", "route.max_body", "route.websocket", "site.limits", "timeouts.connect", "timeouts.send", "timeouts.read",
                "upstream.servers", "upstream.discover", "upstream.balance", "upstream.health", "upstream.retries", "upstream.keepalive", "upstream.tls", "upstream.buffers",
                "server.url", "server.weight", "server.max_conns", "server.backup", "server.down", "discover.srv", "discover.refresh", "balance.header", "balance.cookie",
                "health.passive", "health.passive.max_fails", "health.passive.fail_for", "keepalive.timeout",
                "upstream_tls.verify", "upstream_tls.ca", "upstream_tls.server_name", "upstream_tls.cert", "upstream_tls.key",
                "site.host", "site.listen", "site.tls", "site.redirect_http", "site.hsts", "site.http2", "site.http3", "site.compress", "site.log", "site.headers", "site.routes",
                "route.errors", "route.rate_limit", "route.basic_auth", "route.allow", "route.deny", "route.cors",
                "tls.cert", "tls.key", "tls.from", "tls.min_version", "tls.ciphers", "tls.client_ca", "redirect_http.port", "redirect_http.status", "hsts.max_age", "hsts.include_subdomains", "hsts.preload",
                "log.format", "log.output", "headers.request", "headers.response", "headers.rules.set", "headers.rules.add", "headers.rules.remove",
                "route.path", "route.exact", "route.regex", "route.match", "route.proxy", "route.respond", "route.files", "route.redirect", "route.sse",
                "route.strip_prefix", "route.replace_prefix", "route.add_prefix", "route.rewrite", "route.transparent", "route.host", "route.flush_interval", "route.headers", "route.cache_control", "route.log",
                "match.method", "match.query", "respond.status", "respond.body", "respond.content_type", "files.index", "files.try", "files.browse", "files.precompressed",
                "redirect.to", "redirect.status", "rewrite.regex", "rewrite.to", "errors.intercept", "error_page.file", "error_page.body", "error_page.content_type", "error_page.proxy", "error_page.status", "rate_limit.rate", "rate_limit.burst", "rate_limit.key", "rate_limit.key.header",
                "basic_auth.realm", "forward_auth.url", "forward_auth.copy_headers",
                "cors.origins", "cors.methods", "cors.headers", "cors.expose_headers", "cors.credentials", "cors.max_age",
                "tunnel.portal", "tunnel.bridge", "tunnel.domain", "tunnel.secret", "tunnel.id", "tunnel.portal.listen", "tunnel.portal.public", "tunnel.bridge.forward", "tunnel.bridge.connections", "tunnel.bridge.ca", "tunnel.portal.entry", "tunnel.portal.tls", "tunnel.portal.tls.cert", "tunnel.portal.tls.key",
                "test.get", "test.head", "test.post", "test.put", "test.patch", "test.delete", "test.options", "test.request", "test.method", "test.headers", "test.from", "test.body", "test.expect",
                "expect.status", "expect.upstream", "expect.target", "expect.route", "expect.location", "expect.headers", "expect.upstream_headers"),
        ],
        new ProgramNote(VersionRange.All, "headers that the Connection header names are passed on; X-Forwarded-* can't be removed that way"),
        new ProgramNote(VersionRange.All, "an answer without a status line is taken for HTTP/0.9 and passed on, instead of 502"),
        new ProgramNote(new VersionRange(Until: new TargetVersion(1, 23)), "an answer's Content-Length that is no number counts as none, and of two the first counts, instead of 502"),
        new ProgramNote(VersionRange.All, "an unasked 101 of an upstream is passed on, instead of 502, and the connection is forwarded both ways until one end closes it"),
        new ProgramNote(VersionRange.All, "a request that can't be parsed gets 400 or 414 with nginx's own page"),
        new ProgramNote(VersionRange.All, "a URL as the target gets 400 where it has a query and no path"),
        new ProgramNote(new VersionRange(Since: new TargetVersion(1, 29, 3)), "CONNECT gets 405 instead of 400"),
        new ProgramNote(VersionRange.All, "fields whose names have more than letters, digits, '-' and '_' are dropped from requests"),
        new ProgramNote(VersionRange.All, "a body that an upstream cuts off ends like a complete one for clients of HTTP/1.0"),
        new ProgramNote(VersionRange.All, "a body that ends with the upstream's connection is taken for complete where that is reset"),
        new ProgramNote(VersionRange.All, "control characters in the value of a request field are passed on"),
        new ProgramNote(VersionRange.All, "Date is the time at which nginx sends the response, not the upstream's"),
        new ProgramNote(VersionRange.All, "what a client still uploads when the response has begun is not sent on"),
        new ProgramNote(VersionRange.All, "a response with `Cache-Control: no-transform` is compressed like any other"),
        new ProgramNote(new VersionRange(Until: new TargetVersion(1, 27, 2)), "trailers are dropped, of requests and of answers"),
        new ProgramNote(new VersionRange(Since: new TargetVersion(1, 27, 2)), "trailers of a request are dropped"),
        new ProgramNote(new VersionRange(Until: new TargetVersion(1, 29)), "an interim response (103) of an upstream is taken for the final one: over HTTP/2 the request ends with its time-out, over HTTP/1.1 the connection takes no other request, and a client of HTTP/1.0 gets it, too"));

    private static IEnumerable<Capability> Exact(params ReadOnlySpan<string> fields) => fields.ToArray().Select(static field => new Capability(field, Support.Exact));
}
