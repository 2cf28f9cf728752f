using System.Globalization;
using Confgen.Model;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Writes upstreams as blocks, because only a block keeps connections; a name that is resolved while nginx runs can't have one before
/// 1.27.3.
/// </summary>
internal sealed class UpstreamBuilder(NginxBuild build)
{
    // nginx takes less than 1 KiB of its workers' shared memory for a server; of a name that is resolved again any number of addresses may
    // come.
    private const int ServersIn64K = 24;
    private const int KibibytesOfServer = 2;
    private const int KibibytesOfNames = 256;

    // Unless the spec says how many: enough for a busy application, and little for one that is not.
    private const int IdleConnections = 32;

    private readonly Dictionary<Upstream, UpstreamTarget> _targets = new(ReferenceEqualityComparer.Instance);

    // A kept connection is as good as the TLS it was made with: servers with other settings have a block of their own.
    private readonly Dictionary<(ServerAddress, UpstreamTls), UpstreamTarget> _inline = [];

    /// <summary>The blocks, in the order in which they were asked for.</summary>
    public List<UpstreamView> Views { get; } = [];

    /// <summary>What <c>proxy_pass</c> names for the upstream.</summary>
    public UpstreamTarget TargetOf(Upstream upstream)
    {
        if (_targets.TryGetValue(upstream, out UpstreamTarget? target))
        {
            return target;
        }

        // Servers that routes name by their URLs share their kept connections.
        if (upstream is { IsInline: true, Servers: [var only] })
        {
            if (!_inline.TryGetValue((only.Address, upstream.Tls), out target))
            {
                _inline.Add((only.Address, upstream.Tls), target = Make(upstream));
            }
        }
        else
        {
            target = Make(upstream);
        }

        _targets.Add(upstream, target);
        return target;
    }

    private UpstreamTarget Make(Upstream upstream)
    {
        string scheme = upstream.Scheme switch
        {
            ServerScheme.Https => "https",
            ServerScheme.H2c when !build.Features.Http2Upstreams => "grpc",
            _ when RunsScripts(upstream) => "fastcgi",
            _ => "http",
        };
        bool single = upstream.Servers.Count == 1;
        UpstreamServer? only = single ? upstream.Servers[0] : null;
        string? hostPort =
            only?.Address is { SocketPath: null } address ? address.HostPort
            : only is not null ? "localhost"
            : null;
        var target = new UpstreamTarget
        {
            Scheme = scheme,
            Authority = "",
            HostPort = hostPort,
            TlsName = TlsName(upstream),
            AlwaysHasServer =
                Resolves(upstream)
                && upstream is { Discover: null, PassiveHealth: null }
                && !upstream.Servers.Any(s => s.MaxConns > 0 || s.Down),
            HasSeveral = !single,
        };
        if (
            only is { Address: { IsAddress: false, SocketPath: null } }
            && IsPlain(only, upstream)
            && build.Settings.Resolver.Count > 0
            && !build.Features.Resolve
        )
        {
            return target with { Authority = "$" + RuntimeName(upstream, only.Address.HostPort) };
        }

        string name = build.Groups.New(upstream.IsInline && only is not null ? NameOf(only.Address) : upstream.Name);
        StickySession? session =
            upstream.Balance.Policy == BalancePolicy.Cookie && !build.Features.Sticky && !single ? StickySession.Of(build, upstream) : null;
        Views.Add(Block(upstream, name, session, keepsConnections: !RunsScripts(upstream)));
        return target with { Authority = name, SetCookie = session?.SetCookie };
    }

    /// <summary>The block of an upstream in the stream block. Its memory has its name, and http's blocks have others.</summary>
    public UpstreamView OfStream(Upstream upstream) =>
        Block(
            upstream,
            build.Groups.New(upstream is { IsInline: true, Servers: [var only] } ? NameOf(only.Address) : upstream.Name),
            session: null,
            keepsConnections: false
        );

    private UpstreamView Block(Upstream upstream, string name, StickySession? session, bool keepsConnections)
    {
        ValueList<UpstreamServer> servers = upstream.Servers;
        bool resolves = Resolves(upstream);
        return new UpstreamView
        {
            Name = name,
            Purpose = upstream.Balance.Policy == BalancePolicy.First && servers.Count > 1 ? "first" : null,
            Zone =
                servers.Count > 1 || resolves || upstream.PassiveHealth is not null || servers.Any(s => s.MaxConns > 0)
                    ? SharedMemory(servers.Count, resolves)
                    : null,
            Balance = session is not null ? new BalanceView { HashKey = session.Key, Consistent = true } : Balance(upstream),
            Resolver =
                upstream.Discover is { } discover && build.Settings.Resolver.Count > 0
                    ? string.Join(' ', build.Settings.Resolver) + " valid=" + NginxUnits.Seconds(discover.Refresh)
                    : null,
            Servers = upstream.Discover is { } srv
                ? [SrvServer(srv)]
                : [.. servers.Select((server, i) => Server(upstream, server, i, resolves)), .. Placeholder(upstream)],
            Keepalive =
                keepsConnections
                && (upstream.Keepalive?.Idle ?? IdleConnections) is var idle
                && (idle > 0 || build.Features.KeepsConnections)
                    ? idle
                    : null,
            KeepaliveTimeout =
                upstream.Keepalive is { Idle: > 0 } kept && kept.Timeout != TimeSpan.FromSeconds(60) ? NginxUnits.Time(kept.Timeout) : null,
        };
    }

    /// <summary>Whether a block would hold nothing but the one server's address.</summary>
    public static bool IsPlain(UpstreamServer only, Upstream upstream) =>
        only is { MaxConns: 0, Down: false } && upstream is { Keepalive: null, PassiveHealth: null };

    /// <summary>Whether names are resolved again while nginx runs.</summary>
    private bool Resolves(Upstream upstream) =>
        build.Features.Resolve
        && build.Settings.Resolver.Count > 0
        && (upstream.Discover is not null || upstream.Servers.Any(s => s.Address is { SocketPath: null, IsAddress: false }));

    // A kept connection would hold a worker of PHP-FPM.
    private bool RunsScripts(Upstream upstream) =>
        upstream.Scheme == ServerScheme.FastCgi
        || (
            upstream.Scheme == ServerScheme.Unix
            && build.Spec.Sites.Any(s =>
                s.Routes.Any(r => r.Proxy is { FastCgi: not null } proxy && ReferenceEquals(proxy.Upstream, upstream))
            )
        );

    private static string SharedMemory(int servers, bool resolves)
    {
        int least = resolves ? KibibytesOfNames : 64;
        return string.Create(CultureInfo.InvariantCulture, $"{(servers <= ServersIn64K ? least : least + (servers * KibibytesOfServer))}k");
    }

    // nginx counts no failures of an upstream's only server: beside a second one, which is never asked, it does.
    private static IEnumerable<UpstreamServerView> Placeholder(Upstream upstream) =>
        upstream is { Servers.Count: 1, PassiveHealth: not null } ? [new UpstreamServerView("127.0.0.1:9") { Down = true }] : [];

    private static string NameOf(ServerAddress address) =>
        address.SocketPath is { } socket ? Path.GetFileNameWithoutExtension(socket) : address.HostPort;

    private static string Address(UpstreamServer server) =>
        server.Address.SocketPath is { } socket ? "unix:" + socket : server.Address.HostPort;

    private string RuntimeName(Upstream upstream, string hostPort) =>
        build.Map(
            NginxNames.Join("upstream", upstream.IsInline ? hostPort : upstream.Name),
            new MapView
            {
                Purpose = "runtime_name",
                Source = "\"\"",
                Variable = "",
                Lines = [new MapLineView("default", NginxQuoting.Text(hostPort).Text)],
            }
        );

    private static string? TlsName(Upstream upstream)
    {
        if (upstream.Scheme != ServerScheme.Https)
        {
            return null;
        }

        return upstream.Tls.ServerName ?? (upstream.Servers.Count > 0 ? upstream.Servers[0].Address.Host : null);
    }

    private BalanceView? Balance(Upstream upstream)
    {
        if (upstream.Servers.Count < 2 && upstream.Discover is null)
        {
            return null;
        }

        return upstream.Balance.Policy switch
        {
            BalancePolicy.Random => new BalanceView { Random = true },
            BalancePolicy.LeastConn => new BalanceView { LeastConn = true },

            // Not ip_hash, which takes all of an IPv4 /24 for one client.
            BalancePolicy.IpHash => new BalanceView { HashKey = "$remote_addr" },
            BalancePolicy.UriHash => new BalanceView { HashKey = "$request_uri" },
            BalancePolicy.Header => new BalanceView { HashKey = "$http_" + NginxNames.HeaderVariable(upstream.Balance.Key ?? "") },
            BalancePolicy.Cookie when build.Features.Sticky => new BalanceView
            {
                StickyCookie = NginxQuoting.Argument(upstream.Balance.Key ?? "").Text,
                Secure = IsSecure(upstream),
            },
            _ => null,
        };
    }

    /// <summary>Whether every site that uses the upstream has TLS.</summary>
    private bool IsSecure(Upstream upstream) =>
        build
            .Spec.Sites.Where(site => site.Routes.Any(route => ReferenceEquals(route.Proxy?.Upstream, upstream)))
            .All(site => site.Tls is not null);

    private static UpstreamServerView Server(Upstream upstream, UpstreamServer server, int index, bool resolves)
    {
        bool isName = server.Address is { SocketPath: null, IsAddress: false };
        PassiveHealth? passive = upstream.PassiveHealth;
        return new UpstreamServerView(Address(server))
        {
            Weight = server.Weight != 1 ? server.Weight : null,
            MaxConns = server.MaxConns > 0 ? server.MaxConns : null,

            // nginx would take a server out for ten seconds after one failure.
            MaxFails =
                passive is not null ? passive.MaxFails.ToString(CultureInfo.InvariantCulture)
                : upstream.Servers.Count > 1 || isName ? "0"
                : null,
            FailTimeout = passive is not null ? NginxUnits.Seconds(passive.FailFor) : null,
            Backup = server.Backup || (upstream.Balance.Policy == BalancePolicy.First && index > 0),
            Down = server.Down,
            Resolve = resolves && isName,
        };
    }

    /// <summary><c>_api._tcp.example.com</c> is the service <c>_api._tcp</c> of <c>example.com</c>.</summary>
    private static UpstreamServerView SrvServer(SrvDiscovery srv)
    {
        string[] labels = srv.Name.Split('.');
        int service = labels.TakeWhile(label => label.StartsWith('_')).Count();
        return new UpstreamServerView(NginxQuoting.Argument(string.Join('.', labels[service..])).Text)
        {
            Service = string.Join('.', labels[..service]),
            Resolve = true,
            MaxFails = "0",
        };
    }
}
