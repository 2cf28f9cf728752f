using System.Net;
using System.Security.Cryptography;
using Confgen.Model;
using Confgen.Model.Sources;
using Confgen.Model.Tunnels;
using Confgen.Runtime.Acme;
using Confgen.Runtime.Admin;
using Confgen.Runtime.Forwarding;
using Confgen.Runtime.Guards;
using Confgen.Runtime.Handover;
using Confgen.Runtime.Http2;
using Confgen.Runtime.Http3;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Observing;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Streams;
using Confgen.Runtime.Tls;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Tunnels;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime;

/// <summary>The built-in proxy: serves a spec.</summary>
public sealed partial class ProxyServer : IAsyncDisposable
{
    // What a reload takes away may finish what it does.
    private static readonly TimeSpan _drainOfGone = TimeSpan.FromSeconds(30);

    private readonly ProxyOptions _options;
    private readonly DeadlineWatch _watch;
    private UpstreamSet _upstreams;
    private readonly AccessLogs _logs;
    private readonly Metrics _metrics;
    private readonly RecentRequests _recent;
    private readonly Pipeline _pipeline;
    private readonly Http2Server _http2;
    private readonly ConnectionServer _connections;
    private readonly Http3Endpoints _http3Endpoints;
    private readonly AcmeManager _acme;
    private readonly TlsLoader _tls;
    private readonly InheritedSockets _inherited;
    private readonly TunnelPortals _portals;
    private readonly TunnelBridges _bridges;
    private readonly OpenListeners _listeners;
    private readonly StreamServer _streams;
    private readonly List<EndPoint> _adminAt = [];
    private AdminServer? _admin;
    private HandoverServer? _handover;
    private Spec _spec = new();
    private volatile bool _isStarted;
    private Task? _stopping;
    private volatile bool _isStopping;

    static ProxyServer()
    {
        // Continuations then run where the socket's event was seen instead of on another thread: nearly half the cost of a request.
        // The runtime reads it once, before the first socket.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
    }

    /// <summary>A proxy that doesn't listen yet.</summary>
    public ProxyServer(ProxyOptions options)
    {
        _options = options;
        _watch = new DeadlineWatch(options.Time);
        _inherited = new InheritedSockets(options.Inherited, options.Passed ?? []);
        _listeners = new OpenListeners(_inherited);
        _portals = new TunnelPortals(_watch, options, _inherited);
        _bridges = new TunnelBridges(_watch, options);
        _upstreams = new UpstreamSet(_watch, options, _portals.PoolOf);
        _logs = new AccessLogs(options);
        _metrics = new Metrics(options.Time);
        _recent = new RecentRequests(options.Time);
        _acme = new AcmeManager(options);
        _streams = new StreamServer(_watch, _metrics);
        _pipeline = new Pipeline(new Forwarder(_watch), _watch, options, _logs, _metrics, _recent, () => _acme.Proofs);
        var date = new HttpDate(options.Time);
        _http2 = new Http2Server(_pipeline, _watch, date);
        _connections = new ConnectionServer(_pipeline, _http2, _watch, date, options.Time, _metrics);
        Http3 = new Http3Server(_pipeline, _watch, date, _metrics);
        _tls = new TlsLoader(options, _acme);
        _http3Endpoints = new Http3Endpoints(Http3, key => _pipeline.Table.TlsOf(key), _inherited)
        {
            IsHeldBack = options.Passed is not null,
        };
    }

    /// <summary>The addresses that are listened on.</summary>
    public IReadOnlyList<BoundAddress> Addresses =>
        [
            .. _listeners.Planned.SelectMany(l =>
                l.Listener.EndPoint is { } bound
                    ? new[]
                    {
                        new BoundAddress(l.Plan.Address, bound, l.Plan.IsTls, _http3Endpoints.Has(l.Plan.EndPoint))
                        {
                            IsStream = l.Plan.Stream is not null,
                        },
                    }
                    : []
            ),
        ];

    /// <summary>HTTP/3, whatever carries it.</summary>
    internal Http3Server Http3 { get; }

    /// <summary>
    /// Serves a spec, the first one or another in its place. Where anything stands against it everything that does is told, and nothing
    /// changes. Another spec interrupts no request: connections go on, those under upgrade too, and upstreams that are the same keep
    /// theirs.
    /// </summary>
    /// <param name="spec">The spec.</param>
    /// <param name="mask">Hides secrets in what the operator's page shows of a failure.</param>
    public async Task<IReadOnlyList<StartFailure>> ServeAsync(Spec spec, Func<string, string>? mask = null)
    {
        // 1. Everything that can fail.
        var failures = new List<StartFailure>();
        TunnelSide side = _options.Side ?? (spec.Sites.Count + spec.Streams.Count > 0 ? TunnelSide.Portal : TunnelSide.Bridge);
        if (_options.Side == TunnelSide.Bridge && spec.Tunnels.Count == 0)
        {
            failures.Add(new StartFailure(spec.At.Span, "the spec has no tunnels"));
        }

        Spec bridged = side.HasFlag(TunnelSide.Bridge) ? spec : spec with { Tunnels = [] };
        spec = side.HasFlag(TunnelSide.Portal) ? spec : spec with { Sites = [], Tunnels = [], Streams = [] };
        ListenPlan[] plans = [.. ListenPlan.Of(spec, _options)];
        UnsupportedFeatures.Find(spec, plans, p => _inherited.Has(p.EndPoint), _options.Notice);
        _portals.Prepare(spec, failures);
        _bridges.Prepare(bridged, failures);
        IReadOnlyDictionary<string, TlsTable> tls = _tls.Load(spec, failures);
        UpstreamSet upstreams = _upstreams.Next();
        IReadOnlyDictionary<string, StreamModel> streams = _streams.Prepare(spec, upstreams.Of);
        RoutingTable? table = MakeTable(spec, plans, upstreams, tls, failures);
        _listeners.Prepare(plans, failures);
        await _http3Endpoints.PrepareAsync(plans, failures);
        if (failures.Count > 0 || table is null)
        {
            await _http3Endpoints.WithdrawAsync();
            _listeners.Withdraw();
            _portals.Withdraw();
            _bridges.Withdraw();
            _acme.Withdraw();
            string why = failures.Count > 0 ? failures[0].Message : "";
            NoteBadSpec(mask?.Invoke(why) ?? why);
            return failures;
        }

        // 2. The exchange: from here on each new request sees the new spec.
        bool isFirst = !_isStarted;
        if (isFirst)
        {
            _isStarted = true;
            foreach (EndPoint unused in _inherited.Unused([.. plans.Select(p => p.EndPoint), .. _adminAt]))
            {
                _options.Notice($"the socket {unused} was handed over, but nothing listens there");
            }
        }

        _portals.Start(spec);
        _bridges.Start(bridged, _drainOfGone);
        _metrics.TakeOver(table);
        _pipeline.Table = table;
        _streams.TakeOver(streams);
        Volatile.Write(ref _spec, spec);
        _upstreams = upstreams;
        _upstreams.TakeOver();
        _listeners.TakeOver(
            plans,
            (wire, plan) => plan.Stream is { } stream ? _streams.ServeAsync(wire, stream) : _connections.ServeAsync(wire, plan),
            _options.Notice
        );
        if (isFirst)
        {
            // Earlier the process that served until now would have lost what belongs to it where this one can't serve.
            _inherited.Adopt();
            _handover?.Start();
            if (_options.Passed is not null)
            {
                _admin?.Start();
            }
        }

        _acme.TakeOver();
        await _http3Endpoints.TakeOverAsync(plans);
        return failures;
    }

    /// <summary>Counts a spec that was too wrong to be tried.</summary>
    /// <param name="why">What is wrong with it, without secrets.</param>
    public void NoteBadSpec(string why) => _metrics.NoteBadReload(why);

    /// <summary>Opens the access logs anew, after they were renamed.</summary>
    public void ReopenLogs() => _logs.Reopen();

    /// <summary>
    /// Accepts nothing more, lets requests under way finish for at most a time, and ends. A second call waits for the first.
    /// </summary>
    /// <param name="drain">The time.</param>
    /// <param name="isPassed">Whether another process serves on the same sockets: connections that wait for a request then have the whole
    /// time for it.</param>
    public Task StopAsync(TimeSpan drain, bool isPassed = false) => _stopping ??= EndAsync(drain, isPassed);

    private async Task EndAsync(TimeSpan drain, bool isPassed)
    {
        _isStopping = true;
        Task certificates = _acme.StopAsync();
        Task closing = CloseListenersAsync(isPassed);
        _portals.CloseListeners(isPassed);
        await closing;
        await _http3Endpoints.CloseAsync();
        Task bridges = _bridges.StopAsync(drain);
        using var limit = new CancellationTokenSource(drain, _options.Time);
        Task http3 = Http3.StopAsync(limit.Token);
        Task streams = _streams.StopAsync(limit.Token);
        await _connections.StopAsync(drain, closesIdle: !isPassed);
        await http3;
        await streams;
        await bridges;
        await certificates;
        foreach (UpstreamState upstream in _upstreams.All)
        {
            upstream.Dispose();
        }

        _portals.Dispose();
        await _logs.DisposeAsync();
        _admin?.Dispose();
        _handover?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _watch.Dispose();
    }

    private RoutingTable? MakeTable(
        Spec spec,
        ListenPlan[] plans,
        UpstreamSet upstreams,
        IReadOnlyDictionary<string, TlsTable> tls,
        List<StartFailure> failures
    )
    {
        try
        {
            // Clients are told of the port that they see.
            var http3Ports = plans
                .Where(_http3Endpoints.IsWanted)
                .ToDictionary(p => p.Key, p => ((IPEndPoint)p.EndPoint).Port, StringComparer.Ordinal);
            return new RoutingTable(spec, _options, upstreams.Of, tls, http3Ports, route => new RouteGuards(route, upstreams.Of, _watch));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            failures.Add(
                new StartFailure(
                    upstreams.LastAsked?.Tls.At.Span ?? SourceSpan.None,
                    $"the TLS files of an upstream can't be used: {e.Message}"
                )
            );
            return null;
        }
    }

    private async Task CloseListenersAsync(bool isPassed)
    {
        Task closing = _listeners.CloseAsync(isPassed);
        if (isPassed)
        {
            // The other process answers the operator from now on, and hands over to the next one.
            _ = _admin?.Listener.CloseAsync(isPassed);
            _ = _handover?.Listener.CloseAsync(isPassed);
        }

        await closing;
    }
}
