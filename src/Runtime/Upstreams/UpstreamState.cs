using System.Globalization;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Resolving;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams.FastCgi;
using Confgen.Runtime.Upstreams.Http1;

namespace Confgen.Runtime.Upstreams;

/// <summary>An upstream as it is at the moment. It outlives reloads that don't change it.</summary>
internal sealed class UpstreamState : IDisposable
{
    private static readonly TimeSpan _betweenSweeps = TimeSpan.FromSeconds(5);

    private readonly DeadlineWatch _watch;
    private readonly Balancer _balancer;
    private readonly IConnectionSource _source;
    private readonly UpstreamErrorLog _log;
    private readonly TimeProvider _time;
    private readonly UpstreamTlsOptions _tls;
    private readonly HealthProbe? _probe;
    private readonly ServerDiscovery? _discovery;
    private readonly Func<UpstreamServer, ServerState> _makeServer;
    private readonly ITimer _sweeper;
    private volatile ServerState[] _servers;
    private bool _isStarted;

    /// <summary>Makes an upstream that isn't in use yet.</summary>
    /// <param name="config">What the spec says.</param>
    /// <param name="watch">The clock of waits.</param>
    /// <param name="options">How the spec is served.</param>
    /// <param name="source">Where connections come from; null for the network.</param>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Its TLS files can't be used.</exception>
    public UpstreamState(Upstream config, DeadlineWatch watch, ProxyOptions options, IConnectionSource? source = null)
    {
        Config = config;
        (_watch, _time) = (watch, options.Time);
        _tls = new UpstreamTlsOptions(config.Tls);
        _source = source ?? new DirectSource(_tls, options.Time);
        _log = new UpstreamErrorLog(config.Name, options.Notice, options.Warn, options.Time);
        var resolver = new NameResolver(options);
        _makeServer = server => new ServerState(server, config, _source, resolver, watch);
        _servers = [.. config.Servers.Select(_makeServer)];
        _balancer = new Balancer(config.Balance, options.Random);
        _probe = config.ActiveHealth is { } active ? new HealthProbe(this, active, watch, _log) : null;
        _discovery = config.Discover is { } discover ? new ServerDiscovery(this, discover, options) : null;
        _sweeper = options.Time.CreateTimer(_ => Sweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The upstream as the spec says it.</summary>
    public Upstream Config { get; }

    /// <summary>Whether its TLS files are still those that were read.</summary>
    public bool IsCurrent => _tls.IsCurrent;

    /// <summary>Its servers.</summary>
    public ServerState[] Servers => _servers;

    /// <summary>Errors for which no server was to blame.</summary>
    public ErrorCounts Errors { get; } = new();

    /// <summary>The server for a request; null where none is up, or every one that is up was tried.</summary>
    /// <param name="key">What the policy chooses by, where it has a key.</param>
    /// <param name="tried">Servers that failed for this request.</param>
    public ServerState? Choose(BalanceKey key, IReadOnlyList<ServerState>? tried) => _balancer.Choose(Servers, key, tried, _watch.Now);

    /// <summary>
    /// Waits until it is known which servers there are, at most for a time; over at once but for the first requests after the start.
    /// </summary>
    public ValueTask ReadyAsync(TimeSpan limit) => _discovery is { IsAwaited: true } ? _discovery.FirstAsync(limit) : default;

    /// <summary>
    /// Takes over the servers that were discovered. One that was there before keeps its connections, its health and its counts.
    /// </summary>
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
        }
    }

    /// <summary>Why no server can be chosen.</summary>
    public UpstreamError WhyNone() => Servers.Any(s => s.IsUp(_watch.Now)) ? UpstreamError.AllServersBusy : UpstreamError.NoServerUp;

    /// <summary>Opens an exchange with a server: on a kept connection where there is a good one, else on a new one.</summary>
    /// <param name="server">The server.</param>
    /// <param name="isHttp2">Whether it speaks HTTP/2.</param>
    /// <param name="timeout">The longest wait for a connection.</param>
    /// <param name="reuse">Which kept connections count.</param>
    public ValueTask<OpenedExchange> OpenAsync(ServerState server, bool isHttp2, TimeSpan timeout, Reuse reuse)
    {
        ValueTask refreshing = _source.RefreshAsync(server);
        return
            !isHttp2
            && reuse != Reuse.None
            && refreshing.IsCompletedSuccessfully
            && server.Idle.Take(_watch.Now, reuse == Reuse.Proven) is { } kept
            ? ValueTask.FromResult(new OpenedExchange(kept, null))
            : OpenAsync(refreshing, server, isHttp2, timeout, reuse);
    }

    private async ValueTask<OpenedExchange> OpenAsync(ValueTask refreshing, ServerState server, bool isHttp2, TimeSpan timeout, Reuse reuse)
    {
        await refreshing;
        if (isHttp2)
        {
            return await server.Http2.OpenAsync(timeout, reuse);
        }

        if (reuse != Reuse.None && server.Idle.Take(_watch.Now, reuse == Reuse.Proven) is { } kept)
        {
            return new OpenedExchange(kept, null);
        }

        OpenedConnection opened = await _source.OpenAsync(server, isHttp2: false, timeout);
        return new OpenedExchange(
            opened.Connection is { } connection
                ? new Http1UpstreamExchange(connection, opened.EndPoint, server, server.Idle, _watch, Config.Buffers)
                : null,
            opened.Error
        );
    }

    /// <summary>Opens an exchange with a FastCGI server, on a connection of its own.</summary>
    public async ValueTask<OpenedExchange> OpenFastCgiAsync(ServerState server, TimeSpan timeout)
    {
        OpenedConnection opened = await _source.OpenAsync(server, isHttp2: false, timeout);
        return new OpenedExchange(
            opened.Connection is { } connection
                ? new FastCgiUpstreamExchange(connection, server, _watch, Config.Buffers, text => _log.Said(server, text))
                : null,
            opened.Error
        );
    }

    /// <summary>Opens a bare connection to a server, for who passes bytes on as they are.</summary>
    public ValueTask<OpenedConnection> ConnectAsync(ServerState server, bool isHttp2, TimeSpan timeout) =>
        _source.OpenAsync(server, isHttp2, timeout);

    /// <summary>Takes note of an error on a real request.</summary>
    /// <param name="server">The server; null where none could be chosen.</param>
    /// <param name="error">The error.</param>
    public void Failed(ServerState? server, UpstreamError error)
    {
        _log.Add(server?.Address.ToString(), error);
        if (server is null)
        {
            Errors.Add(error);
            return;
        }

        server.CountFailure(error);

        // The client has the response, or its beginning, and who was slow then isn't known; a lack of descriptors is the proxy's own.
        if (!error.Is(UpstreamError.BodyCut) && !error.Is(UpstreamError.NoDescriptors))
        {
            CountAgainst(server, error.ToString());
        }
    }

    /// <summary>Takes note of a response's status and of how long the server took for its head.</summary>
    public void Responded(ServerState server, int status, long milliseconds)
    {
        if (Config.PassiveHealth is { } passive)
        {
            if (StatusPattern.Any(passive.Status, status))
            {
                CountAgainst(server, string.Create(CultureInfo.InvariantCulture, $"status {status}"));
            }
            else if (passive.Latency is { } latency && milliseconds > latency.TotalMilliseconds)
            {
                CountAgainst(server, string.Create(CultureInfo.InvariantCulture, $"a response after {milliseconds} ms"));
            }
        }
    }

    private void CountAgainst(ServerState server, string what)
    {
        if (
            Config.PassiveHealth is { } passive
            && server.Failures.Add(_watch.Now, (long)passive.FailFor.TotalMilliseconds, passive.MaxFails)
        )
        {
            server.EjectedUntil = _watch.Now + (long)passive.FailFor.TotalMilliseconds;
            _log.Warn(
                server,
                $"gets no requests for {Durations.Format(passive.FailFor)}: failures: {passive.MaxFails}, the last one: {what}"
            );
            ITimer? timer = null;
            timer = _time.CreateTimer(_ => Returned(server, timer), null, passive.FailFor, Timeout.InfiniteTimeSpan);
        }
    }

    private void Returned(ServerState server, ITimer? timer)
    {
        timer?.Dispose();
        if (!server.IsGone)
        {
            _log.Tell(server, "gets requests again");
        }
    }

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
        foreach (ServerState server in Servers)
        {
            server.Retire();
        }
    }

    private void Sweep()
    {
        foreach (ServerState server in Servers)
        {
            server.Sweep(_watch.Now);
        }
    }
}
