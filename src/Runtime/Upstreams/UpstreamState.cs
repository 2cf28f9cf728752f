using System.Collections.Concurrent;
using System.Text;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Resolving;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Tunnels;

namespace Confgen.Runtime.Upstreams;

/// <summary>An upstream as it is at the moment. It outlives reloads that don't change it.</summary>
internal sealed class UpstreamState : IDisposable
{
    // The routes' own limit holds for HTTP/1.1; a connection of HTTP/2 is shared by several.
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(5);
    // What a server may send on a stream before it is read: RFC 9113's own, and the most that the platform takes.
    private const int SmallestWindow = 65_535;
    private const int LargestWindow = 16 * 1024 * 1024;

    private static readonly TimeSpan _betweenSweeps = TimeSpan.FromSeconds(5);

    private readonly DeadlineWatch _watch;
    private readonly Balancer _balancer;
    private readonly ConcurrentDictionary<ServerState, HttpMessageInvoker> _http2 = new();
    private readonly UpstreamTlsOptions _tls;
    private readonly HealthProbe? _probe;
    private readonly ServerDiscovery? _discovery;
    private readonly Func<UpstreamServer, ServerState> _makeServer;
    private readonly ITimer _sweeper;
    private volatile ServerState[] _servers;
    private bool _isStarted;

    public UpstreamState(Upstream config, DeadlineWatch watch, ProxyOptions options, BridgePool? bridges = null)
    {
        Config = config;
        _watch = watch;
        UpstreamKeepalive keepalive = config.Keepalive ?? new UpstreamKeepalive();
        var resolver = new NameResolver(options);
        _makeServer = server => new ServerState(server, keepalive, resolver, options.Time);
        _servers = [.. config.Servers.Select(_makeServer)];
        _tls = new UpstreamTlsOptions(config.Tls);
        Connector = new Connector(_tls, config.Buffers, watch, options.Time, bridges);
        _balancer = new Balancer(config.Balance, options.Random);
        _probe = config.ActiveHealth is { } active ? new HealthProbe(this, active, watch, options.Time, options.Notice) : null;
        _discovery = config.Discover is { } discover ? new ServerDiscovery(this, discover, options) : null;
        _sweeper = options.Time.CreateTimer(_ => Sweep(all: false), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The upstream as the spec says it.</summary>
    public Upstream Config { get; }

    /// <summary>Whether its TLS files are still those that were read.</summary>
    public bool IsCurrent => _tls.IsCurrent;

    /// <summary>Its servers.</summary>
    public ServerState[] Servers => _servers;

    /// <summary>Opens connections to them.</summary>
    public Connector Connector { get; }

    /// <summary>The server for a request; null where none is healthy, or every healthy one was tried.</summary>
    /// <param name="key">What the policy chooses by, where it has a key.</param>
    /// <param name="tried">Servers that failed for this request.</param>
    public ServerState? Choose(BalanceKey key, IReadOnlyList<ServerState>? tried) => _balancer.Choose(Servers, key, tried, _watch.Now);

    /// <summary>Waits until it is known which servers there are, at most for a time; over at once but for the first requests after the start.</summary>
    public ValueTask ReadyAsync(TimeSpan limit) => _discovery is { IsAwaited: true } ? _discovery.FirstAsync(limit) : default;

    /// <summary>Takes over the servers that were discovered. One that was there before keeps its connections, its health and its counts.</summary>
    public void Take(IReadOnlyList<DiscoveredServer> found)
    {
        var before = _servers.ToDictionary(s => s.Address);
        var servers = new List<ServerState>();
        foreach (DiscoveredServer server in found)
        {
            bool isNew = !before.Remove(server.Config.Address, out ServerState? state);
            state ??= _makeServer(server.Config);
            state.Update(server);
            servers.Add(state);
            if (isNew)
            {
                _probe?.Watch(state);
            }
        }

        _servers = [.. servers];
        foreach (ServerState gone in before.Values)
        {
            gone.Retire();
            if (_http2.TryRemove(gone, out HttpMessageInvoker? client))
            {
                client.Dispose();
            }
        }
    }

    /// <summary>Takes note of a failure on a real request.</summary>
    public void Failed(ServerState server)
    {
        server.CountFailure();
        Eject(server);
    }

    private void Eject(ServerState server)
    {
        if (Config.PassiveHealth is { } passive)
        {
            long window = (long)passive.FailFor.TotalMilliseconds;
            if (server.Failures.Add(_watch.Now, window, passive.MaxFails))
            {
                server.EjectedUntil = _watch.Now + window;
            }
        }
    }

    /// <summary>Takes note of an answer's status and of how long its head took.</summary>
    public void Responded(ServerState server, int status, long milliseconds)
    {
        if (Config.PassiveHealth is { } passive
            && ((passive.Latency is { } latency && milliseconds > latency.TotalMilliseconds) || passive.Status.Any(p => p.Matches(status))))
        {
            Eject(server);
        }
    }

    /// <summary>The client for a server's HTTP/2; its connections are shared by all requests.</summary>
    public HttpMessageInvoker Http2ClientOf(ServerState server) => _http2.GetOrAdd(server, static (key, self) => self.MakeHttp2Client(key), this);

    /// <summary>Begins what goes on in the background; a second call does nothing.</summary>
    public void Start()
    {
        if (!_isStarted)
        {
            _isStarted = true;
            _probe?.Start();
            _discovery?.Start();
            _sweeper.Change(_betweenSweeps, _betweenSweeps);
        }
    }

    /// <summary>Ends what goes on in the background, and closes idle connections.</summary>
    public void Dispose()
    {
        _discovery?.Dispose();
        _probe?.Dispose();
        _sweeper.Dispose();
        Sweep(all: true);
        foreach (HttpMessageInvoker client in _http2.Values)
        {
            client.Dispose();
        }
    }

    /// <summary>Closes the idle connections that are too old, or all of them.</summary>
    public void Sweep(bool all)
    {
        foreach (ServerState server in Servers)
        {
            server.Sweep(_watch.Now, all);
        }
    }

    private HttpMessageInvoker MakeHttp2Client(ServerState server)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = (int)Math.Clamp(Config.Buffers?.Read ?? 0, SmallestWindow, LargestWindow),
            PooledConnectionIdleTimeout = (Config.Keepalive ?? new UpstreamKeepalive()).Timeout,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ConnectCallback = async (_, _) => (await Connector.OpenAsync(server, _connectTimeout, isHttp2: true) ?? throw new IOException("the server can't be reached")).AsOwnedStream(),
        };
        return new HttpMessageInvoker(handler);
    }
}
