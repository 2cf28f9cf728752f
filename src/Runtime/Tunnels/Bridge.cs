using System.Security.Cryptography;
using Confgen.Model.Tunnels;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// The private side of a tunnel: keeps spare connections at the portal, as many as the spec says and more while requests wait for one, and
/// gives each that is taken a connection of the service.
/// </summary>
internal sealed class Bridge : IDisposable
{
    // However many wait: a portal that asks for more is not believed.
    private const int MostAtOnce = 64;

    private static readonly TimeSpan _betweenTrims = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<BridgeConnection> _spares = [];
    private readonly HashSet<BridgeConnection> _others = [];
    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _ending = new();
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(TunnelProofs.BridgeIdSize);
    private readonly PortalDialer _dialer;
    private readonly UpstreamState _service;
    private readonly DeadlineWatch _watch;
    private readonly ProxyOptions _options;
    private readonly Backoff _backoff;
    private readonly ITimer _trimmer;
    private int _dialing;
    private int _wanted;
    private bool _isConnected;
    private bool _hasFailed;
    private string? _told;

    /// <summary>Makes a bridge that doesn't connect yet.</summary>
    /// <exception cref="CryptographicException">The file of authorities can't be used.</exception>
    public Bridge(Tunnel tunnel, DeadlineWatch watch, ProxyOptions options)
    {
        (Tunnel, _watch, _options, _backoff) = (tunnel, watch, options, new Backoff(options.Random));
        _dialer = new PortalDialer(tunnel, options);
        var service = new Upstream { Name = tunnel.Name, Servers = [new UpstreamServer { Address = tunnel.Bridge.Forward }] };
        _service = new UpstreamState(service, watch, options);
        _trimmer = options.Time.CreateTimer(_ => Trim(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The tunnel as the spec says it.</summary>
    public Tunnel Tunnel { get; }

    /// <summary>Connects, and stays connected.</summary>
    public void Start()
    {
        _trimmer.Change(_betweenTrims, _betweenTrims);
        _ = Task.Run(KeepAsync);
    }

    /// <summary>Takes no new streams, and lets those under way end for at most a time.</summary>
    public async Task StopAsync(TimeSpan drain)
    {
        await _ending.CancelAsync();
        long started = _options.Time.GetTimestamp();
        while (All() is { Length: > 0 } open && _options.Time.GetElapsedTime(started) < drain)
        {
            foreach (BridgeConnection connection in open)
            {
                connection.CloseIfQuiet(_quiet);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), _options.Time);
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ending.Cancel();
        _trimmer.Dispose();
        foreach (BridgeConnection connection in All())
        {
            connection.Abort();
        }

        _service.Dispose();
    }

    /// <summary>The portal has taken a connection, and so many more are waited for there.</summary>
    public void Taken(BridgeConnection connection, int wanted)
    {
        lock (_lock)
        {
            _spares.Remove(connection);
            _others.Add(connection);
            _wanted = wanted;
        }

        _changed.Release();
    }

    /// <summary>
    /// The portal's process hands over to another one: a spare connection there counts no longer, and another takes its place.
    /// </summary>
    public void Moved(BridgeConnection connection)
    {
        lock (_lock)
        {
            _spares.Remove(connection);
            _others.Add(connection);
        }

        _changed.Release();
    }

    /// <summary>The service refused.</summary>
    public void SpareAgain(BridgeConnection connection)
    {
        lock (_lock)
        {
            if (!connection.IsMoved)
            {
                _others.Remove(connection);
                _spares.Add(connection);
            }
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Gone(BridgeConnection connection)
    {
        lock (_lock)
        {
            _spares.Remove(connection);
            _others.Remove(connection);
        }

        _changed.Release();
    }

    /// <summary>A connection of the service; null where it can't be reached.</summary>
    public async ValueTask<Connection?> OpenServiceAsync(bool isHttp2)
    {
        Connection? wire = (await _service.ConnectAsync(_service.Servers[0], isHttp2, TunnelTimes.Service)).Connection;
        if (wire is null)
        {
            Tell($"{Tunnel.Bridge.Forward} can't be reached");
        }

        return wire;
    }

    private async Task KeepAsync()
    {
        try
        {
            while (!_ending.IsCancellationRequested)
            {
                for (int missing = Missing(); missing > 0; missing--)
                {
                    _ = DialAsync();
                }

                await _changed.WaitAsync(_ending.Token);
                if (_hasFailed)
                {
                    _hasFailed = false;
                    await Task.Delay(_backoff.Next(), _options.Time, _ending.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The bridge ends.
        }
    }

    // While the portal can't be reached a single attempt is made at a time.
    private int Missing()
    {
        lock (_lock)
        {
            int target = Math.Max(Tunnel.Bridge.Connections, Math.Min(_wanted, MostAtOnce));
            int missing = Math.Min(target - _spares.Count, MostAtOnce) - _dialing;
            missing = _isConnected ? missing : Math.Min(missing, _dialing == 0 ? 1 : 0);
            _dialing += Math.Max(missing, 0);
            return missing;
        }
    }

    private async Task DialAsync()
    {
        (TunnelLink? link, string? failure) = await _dialer.DialAsync(_id, _ending.Token);
        BridgeConnection? connection = link is null ? null : new BridgeConnection(link, this, _watch);
        lock (_lock)
        {
            _dialing--;
            _isConnected = connection is not null;
            _hasFailed |= connection is null;
            if (connection is not null)
            {
                _spares.Add(connection);
                _backoff.Reset();
            }
        }

        if (!_ending.IsCancellationRequested)
        {
            Tell(
                failure is null
                    ? $"connected to {Tunnel.Portal.Public}:{Tunnel.Portal.Listen.Port}"
                    : $"can't connect to {Tunnel.Portal.Public}:{Tunnel.Portal.Listen.Port}: {failure}"
            );
        }

        _changed.Release();
        if (connection is not null)
        {
            await connection.RunAsync();
        }
    }

    // Connections beyond those that the spec asks for go again, half of them at a time, the longest spare ones first.
    private void Trim()
    {
        BridgeConnection[] old;
        lock (_lock)
        {
            _wanted /= 2;
            int extra = _spares.Count - Math.Max(Tunnel.Bridge.Connections, _wanted);
            old = [.. _spares.OrderBy(c => c.SpareSince).Take((extra + 1) / 2)];
        }

        foreach (BridgeConnection connection in old)
        {
            connection.CloseIfQuiet(TimeSpan.Zero);
        }
    }

    private BridgeConnection[] All()
    {
        lock (_lock)
        {
            return [.. _spares, .. _others];
        }
    }

    // Each state once, however often it is tried.
    private void Tell(string state)
    {
        if (Interlocked.Exchange(ref _told, state) != state)
        {
            _options.Notice($"tunnel {Tunnel.Name}: {state}");
        }
    }
}
