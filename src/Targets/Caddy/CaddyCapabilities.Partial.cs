using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model.Acme;
using Confgen.Model.Guards;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.Caddy.Building;
using static Confgen.Targets.Caddy.CaddyDifferences;

namespace Confgen.Targets.Caddy;

internal static partial class CaddyCapabilities
{
    private static IEnumerable<Capability> Partial() =>
        [
            NoSendLimit,
            SocketPeers,
            SocketIdle,
            FailedForRetry,
            Tunnel,
            BackupAmongSeveral,
            DifferentMaxConns,
            WeightIgnored,
            SocketSilence,
            DifferentHeads,
            DifferentLog,
            UnknownName,
            ManyNames,
            UnloggedHosts,
            UnknownOwnHost,
            BothStars,
            Capability.For<Site>(
                SiteFields.Host,
                Support.Approximate,
                "with a star at the end",
                static site => site.Hosts.Any(static host => host.Kind == Model.Units.HostPatternKind.Trailing),
                "the star stands for four labels at most, and for none where the name has a dot behind it"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "`auto` or `internal` on a site whose host has a star at the end",
                static site =>
                    site.Tls is { Source: not CertificateSource.Files }
                    && site.Hosts.Any(static host => host.Kind == Model.Units.HostPatternKind.Trailing),
                "no certificate can be for such a host: give `tls: { cert: ..., key: ... }`, or list the hosts"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "with `client_ca`, `min_version` or `ciphers` on a site whose host has a star at the end",
                static site =>
                    site.Tls is { } tls
                    && (tls.ClientCa is not null || tls.MinVersion != TlsVersion.Tls12 || tls.Ciphers.Count > 0)
                    && site.Hosts.Any(static host => host.Kind == Model.Units.HostPatternKind.Trailing),
                "Caddy finds what holds for a handshake by names without such a star: list the hosts"
            ),
            Capability.For<AcmeBinding>(
                AcmeEabFields.MacKey,
                Support.Unsupported,
                "in a file",
                static eab => eab.MacKeyFile is not null,
                "write the key itself, best from the environment: `mac_key: \"${ACME_MAC_KEY}\"`"
            ),
            .. Capability.Unsupported(
                "leave it out for Caddy: it keeps certificates in its data folder, tries HTTP and TLS by itself, and writes to DNS by "
                    + "plugins",
                AcmeMacKeyFields.File,
                AcmeFields.Profile,
                AcmeFields.Storage,
                AcmeFields.Challenges,
                AcmeFields.Dns,
                AcmeDnsFields.Exec,
                AcmeDnsFields.Wait
            ),
            HostKeepsCase,
            IPv6Behind,
            new(
                TimeoutsFields.Read,
                Support.Approximate,
                "the wait for the head of a response and the silence of an upgraded connection are limited, silence in the middle of a "
                    + "body is not: Caddy's own read timeout would cut uploads that take longer"
            ),
            .. new[]
            {
                RouteFields.RateLimit,
                RateLimitFields.Rate,
                RateLimitFields.Burst,
                RateLimitFields.Key,
                RateLimitKeyFields.Header,
            }.Select(f => new Capability(
                f,
                Support.Unsupported,
                "stock Caddy counts no requests: limit at the application, or build for nginx or `confgen serve`"
            )),
            Capability.For<Site>(
                SiteFields.Compress,
                Support.Approximate,
                "with `br`",
                static site => site.Compress.Contains(ContentCoding.Brotli),
                "stock Caddy compresses with zstd and gzip; br is left out; " + CompressedHeaders
            ),
            new(
                SiteFields.Compress,
                Support.Approximate,
                CompressedHeaders + HeldPieces + "; an interim response (103) before a compressed one is not passed on"
            )
            {
                Versions = new VersionRange(Until: NewMatchers),
            },
            new(SiteFields.Compress, Support.Approximate, CompressedHeaders + HeldPieces)
            {
                Versions = new VersionRange(Since: NewMatchers, Until: FlushesEncoder),
            },
            new(SiteFields.Compress, Support.Approximate, CompressedHeaders) { Versions = new VersionRange(Since: FlushesEncoder) },
            new(HealthFields.Passive, Support.Approximate, ClientFaults),
            new(
                LimitsFields.Head,
                Support.Approximate,
                "over HTTP/1.1 a head may be 4096 bytes longer; over HTTP/2 each field beyond the tenth counts 32 bytes more than it has"
            ),
            Capability.For<AccessLog>(
                LogFields.Format,
                Support.Approximate,
                "`json`",
                static log => log.Format == AccessLogFormat.Json,
                JsonFields
            ),
            Capability.For<Site>(
                SiteFields.Log,
                Support.Approximate,
                "`json`",
                static site => site.Log is { Format: AccessLogFormat.Json },
                JsonFields
            ),
            Capability.For<AccessLog>(
                LogFields.Format,
                Support.Approximate,
                "`combined`",
                static log => log.Format == AccessLogFormat.Combined,
                "stock Caddy has no combined format: it writes JSON lines"
            ),
            Capability.For<Site>(
                SiteFields.Log,
                Support.Approximate,
                "`combined`",
                static site => site.Log is { Format: AccessLogFormat.Combined },
                "stock Caddy has no combined format: it writes JSON lines"
            ),
            new(
                UpstreamFields.Discover,
                Support.Approximate,
                FirstDiscovered
                    + ", also while it can't be reached; "
                    + SharedDiscovered
                    + ", and some requests end with 502 while one can't be reached"
            )
            {
                Versions = new VersionRange(Until: FailuresRemembered),
            },
            Capability.For<Upstream>(
                UpstreamFields.Discover,
                Support.Approximate,
                "with a balance that keeps to a server",
                static upstream =>
                    upstream is { Discover: not null, PassiveHealth: null, Retries: > 0 }
                    && UpstreamBuilder.KeepsToServer(upstream.Balance.Policy),
                FirstDiscovered + "; " + SharedDiscovered + "; while none can be reached some requests end with 503 instead of 502"
            ) with
            {
                Versions = new VersionRange(Since: FailuresRemembered),
            },
            new(UpstreamFields.Discover, Support.Approximate, FirstDiscovered + "; " + SharedDiscovered)
            {
                Versions = new VersionRange(Since: FailuresRemembered),
            },
            new(UpstreamFields.RetryOn, Support.Unsupported, "Caddy tries another server on statuses from 2.11.3 on: build for it")
            {
                Versions = new VersionRange(Until: UpstreamBuilder.RetriesStatusesSince),
            },
            new(
                UpstreamFields.RetryOn,
                Support.Approximate,
                "where every server that was tried responds with such a status, the client gets it as an error of the proxy, "
                    + "without the body"
            )
            {
                Versions = new VersionRange(Since: UpstreamBuilder.RetriesStatusesSince),
            },
            Capability.For<Upstream>(
                UpstreamFields.RetryOn,
                Support.Approximate,
                "with a balance that keeps to a server",
                static upstream => upstream.RetryOn.Count > 0 && UpstreamBuilder.KeepsToServer(upstream.Balance.Policy),
                "the same server may be tried again"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Health,
                Support.Unsupported,
                "`active` with `discover`",
                static upstream => upstream is { Discover: not null, ActiveHealth: not null },
                "Caddy probes no servers that it finds in DNS: list them"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Health,
                Support.Unsupported,
                "`passive` with `discover`",
                static upstream => upstream is { Discover: not null, PassiveHealth: not null },
                "Caddy forgets at once what happened to a server that it finds in DNS: list them, or build for 2.11.2"
            ) with
            {
                Versions = new VersionRange(Until: FailuresRemembered),
            },
            Capability.For<ForwardAuth>(
                ForwardAuthFields.CopyHeaders,
                Support.Approximate,
                "with a name of more than four dashes",
                static auth => auth.CopyHeaders.Any(static header => !Model.Rules.ForwardedHeaders.KnowsTwinsOf(header.Name)),
                "of the client's own headers that applications read as the same, those that mix dashes with underscores pass"
            ),
            new(TlsFields.Ciphers, Support.Approximate, "Go chooses their order by itself, and leaves out those that it doesn't have"),
            .. new[] { BasicAuthFields.Users, BasicAuthFields.File }.Select(f =>
                Capability.For<BasicAuth>(
                    f,
                    Support.Unsupported,
                    "with a hash other than bcrypt",
                    basic => HasOtherThanBcrypt(basic, isInFile: f == BasicAuthFields.File),
                    "hash with bcrypt, as `htpasswd -B` does"
                )
            ),
            new(
                RouteFields.Files,
                Support.Approximate,
                "a symbolic link below the root may lead out of it, and the redirect to a directory forgets the query"
            )
            {
                Versions = new VersionRange(new TargetVersion(2, 7), new TargetVersion(2, 8)),
            },
            new(RouteFields.Files, Support.Approximate, "a symbolic link below the root may lead out of it"),
            new(
                RouteFields.FastCgi,
                Support.Approximate,
                "`timeouts.read` limits nothing, since Caddy's limit is for the whole response: PHP-FPM's request_terminate_timeout ends a "
                    + "script that hangs; and POST, PUT and PATCH without a Content-Length get 411"
            ),
            new(RouteFields.FilesFirst, Support.Approximate, "a symbolic link below the root may lead out of it"),
            Capability.For<ActiveHealth>(
                ActiveHealthFields.Status,
                Support.Approximate,
                "with several",
                static active => active.Status.Count > 1,
                "Caddy knows one status or one class: the first is used"
            ),
        ];
}
