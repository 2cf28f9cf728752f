using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Acme;
using Confgen.Model.Sites;
using static Confgen.Compiler.Rendering.Capability;

namespace Confgen.Targets.Traefik;

internal static partial class TraefikCapabilities
{
    private const string NotOff = "but `off`";
    private const string ByMethod = "GET is redirected with 301 or 302, other methods with 308 or 307";
    private const string OwnFields = "Traefik's lines have its own fields and names";

    private static IEnumerable<Capability> Sites() =>
        [
            Capability.For<Spec>(
                SpecFields.TrustedProxies,
                Support.Unsupported,
                "`unix`",
                static spec => spec.TrustsUnixPeers,
                "Traefik trusts peers for their address, which those on unix sockets don't have"
            ),
            new(
                SpecFields.TrustedProxies,
                Support.Approximate,
                "X-Real-IP is what the trusted proxy says, or its address; Forwarded, X-Forwarded-Ssl and Front-End-Https are removed from "
                    + "trusted peers, too"
            ),
            Capability.For<Site>(
                SiteFields.Tls,
                Support.Unsupported,
                "`internal`",
                static site => site.Tls is { Source: CertificateSource.Internal },
                "Traefik has no authority of its own: give `cert` and `key`, or `tls: auto`"
            ),
            Capability.For<SiteTls>(
                TlsFields.From,
                Support.Unsupported,
                "`internal`",
                static tls => tls.Source == CertificateSource.Internal,
                "Traefik has no authority of its own: give `cert` and `key`, or `auto`"
            ),
            Capability.For<AcmeBinding>(
                AcmeEabFields.MacKey,
                Support.Unsupported,
                "in a file",
                static eab => eab.MacKeyFile is not null,
                "write the key itself, best from the environment: `mac_key: \"${ACME_MAC_KEY}\"`"
            ),
            .. Unsupported(
                "leave it out for Traefik, or build for Caddy: what Traefik has for it depends on the release",
                AcmeMacKeyFields.File,
                AcmeFields.CaRoot,
                AcmeFields.Profile,
                AcmeFields.Storage,
                AcmeFields.Challenges,
                AcmeFields.Dns,
                AcmeDnsFields.Exec,
                AcmeDnsFields.Wait
            ),
            Capability.For<Site>(
                SiteFields.Listen,
                Support.Unsupported,
                "of a unix socket",
                static site => site.Listen.Any(static listen => listen.SocketPath is not null),
                "listen at a port of 127.0.0.1"
            ),
            new(SiteFields.Http3, Support.Approximate, "Alt-Svc has Traefik's own words, and the port of UDP must be open"),
            Capability.For<Site>(
                SiteFields.Compress,
                Support.Approximate,
                "with codings",
                static site => site.Compress.Count > 0,
                "the release has its own codings in its own order, and heeds no `no-transform`"
            ) with
            {
                Versions = new VersionRange(Until: TraefikVersions.LimitsHeads),
            },
            Capability.For<Site>(
                SiteFields.Compress,
                Support.Approximate,
                "with codings",
                static site => site.Compress.Count > 0,
                "responses with `Cache-Control: no-transform` are compressed as well"
            ),
            Capability.For<Site>(
                SiteFields.Log,
                Support.Approximate,
                NotOff,
                static site => site.Log is { Format: not AccessLogFormat.Off },
                OwnFields
            ),
            Capability.For<AccessLog>(LogFields.Format, Support.Read, "`off`", static log => log.Format == AccessLogFormat.Off, ""),
            new(LogFields.Format, Support.Approximate, OwnFields),
            Capability.For<AccessLog>(
                LogFields.Output,
                Support.Unsupported,
                "`stderr`",
                static log => log.Output == "stderr",
                "write `stdout` or a file"
            ),
            new(LogFields.Output, Support.Read),
            new(LimitsFields.Head, Support.Unsupported, "leave it out: before 3.2 a head may have 1 MiB")
            {
                Versions = new VersionRange(Until: TraefikVersions.LimitsHeads),
            },
            new(LimitsFields.Head, Support.Approximate, "a head may have 4 KiB more"),
            new(RedirectHttpFields.Status, Support.Approximate, ByMethod),
        ];
}
