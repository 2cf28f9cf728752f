using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of an upstream.</summary>
/// <param name="texts">Quotes for the file or snippet that upstreams stand in.</param>
internal sealed class UpstreamBuilder(CaddyQuoter texts)
{
    private static readonly CaddyVersion WeightsSince = new(7);
    private static readonly CaddyVersion HostRewrittenSince = new(11);
    private static readonly CaddyVersion DiscoveredRememberedSince = new(11, 2);

    /// <summary>The release from which on Caddy tries another server on a status.</summary>
    public static readonly TargetVersion RetriesStatusesSince = new(2, 11, 3);

    private const string UpstreamHostPort = "{upstream_hostport}";

    /// <summary>A host as DNS writes it, with a dot at its end, and its port, which clients leave out where it is the usual one.</summary>
    private const string DnsHostPort = @"^(.*)\.(?::80|(:[0-9]+))$";

    /// <summary>
    /// The time for which a server that refused a connection is passed over where the spec has no passive health: enough for the retry.
    /// </summary>
    private static readonly TimeSpan RetryWindow = TimeSpan.FromSeconds(1);

    /// <summary>The servers and how they are chosen.</summary>
    /// <param name="upstream">The upstream.</param>
    /// <param name="hostHeader">The Host field that it sees.</param>
    public UpstreamView Build(Upstream upstream, HostHeader hostHeader)
    {
        string? host = Host(hostHeader, upstream);
        (List<UpstreamServer> servers, string? policy, bool ordered) = Servers(upstream);
        int retries =
            servers.DistinctBy(static server => server.Address).Count() > 1 || upstream.Discover is not null ? upstream.Retries : 0;
        PassiveHealth? passive = upstream.PassiveHealth;

        // A policy that chooses the same server for the same request would choose the dead one again. Others need no memory of failures,
        // which would count malformed requests, too. Of a server that it finds in DNS Caddy forgot for long what happened.
        bool remembers = upstream.Discover is null || texts.Version >= DiscoveredRememberedSince;
        bool fails =
            passive is null
            && retries > 0
            && remembers
            && (
                ordered
                || servers.Count != servers.DistinctBy(static server => server.Address).Count()
                || KeepsToServer(upstream.Balance.Policy)
            );
        int? most = servers.Count > 0 && servers.Max(static server => server.MaxConns) is > 0 and var conns ? conns : null;
        return new UpstreamView
        {
            Servers = string.Join(' ', servers.Select(server => texts.Argument(Address(server.Address), server.At.Of(ServerFields.Url)))),
            Srv = upstream.Discover is { } srv ? texts.Argument(srv.Name, srv.At.Of(DiscoverFields.Srv)) : null,
            SrvRefresh = upstream.Discover is { } discover ? CaddyQuoter.Duration(discover.Refresh) : null,
            Policy = policy,
            Retries = retries > 0 ? retries : null,
            RetryOn = retries > 0 && upstream.RetryOn.Count > 0 ? StatusExpression(upstream.RetryOn) : null,
            FailDuration =
                passive is not null ? CaddyQuoter.Duration(passive.FailFor)
                : fails ? CaddyQuoter.Duration(RetryWindow)
                : null,
            FailsForRetry = fails,

            // A limit of requests alone, and Caddy takes every server for one that failed: no failure is fewer than none.
            MaxFails =
                passive is { MaxFails: > 1 } ? passive.MaxFails
                : passive is null && !fails && most is not null ? 1
                : null,
            UnhealthyStatus = passive is { Status.Count: > 0 } ? string.Join(' ', passive.Status) : null,
            UnhealthyLatency = passive?.Latency is { } latency ? CaddyQuoter.Duration(latency) : null,
            MaxRequests = most,
            Health = upstream.ActiveHealth is { } active
                ? new HealthView(
                    texts.Argument(active.Path, active.At.Of(ActiveHealthFields.Path)),
                    CaddyQuoter.Duration(active.Interval),
                    CaddyQuoter.Duration(active.Timeout),
                    active.Status[0].ToString()
                )
                : null,
            TrustedProxies = texts.KnowsClients ? null : texts.TrustedProxies,
            HeaderUp =
                host is null ? []
                : upstream.Discover is { } named && host == UpstreamHostPort
                    ? ["Host " + host, "Host " + texts.Regex(DnsHostPort, named.At.Of(DiscoverFields.Srv)) + " $1$2"]
                : ["Host " + host],
        };
    }

    /// <summary>
    /// Whether servers of the upstream are passed over although the spec has no health of theirs: then it may find none left where the
    /// contract has it fail once more.
    /// </summary>
    public bool PassesOverFailed(Upstream upstream) =>
        upstream.Discover is null && Build(upstream, HostHeader.Preserve) is { FailsForRetry: true, MaxRequests: null, Health: null };

    /// <summary>Whether the policy gives the same server again to a request that just failed there.</summary>
    public static bool KeepsToServer(BalancePolicy policy) =>
        policy
            is BalancePolicy.First
                or BalancePolicy.IpHash
                or BalancePolicy.UriHash
                or BalancePolicy.Header
                or BalancePolicy.Cookie
                or BalancePolicy.LeastConn;

    private (List<UpstreamServer> Servers, string? Policy, bool Ordered) Servers(Upstream upstream)
    {
        List<UpstreamServer> live = [.. upstream.Servers.Where(static server => !server.Down)];
        List<UpstreamServer> servers = [.. live.Where(static server => !server.Backup), .. live.Where(static server => server.Backup)];

        // One server and its backups: the first that is alive, in this order.
        if (servers.Any(static server => server.Backup))
        {
            return (servers, "first", true);
        }

        bool several = servers.Count > 1 || upstream.Discover is not null;
        bool weighted = servers.Any(server => server.Weight != servers[0].Weight);
        if (weighted && upstream.Balance.Policy == BalancePolicy.RoundRobin && texts.Version >= WeightsSince)
        {
            return (servers, "weighted_round_robin " + string.Join(' ', servers.Select(static server => server.Weight)), false);
        }

        if (weighted && upstream.Balance.Policy is BalancePolicy.RoundRobin or BalancePolicy.Random)
        {
            servers = Weights.Spread(servers);
        }

        return (servers, several ? Policy(upstream) : null, false);
    }

    private string? Policy(Upstream upstream) =>
        upstream.Balance.Policy switch
        {
            BalancePolicy.RoundRobin => "round_robin",
            BalancePolicy.Random => "random",
            BalancePolicy.First => "first",
            BalancePolicy.LeastConn => "least_conn",
            BalancePolicy.IpHash when texts.TrustedProxies is null => "ip_hash",
            BalancePolicy.IpHash => texts.KnowsClients ? "client_ip_hash" : "header X-Real-IP",
            BalancePolicy.UriHash => "uri_hash",
            BalancePolicy.Header => "header " + texts.Argument(upstream.Balance.Key ?? "", upstream.At.Of(UpstreamFields.Balance)),
            _ => "cookie " + texts.Argument(upstream.Balance.Key ?? "lb", upstream.At.Of(UpstreamFields.Balance)),
        };

    private static string Address(ServerAddress address) =>
        address.Scheme switch
        {
            ServerScheme.Unix => "unix/" + address.SocketPath,
            ServerScheme.Https => "https://" + (address.Port == 443 ? address.HostPort[..^4] : address.HostPort),
            ServerScheme.H2c => "h2c://" + address.HostPort,
            _ => address.HostPort,
        };

    // In CEL, which knows the status as a number.
    private static string StatusExpression(ValueList<StatusPattern> patterns) =>
        string.Join(
            " || ",
            patterns.Select(static pattern =>
                pattern.IsSingle
                    ? $"{{rp.status_code}} == {pattern}"
                    : string.Create(null, $"({{rp.status_code}} >= {pattern.First} && {{rp.status_code}} <= {pattern.Last})")
            )
        );

    private string? Host(HostHeader host, Upstream upstream) =>
        host.Kind switch
        {
            HostHeaderKind.Literal => texts.Value(host.Literal ?? "", upstream.At.Span),
            HostHeaderKind.Upstream when upstream.Servers is [{ Address: var only }] => only.SocketPath is null
                ? texts.Argument(only.HostPort, upstream.At.Span)
                : "localhost",
            HostHeaderKind.Upstream => UpstreamHostPort,
            _ => upstream.Scheme == ServerScheme.Https && texts.Version >= HostRewrittenSince ? "{hostport}" : null,
        };
}
