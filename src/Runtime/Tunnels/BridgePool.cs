using System.Net;
using Confgen.Model.Tunnels;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// The bridges of one tunnel at the portal, and their spare connections. A stream takes a spare of the bridge with the fewest streams, or
/// waits for one to come. While no bridge is there it waits for a time that a restart may take, and only soon after one was.
/// </summary>
internal sealed class BridgePool(Tunnel tunnel, DeadlineWatch watch, ProxyOptions options) : IConnectionSource, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, ConnectedBridge> _bridges = [];
    private readonly LinkedList<TaskCompletionSource<SpareConnection?>> _waiting = [];
    private Tunnel _tunnel = tunnel;
    private ITimer? _heart;
    private long _aloneSince = watch.Now;
    private bool _isMoving;
    private bool _isOver;

    /// <summary>What follows from the secret.</summary>
    public TunnelKeys Keys { get; private set; } = new(tunnel);

    /// <summary>Whether a bridge is connected.</summary>
    public bool HasBridge
    {
        get
        {
            lock (_lock)
            {
                return _bridges.Count > 0;
            }
        }
    }

    /// <summary>Serves a connection of a bridge until it is a stream or gone.</summary>
    public async Task ServeAsync(TunnelLink link, Guid id, EndPoint? from)
    {
        SpareConnection spare;
        lock (_lock)
        {
            if (_isOver)
            {
                link.Connection.Dispose();
                return;
            }

            if (!_bridges.TryGetValue(id, out ConnectedBridge? bridge))
            {
                _bridges.Add(id, bridge = new ConnectedBridge(id));
                options.Notice($"tunnel {_tunnel.Name}: the bridge {bridge.Name} has come from {from}");
            }

            bridge.Connections++;
            spare = new SpareConnection(link, bridge, watch);
            link.Connection.Closed = () => Gone(spare);
            Offer(spare);
        }

        if (link.Connection.IsClosed)
        {
            Gone(spare);
        }

        await spare.RunAsync(Return);
    }

    /// <inheritdoc/>
    public ValueTask RefreshAsync(ServerState server) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public bool IsCurrent(ServerState server, EndPoint? endPoint) => true;

    /// <inheritdoc/>
    public async ValueTask<OpenedConnection> OpenAsync(ServerState server, bool isHttp2, TimeSpan timeout)
    {
        using var limit = new CancellationTokenSource(timeout, options.Time);
        while (await SpareAsync(limit.Token) is { } spare)
        {
            switch (await spare.TakeAsync(isHttp2, Waiting, limit.Token))
            {
                case true:
                    return new OpenedConnection(spare.Connection, null, null);
                case false:
                    return new OpenedConnection(UpstreamError.ServiceUnreachable);
                default:
                    // The bridge left in this moment; nothing was sent to its service.
                    continue;
            }
        }

        return new OpenedConnection(HasBridge ? UpstreamError.ConnectTimedOut : UpstreamError.NoBridge);
    }

    /// <summary>Begins, or takes over what a reload changed: connections that were made with another secret carry no new stream.</summary>
    public void Start(Tunnel tunnel)
    {
        bool isOther = _tunnel.Secret != tunnel.Secret;
        _tunnel = tunnel;
        _heart ??= options.Time.CreateTimer(_ => Beat(), null, TunnelTimes.Heartbeat, TunnelTimes.Heartbeat);
        if (isOther)
        {
            Keys = new TunnelKeys(tunnel);
            CloseSpares();
        }
    }

    /// <summary>Another process awaits the bridges: they connect to that, and their connections here serve what still comes here.</summary>
    public void Move()
    {
        lock (_lock)
        {
            _isMoving = true;
        }

        foreach (SpareConnection spare in Spares())
        {
            _ = spare.MoveAsync().AsTask();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _heart?.Dispose();
        CloseSpares();
    }

    private int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    private async ValueTask<SpareConnection?> SpareAsync(CancellationToken limit)
    {
        LinkedListNode<TaskCompletionSource<SpareConnection?>> waiter;
        TimeSpan patience;
        lock (_lock)
        {
            ConnectedBridge? best = _bridges.Values.Where(b => b.Spares.Count > 0).MinBy(b => b.Streams);
            if (best is not null)
            {
                SpareConnection spare = best.Spares[^1];
                best.Spares.RemoveAt(best.Spares.Count - 1);
                Take(spare);
                return spare;
            }

            patience =
                _bridges.Count > 0 ? Timeout.InfiniteTimeSpan : TunnelTimes.Grace - TimeSpan.FromMilliseconds(watch.Now - _aloneSince);
            if (_isOver || (patience != Timeout.InfiniteTimeSpan && patience <= TimeSpan.Zero))
            {
                return null;
            }

            waiter = _waiting.AddLast(new TaskCompletionSource<SpareConnection?>(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        try
        {
            return await waiter.Value.Task.WaitAsync(patience, options.Time, limit);
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            lock (_lock)
            {
                if (waiter.List is not null)
                {
                    _waiting.Remove(waiter);
                    return null;
                }
            }

            // It was handed over in this very moment.
            return await waiter.Value.Task;
        }
    }

    // The lock is held.
    private void Offer(SpareConnection spare)
    {
        if (_waiting.First is { } waiter)
        {
            _waiting.RemoveFirst();
            Take(spare);
            waiter.Value.SetResult(spare);
        }
        else
        {
            spare.Bridge.Spares.Add(spare);
            if (_isMoving)
            {
                // Without the lock.
                _ = Task.Run(() => spare.MoveAsync().AsTask());
            }
        }
    }

    // The lock is held.
    private static void Take(SpareConnection spare)
    {
        spare.IsStream = true;
        spare.Bridge.Streams++;
    }

    private void Return(SpareConnection spare)
    {
        lock (_lock)
        {
            if (!spare.IsGone)
            {
                spare.IsStream = false;
                spare.Bridge.Streams--;
                Offer(spare);
            }
        }
    }

    private void Gone(SpareConnection spare)
    {
        ConnectedBridge bridge = spare.Bridge;
        lock (_lock)
        {
            if (spare.IsGone)
            {
                return;
            }

            spare.IsGone = true;
            bridge.Streams -= spare.IsStream ? 1 : 0;
            bridge.Spares.Remove(spare);
            if (--bridge.Connections > 0)
            {
                return;
            }

            _bridges.Remove(bridge.Id);
            _aloneSince = watch.Now;
        }

        options.Notice($"tunnel {_tunnel.Name}: the bridge {bridge.Name} has gone");
    }

    private void Beat()
    {
        foreach (SpareConnection spare in Spares())
        {
            _ = spare.PingAsync().AsTask();
        }
    }

    private void CloseSpares()
    {
        foreach (SpareConnection spare in Spares())
        {
            spare.Connection.Dispose();
        }
    }

    private SpareConnection[] Spares()
    {
        lock (_lock)
        {
            return [.. _bridges.Values.SelectMany(b => b.Spares)];
        }
    }
}
