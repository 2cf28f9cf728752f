using System.Globalization;
using Confgen.Model;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Writes upstreams: a block where there is more to say than an address, else the address in the URL.</summary>
internal sealed class UpstreamBuilder(NginxBuild build)
{
    // nginx takes less than 1 KiB of its workers' shared memory for a server; of a name that is resolved again any number of addresses may come.
    private const int ServersIn64K = 24;
    private const int KibibytesOfServer = 2;
    private const int KibibytesOfNames = 256;

    private readonly Dictionary<Upstream, UpstreamTarget> _targets = new(ReferenceEqualityComparer.Instance);

    /// <summary>The blocks, in the order in which they were asked for.</summary>
    public List<UpstreamView> Views { get; } = [];

    /// <summary>What <c>proxy_pass</c> names for the upstream.</summary>
    public UpstreamTarget TargetOf(Upstream upstream)
    {
        if (!_targets.TryGetValue(upstream, out UpstreamTarget? target))
        {
            _targets.Add(upstream, target = Make(upstream));
        }

        return target;
    }

    private UpstreamTarget Make(Upstream upstream)
    {
        string scheme = upstream.Scheme switch
        {
            ServerScheme.Https => "https",
            ServerScheme.H2c when !build.Features.Http2Upstreams => "grpc",
            _ => "http",
        };
        bool single = upstream.Servers.Count == 1;
        UpstreamServer? only = single ? upstream.Servers[0] : null;
        string? hostPort = only?.Address is { SocketPath: null } address ? address.HostPort : only is not null ? "localhost" : null;
        var target = new UpstreamTarget
        {
            Scheme = scheme,
            Authority = "",
            HostPort = hostPort,
            TlsName = TlsName(upstream),
            MayHaveNoServer = upstream.Discover is not null || upstream.PassiveHealth is not null || upstream.Servers.Any(s => s.MaxConns > 0 || s.Down),
            HasSeveral = !single,
        };
        if (only is not null && IsPlain(only, upstream))
        {
            if (upstream.IsInline && only.Address.SocketPath is { } socket)
            {
                return target with { Authority = "unix:" + socket, IsSocket = true };
            }

            if (upstream.IsInline && only.Address.IsAddress)
            {
                return target with { Authority = hostPort ?? "" };
            }

            if (only.Address is { IsAddress: false, SocketPath: null } && build.Settings.Resolver.Count > 0 && !build.Features.Resolve)
            {
                return target with { Authority = "$" + RuntimeName(upstream, only.Address.HostPort) };
            }
        }

        string name = build.Groups.New(upstream.IsInline && only is not null ? only.Address.Host : upstream.Name);
        StickySession? session = upstream.Balance.Policy == BalancePolicy.Cookie && !build.Features.Sticky && !single ? StickySession.Of(build, upstream) : null;
        Views.Add(Block(upstream, name, session));
        return target with { Authority = name, SetCookie = session?.SetCookie };
    }

    private UpstreamView Block(Upstream upstream, string name, StickySession? session)
    {
        ValueList<UpstreamServer> servers = upstream.Servers;
        bool resolves = build.Features.Resolve && build.Settings.Resolver.Count > 0 && (upstream.Discover is not null || servers.Any(s => s.Address is { SocketPath: null, IsAddress: false }));
        return new UpstreamView
        {
            Name = name,
            Comment = upstream.Balance.Policy == BalancePolicy.First && servers.Count > 1 ? "# the first server while it can, then the others" : null,
            Zone = servers.Count > 1 || resolves || upstream.PassiveHealth is not null || servers.Any(s => s.MaxConns > 0) ? name + " " + SharedMemory(servers.Count, resolves) : null,
            Method = session is not null ? $"hash {session.Key} consistent" : Method(upstream, servers),
            Resolver = upstream.Discover is { } discover && build.Settings.Resolver.Count > 0
                ? string.Join(' ', build.Settings.Resolver) + " valid=" + NginxUnits.Seconds(discover.Refresh)
                : null,
            Servers = upstream.Discover is { } srv ? [SrvServer(srv)] : [.. servers.Select((server, i) => Server(upstream, server, i, resolves)), .. Placeholder(upstream)],
            Keepalive = upstream.Keepalive is { Idle: > 0 } keepalive ? keepalive.Idle : null,
            KeepaliveTimeout = upstream.Keepalive is { Idle: > 0 } kept && kept.Timeout != TimeSpan.FromSeconds(60) ? NginxUnits.Time(kept.Timeout) : null,
        };
    }

    /// <summary>Whether a block would hold nothing but the one server's address.</summary>
    public static bool IsPlain(UpstreamServer only, Upstream upstream) =>
        only is { MaxConns: 0, Down: false } && upstream is { Keepalive: null, PassiveHealth: null };

    private static string SharedMemory(int servers, bool resolves)
    {
        int least = resolves ? KibibytesOfNames : 64;
        return string.Create(CultureInfo.InvariantCulture, $"{(servers <= ServersIn64K ? least : least + (servers * KibibytesOfServer))}k");
    }

    // nginx counts no failures of an upstream's only server: beside a second one, which is never asked, it does.
    private static IEnumerable<string> Placeholder(Upstream upstream) => upstream is { Servers.Count: 1, PassiveHealth: not null } ? ["127.0.0.1:9 down"] : [];

    private static string Address(UpstreamServer server) => server.Address.SocketPath is { } socket ? "unix:" + socket : server.Address.HostPort;

    private string RuntimeName(Upstream upstream, string hostPort) => build.Map(NginxNames.Join("upstream", upstream.IsInline ? hostPort : upstream.Name), new MapView
    {
        Comment = "# a variable, so that the name is resolved while nginx runs and can't stop its start",
        Source = "\"\"",
        Variable = "",
        Lines = [new MapLineView("default", NginxQuoting.Text(hostPort).Text)],
    });

    private static string? TlsName(Upstream upstream)
    {
        if (upstream.Scheme != ServerScheme.Https)
        {
            return null;
        }

        return upstream.Tls.ServerName ?? (upstream.Servers.Count > 0 ? upstream.Servers[0].Address.Host : null);
    }

    private string? Method(Upstream upstream, IReadOnlyList<UpstreamServer> servers)
    {
        if (servers.Count < 2 && upstream.Discover is null)
        {
            return null;
        }

        return upstream.Balance.Policy switch
        {
            BalancePolicy.Random => "random",
            BalancePolicy.LeastConn => "least_conn",
            // Not ip_hash, which takes all of an IPv4 /24 for one client.
            BalancePolicy.IpHash => "hash $remote_addr",
            BalancePolicy.UriHash => "hash $request_uri",
            BalancePolicy.Header => "hash $http_" + NginxNames.HeaderVariable(upstream.Balance.Key ?? ""),
            BalancePolicy.Cookie when build.Features.Sticky =>
                $"sticky cookie {NginxQuoting.Argument(upstream.Balance.Key ?? "").Text} path=/ httponly samesite=lax{(IsSecure(upstream) ? " secure" : "")}",
            _ => null,
        };
    }

    /// <summary>Whether every site that uses the upstream has TLS.</summary>
    private bool IsSecure(Upstream upstream) =>
        build.Spec.Sites.Where(site => site.Routes.Any(route => ReferenceEquals(route.Proxy?.Upstream, upstream))).All(site => site.Tls is not null);

    private static string Server(Upstream upstream, UpstreamServer server, int index, bool resolves)
    {
        string text = Address(server);
        bool backup = server.Backup || (upstream.Balance.Policy == BalancePolicy.First && index > 0);
        if (server.Weight != 1)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" weight={server.Weight}");
        }

        if (server.MaxConns > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" max_conns={server.MaxConns}");
        }

        bool several = upstream.Servers.Count > 1 || server.Address is { SocketPath: null, IsAddress: false };
        if (upstream.PassiveHealth is { } passive)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" max_fails={passive.MaxFails} fail_timeout={NginxUnits.Seconds(passive.FailFor)}");
        }
        else if (several)
        {
            // nginx would take a server out for ten seconds after one failure.
            text += " max_fails=0";
        }

        return text + (backup ? " backup" : "") + (server.Down ? " down" : "") + (resolves && server.Address is { SocketPath: null, IsAddress: false } ? " resolve" : "");
    }

    /// <summary><c>_api._tcp.example.com</c> is the service <c>_api._tcp</c> of <c>example.com</c>.</summary>
    private static string SrvServer(SrvDiscovery srv)
    {
        string[] labels = srv.Name.Split('.');
        int service = labels.TakeWhile(label => label.StartsWith('_')).Count();
        return NginxQuoting.Argument(string.Join('.', labels[service..])).Text
            + " service=" + string.Join('.', labels[..service]) + " resolve max_fails=0";
    }
}
