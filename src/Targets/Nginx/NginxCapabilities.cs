using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Building;
using Confgen.Targets.Raw;
using static Confgen.Targets.Nginx.NginxDifferences;

namespace Confgen.Targets.Nginx;

/// <summary>
/// How far nginx honours each field of the language. What depends on several fields is found by <see cref="NginxChecks"/>.
/// </summary>
internal static partial class NginxCapabilities
{
    public static readonly CapabilityTable Table = new(
        [
            .. RawCapabilities.Of("nginx"),
            Tunnel,
            .. Streams(),
            NoCoding,
            FewerCodings,
            NoPrecompressed,
            NoPrecompressedFirst,
            ServerStays,
            AddedParameter,
            NoServerHeader,
            NoServerSet,
            OneLine,
            HostOfMany,
            RewriteOverHttp2,
            AddressesOverHttp2,
            OwnPrefix,
            Http2Upstream,
            NameOnce,
            NamesOnce,
            VerifiedAddress,
            VerifiedNames,
            UnverifiedNames,
            .. Capability.Elsewhere([SpecFields.Acme, .. AcmeFields.All]),
            BackupOfHash,
            BackupOfCookie,
            SameVariable,
            No499,
            DiscoverWithout,
            MixedVersions,
            MixedHttp2,
            MixedHeads,
            InterceptsMore,
            OwnPageLeft,
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "`auto`",
                static site => site.Tls is { Source: CertificateSource.Auto },
                "nginx gets no certificates by itself: let certbot or lego write files, and give `tls: { cert: ..., key: ... }`"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "`internal`",
                static site => site.Tls is { Source: CertificateSource.Internal },
                "nginx makes no certificates: `openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 365`, and give "
                    + "`tls: { cert: c.pem, key: k.pem }`"
            ),
            Capability.For<SiteTls>(
                TlsFields.From,
                Support.Unsupported,
                "`auto` or `internal`",
                static tls => tls.Source != CertificateSource.Files,
                "nginx gets no certificates by itself: give `cert` and `key`"
            ),
            Capability.For<Spec>(
                SpecFields.TrustedProxies,
                Support.Unsupported,
                "`unix`",
                static spec => spec.TrustsUnixPeers,
                "nginx trusts peers on unix sockets for their address alone, which they don't have: let the proxy in front connect to a "
                    + "port of 127.0.0.1"
            ),
            new(
                SpecFields.TrustedProxies,
                Support.Approximate,
                "headers whose names have more than letters, digits and '-' are dropped, because nginx can't tell X_Forwarded_Host from a "
                    + "trusted proxy's X-Forwarded-Host"
            ),
            Capability.For<Site>(
                SiteFields.Http3,
                Support.Unsupported,
                "`true`",
                static site => site.Http3,
                "HTTP/3 came with nginx 1.25, where it was built with it"
            ) with
            {
                Versions = new VersionRange(Until: new TargetVersion(1, 25)),
            },
            Capability.For<ForwardAuth>(
                ForwardAuthFields.CopyHeaders,
                Support.Approximate,
                "with a name of more than four dashes",
                static auth => auth.CopyHeaders.Any(static header => !ForwardedHeaders.KnowsTwinsOf(header.Name)),
                "of the client's own headers that applications read as the same, those that mix dashes with underscores pass"
            ),
            new(
                ForwardAuthFields.SignIn,
                Support.Approximate,
                "of several cookies in a refusal a client gets the first, or from 1.23 on one field with all of them"
            ),
            new(HealthFields.Active, Support.Unsupported, "open-source nginx sends no probes: use health.passive, or run `confgen serve`"),
            new(
                ActiveHealthFields.Path,
                Support.Unsupported,
                "open-source nginx sends no probes: use health.passive, or run `confgen serve`"
            ),
            new(ActiveHealthFields.Interval, Support.Unsupported, "open-source nginx sends no probes"),
            new(ActiveHealthFields.Timeout, Support.Unsupported, "open-source nginx sends no probes"),
            new(ActiveHealthFields.Status, Support.Unsupported, "open-source nginx sends no probes"),
            new(PassiveHealthFields.Latency, Support.Unsupported, "nginx counts errors and statuses, not times: shorten timeouts.read"),
            new(
                PassiveHealthFields.Status,
                Support.Approximate,
                "nginx counts 403, 404, 429, 500, 502, 503 and 504 alone, only where it may try another server, and then it does for "
                    + "idempotent requests"
            ),
            Capability.For<Upstream>(
                UpstreamFields.RetryOn,
                Support.Unsupported,
                "with another status than 403, 404, 429, 500, 502, 503 or 504",
                static upstream => upstream.RetryOn.Any(status => RetryConditions.KnowsNone(status, upstream.Scheme)),
                "nginx tries another server on 403, 404, 429, 500, 502, 503 and 504 alone, over FastCGI not on 502 and 504"
            ),
            new(UpstreamFields.RetryOn, Support.Approximate, "a request whose whole body came with its head is sent again, too"),
            Capability.For<Upstream>(
                UpstreamFields.RetryOn,
                Support.Approximate,
                "with a class of statuses",
                static upstream => upstream.RetryOn.Any(static status => !status.IsSingle),
                "of a class nginx takes 403, 404, 429, 500, 502, 503 and 504 alone"
            ),
            Capability.For<Upstream>(
                UpstreamFields.RetryOn,
                Support.Approximate,
                "with `health.passive`",
                static upstream => upstream is { RetryOn.Count: > 0, PassiveHealth: not null },
                "a response that is replaced counts as a failure of its server, but for 403 and 404"
            ),
            new(UpstreamFields.Discover, Support.Unsupported, "nginx asks for SRV records from 1.27.3 on: list the servers")
            {
                Versions = new VersionRange(Until: NginxFeatures.Discovery.Since),
            },
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Approximate,
                "`first` with three servers or more",
                static upstream => upstream.Balance.Policy == BalancePolicy.First && upstream.Servers.Count > 2,
                "nginx's backups have no order among themselves"
            ),
            new(
                UpstreamFields.ResponseHeaderTimeout,
                Support.Approximate,
                "nginx has one time-out for the head and for the body: the head is waited for as long as timeouts.read"
            ),
            new(BuffersFields.Read, Support.Approximate, "nginx shares it among eight buffers of each response"),
            new(
                BuffersFields.Write,
                Support.Approximate,
                "nginx has no buffer for writing: the one that the request's body is read into gets this size"
            ),
            new(KeepaliveFields.Idle, Support.Approximate, "nginx keeps so many for each of its worker processes"),
            Capability.For<HeaderEdits>(
                HeaderRulesFields.On,
                Support.Unsupported,
                "`success` with Server, Date, Content-Type, or a name of other characters than letters, digits and '-'",
                static rules => rules.OnSuccess && !rules.Names.All(IsByStatus),
                "write `always`, or leave the rule out: nginx has no variable for what an error would keep of it"
            ),
            Capability.For<RespondAction>(
                RespondFields.Status,
                Support.Unsupported,
                "of a redirect",
                static respond => respond.Status is 301 or 302 or 303 or 307 or 308,
                "use `redirect`"
            ),
            Capability.For<RateLimit>(
                RateLimitFields.Rate,
                Support.Approximate,
                "in an hour that is no whole number in a minute",
                static rate => rate.Rate.Per.TotalHours >= 1 && rate.Rate.Count % 60 != 0,
                "nginx counts by the second or the minute: it is rounded down, to at least one a minute"
            ),
            Capability.For<ProxyAction>(
                RouteFields.FlushInterval,
                Support.Approximate,
                "over zero",
                static proxy => proxy.FlushInterval > TimeSpan.Zero,
                "nginx has no interval: each piece is passed on as it comes"
            ),
            new(
                MatchFields.Header,
                Support.Approximate,
                "of several lines of one name nginx before 1.23 looks at the first; later ones look at all of them as one, joined by "
                    + "commas; a line whose name has '_' for '-' counts, too"
            ),
            new(FilesFields.Root, Support.Approximate, "every symbolic link below the root is refused, also one that stays there"),
            new(FilesFirstFields.Root, Support.Approximate, "no symbolic link below the root is a file, also none that stays there"),
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Approximate,
                "by a cookie",
                static upstream => upstream.Balance.Policy == BalancePolicy.Cookie,
                "nginx sends the cookie with every response, not only with a session's first; it is Secure where every site that uses the "
                    + "upstream has TLS"
            ) with
            {
                Versions = NginxFeatures.StickySessions,
            },
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Approximate,
                "by a cookie",
                static upstream => upstream.Balance.Policy == BalancePolicy.Cookie,
                "before 1.29.6 the cookie is a key whose hash chooses the server: while a server fails, another one takes its clients, "
                    + "and they return to it afterwards"
            ) with
            {
                Versions = new VersionRange(Until: NginxFeatures.StickySessions.Since),
            },
            Capability.For<PassiveHealth>(
                PassiveHealthFields.FailFor,
                Support.Approximate,
                "with a fraction of a second",
                static passive => NginxUnits.HasFraction(passive.FailFor),
                "nginx counts whole seconds: it is rounded up"
            ),
            Capability.For<SrvDiscovery>(
                DiscoverFields.Refresh,
                Support.Approximate,
                "with a fraction of a second",
                static srv => NginxUnits.HasFraction(srv.Refresh),
                "nginx counts whole seconds: it is rounded up"
            ),
            Capability.For<AccessLog>(
                LogFields.Format,
                Support.Approximate,
                "`json`",
                static log => log.Format == AccessLogFormat.Json,
                "`bytes_in` counts the request's head, too, `upstream` has every server that was tried, `time` has whole seconds, and "
                    + "`error` is null: nginx's error log has it"
            ),
            Capability.For<Site>(
                SiteFields.Routes,
                Support.Approximate,
                "a guard on, or behind the conditions of, a regex",
                LenientPathRegex.RefusesSeveral,
                "a path that a lenient upstream could read in several other ways, as one with a backslash or two parameters (;x), gets "
                    + "400 on the whole site"
            ),
            new(LimitsFields.Head, Support.Exact, "counted to a kibibyte"),
            .. new[] { BasicAuthFields.Users, BasicAuthFields.File }.Select(f => new Capability(
                f,
                Support.Exact,
                "the files of users are written for their owner alone, but nginx's workers must read them, or everybody gets 500: "
                    + "`install -d -m 2750 -g www-data out/nginx/htpasswd` before the first build"
            )),
            new(RouteFields.ForwardAuth, Support.Exact, "a refusal is asked for twice, because nginx keeps only its status"),
            .. OfTemplates(),
            .. Alike(),
        ],
        NginxNotes.All
    );

    private static bool IsByStatus(string name) =>
        name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && !new[] { "Server", "Date", "Content-Type" }.Contains(name, StringComparer.OrdinalIgnoreCase);
}
