using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using static Confgen.Compiler.Rendering.Capability;

namespace Confgen.Targets.Traefik;

internal static partial class TraefikCapabilities
{
    private static VersionRange UntilHashes => new(Until: TraefikVersions.HashesAddresses);

    private static IEnumerable<Capability> Upstreams() =>
        [
            Capability.For<UpstreamServer>(
                ServerFields.Url,
                Support.Unsupported,
                "of a unix socket",
                static server => server.Address.SocketPath is not null,
                "let the server listen at a port of 127.0.0.1"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Unsupported,
                "`random`, `first`, `uri_hash` or by a header",
                static upstream =>
                    upstream.Balance.Policy is BalancePolicy.Random or BalancePolicy.First or BalancePolicy.UriHash or BalancePolicy.Header,
                "balance in turn, by `least_conn`, `ip_hash` or a cookie"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Unsupported,
                "`least_conn`",
                static upstream => upstream.Balance.Policy == BalancePolicy.LeastConn,
                "balance in turn, or set targets.traefik.version to \"3.4\" or higher"
            ) with
            {
                Versions = new VersionRange(Until: TraefikVersions.ChoosesOfTwo),
            },
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Approximate,
                "`least_conn`",
                static upstream => upstream.Balance.Policy == BalancePolicy.LeastConn,
                "of two servers at random the one with fewer requests is taken, and weights don't count"
            ),
            Capability.For<Upstream>(
                UpstreamFields.Balance,
                Support.Unsupported,
                "`ip_hash`",
                static upstream => upstream.Balance.Policy == BalancePolicy.IpHash,
                "balance by a cookie, or set targets.traefik.version to \"3.6\" or higher"
            ) with
            {
                Versions = UntilHashes,
            },
            new(BalanceFields.Header, Support.Unsupported, "balance by a cookie"),
            new(ServerFields.Backup, Support.Unsupported, "list the servers with weights, as 1000 and 1, and add health.active"),
            new(ServerFields.MaxConns, Support.Unsupported, "Traefik doesn't count connections: let the server refuse what it can't take"),
            new(UpstreamFields.Buffers, Support.Unsupported, "Traefik has buffers of its own size: leave it out"),
            new(BuffersFields.Read, Support.Unsupported, "Traefik has buffers of its own size: leave it out"),
            new(BuffersFields.Write, Support.Unsupported, "Traefik has buffers of its own size: leave it out"),
            new(UpstreamFields.Discover, Support.Unsupported, "list the servers"),
            new(DiscoverFields.Srv, Support.Unsupported, "list the servers"),
            new(DiscoverFields.Refresh, Support.Unsupported, "list the servers"),
            new(HealthFields.Active, Support.Approximate, "redirects pass as well, unless `status` is one status"),
            Capability.For<ActiveHealth>(
                ActiveHealthFields.Status,
                Support.Unsupported,
                "but one status, or `2xx`",
                static health => health.Status is not [var only] || (!only.IsSingle && only != StatusPattern.Success),
                "write one status, as 204"
            ),
            new(ActiveHealthFields.Status, Support.Read),
            .. Unsupported("use health.active, or set targets.traefik.version to \"3.6\" or higher", HealthFields.Passive)
                .Select(static capability => capability with { Versions = UntilHashes }),
            new(HealthFields.Passive, Support.Approximate, "each response with 500 or above is a failure, and they count only in a row"),
            new(PassiveHealthFields.MaxFails, Support.Read),
            new(PassiveHealthFields.FailFor, Support.Read),
            new(PassiveHealthFields.Status, Support.Unsupported, "each response with 500 or above is a failure: leave it out"),
            new(UpstreamFields.RetryOn, Support.Unsupported, "Traefik tries another server on connect failures alone: leave it out"),
            new(PassiveHealthFields.Latency, Support.Unsupported, "Traefik takes no times: leave it out"),
        ];
}
