using System.Net.Sockets;
using Confgen.Model;
using Confgen.Runtime.Forwarding;
using Confgen.Runtime.Http2;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Tls;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime;

/// <summary>The built-in proxy: serves a spec.</summary>
public sealed class ProxyServer : IAsyncDisposable
{
    // Kestrel has one limit for all; each site's own is checked where the site is known.
    private const int HeadLimitOfHttp2 = 256 * 1024;

    private readonly ProxyOptions _options;
    private readonly DeadlineWatch _watch;
    private readonly UpstreamSet _upstreams;
    private readonly Pipeline _pipeline;
    private readonly Http2Server _http2;
    private readonly ConnectionServer _connections;
    private readonly TlsLoader _tls;
    private readonly List<(ListenPlan Plan, Listener Listener)> _listeners = [];

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
        _upstreams = new UpstreamSet(_watch, options.Time, options.Random);
        _pipeline = new Pipeline(new Forwarder(_watch));
        _http2 = new Http2Server(_pipeline, HeadLimitOfHttp2);
        _connections = new ConnectionServer(_pipeline, _http2, _watch, new HttpDate(options.Time), options.Time);
        _tls = new TlsLoader(options);
    }

    /// <summary>The addresses that are listened on.</summary>
    public IReadOnlyList<BoundAddress> Addresses =>
        [.. _listeners.SelectMany(l => l.Listener.EndPoint is { } bound ? new[] { new BoundAddress(l.Plan.Address, bound, l.Plan.IsTls) } : [])];

    /// <summary>Serves a spec. Where anything stands against it nothing is served, and everything that does is told.</summary>
    public async Task<IReadOnlyList<StartFailure>> StartAsync(Spec spec)
    {
        var failures = new List<StartFailure>();
        _pipeline.Table = new RoutingTable(spec, _options, _upstreams.Of, _tls.Load(spec, failures));
        foreach (ListenPlan plan in ListenPlan.Of(spec, _options))
        {
            try
            {
                _listeners.Add((plan, Listener.Bind(plan.EndPoint)));
            }
            catch (SocketException e)
            {
                failures.Add(new StartFailure(plan.Address.At.Span, BindFailures.Explain(plan, e)));
            }
        }

        if (failures.Count > 0)
        {
            CloseListeners();
            return failures;
        }

        await _http2.StartAsync();
        foreach ((ListenPlan plan, Listener listener) in _listeners)
        {
            _ = listener.AcceptAsync(wire => _connections.ServeAsync(wire, plan));
        }

        return failures;
    }

    /// <summary>Accepts nothing more, lets requests under way finish for at most a time, and ends.</summary>
    public async Task StopAsync(TimeSpan drain)
    {
        CloseListeners();
        await _connections.StopAsync(drain);
        foreach (UpstreamState upstream in _upstreams.All)
        {
            upstream.Sweep(all: true);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.Zero);
        _watch.Dispose();
    }

    private void CloseListeners()
    {
        foreach ((_, Listener listener) in _listeners)
        {
            listener.Dispose();
        }

        _listeners.Clear();
    }
}
