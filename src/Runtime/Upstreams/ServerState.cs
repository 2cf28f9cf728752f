using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Resolving;

namespace Confgen.Runtime.Upstreams;

/// <summary>One server as it is at the moment: its idle connections, its load, its health.</summary>
internal sealed class ServerState(UpstreamServer config, UpstreamKeepalive keepalive, NameResolver resolver, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Stack<UpstreamConnection> _idle = new();
    private int _active;
    private long _requests;
    private long _failureCount;
    private int _isSick;
    private long _restsUntil;
    private volatile bool _isGone;

    /// <summary>The server as the spec or its SRV record says it.</summary>
    public UpstreamServer Config { get; private set; } = config;

    /// <summary>Servers of a tier are chosen only while none of a lower one is up.</summary>
    public int Tier { get; private set; } = config.Backup ? 1 : 0;

    /// <summary>Where it listens.</summary>
    public ServerAddress Address => Config.Address;

    /// <summary>Its host and port as the Host field and logs show them.</summary>
    public string HostPort { get; } = config.Address.SocketPath is null ? DefaultPortLeftOut(config.Address) : "localhost";

    /// <summary>A name that is the same in every run, for sticky sessions; it tells nobody the address.</summary>
    public string StickyName { get; } = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(config.Address.ToString()))[..8]);

    /// <summary>Requests under way.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Requests that it was chosen for.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that it failed.</summary>
    public long FailureCount => Interlocked.Read(ref _failureCount);

    /// <summary>Whether active probes found it broken.</summary>
    public bool IsUnhealthy
    {
        get => Volatile.Read(ref _isSick) != 0;
        set => Volatile.Write(ref _isSick, value ? 1 : 0);
    }

    /// <summary>When the rest after too many failures is over, on the watch's clock.</summary>
    public long EjectedUntil
    {
        get => Volatile.Read(ref _restsUntil);
        set => Volatile.Write(ref _restsUntil, value);
    }

    /// <summary>Whether it may be chosen at that time of the watch's clock.</summary>
    public bool IsUp(long now) => !Config.Down && !IsUnhealthy && EjectedUntil <= now;

    /// <summary>Counts a request that it failed.</summary>
    public void CountFailure() => Interlocked.Increment(ref _failureCount);

    /// <summary>Its addresses.</summary>
    public AddressCache Addresses { get; } = new(config.Address, resolver, time);

    /// <summary>Whether it is a server of its upstream no longer.</summary>
    public bool IsGone => _isGone;

    /// <summary>The failures seen on real requests.</summary>
    public FailureWindow Failures { get; } = new();

    /// <summary>Takes over what its SRV record says now.</summary>
    public void Update(DiscoveredServer found) => (Config, Tier) = (found.Config, found.Tier);

    /// <summary>Its connections are used for what they are used for now, and for nothing more.</summary>
    public void Retire()
    {
        _isGone = true;
        Sweep(0, all: true);
    }

    /// <summary>Takes a place for a request; false where <c>max_conns</c> are under way.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _active) > Config.MaxConns && Config.MaxConns > 0)
        {
            Interlocked.Decrement(ref _active);
            return false;
        }

        Interlocked.Increment(ref _requests);
        return true;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _active);

    /// <summary>An idle connection that is still good, the last used first; null where there is none.</summary>
    public UpstreamConnection? TakeIdle(long now)
    {
        while (true)
        {
            UpstreamConnection? connection;
            lock (_lock)
            {
                if (!_idle.TryPop(out connection))
                {
                    return null;
                }
            }

            // Bytes that nobody asked for must not become the answer to the next request, and an end means it's gone.
            if (now - connection.IdleSince < (long)keepalive.Timeout.TotalMilliseconds && !connection.Connection.IsReadable())
            {
                return connection;
            }

            connection.Close();
        }
    }

    /// <summary>Keeps a connection for the next request, or closes it.</summary>
    public void Return(UpstreamConnection connection, long now)
    {
        connection.Eject();
        connection.IdleSince = now;
        lock (_lock)
        {
            if (_idle.Count < keepalive.Idle && !_isGone)
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Close();
    }

    /// <summary>Closes the connections that were idle for too long, or all of them.</summary>
    public void Sweep(long now, bool all)
    {
        UpstreamConnection[] old;
        lock (_lock)
        {
            old = [.. _idle.Where(c => all || now - c.IdleSince >= (long)keepalive.Timeout.TotalMilliseconds || c.Connection.IsReadable())];
            if (old.Length > 0)
            {
                UpstreamConnection[] kept = [.. _idle.Except(old).Reverse()];
                _idle.Clear();
                foreach (UpstreamConnection connection in kept)
                {
                    _idle.Push(connection);
                }
            }
        }

        foreach (UpstreamConnection connection in old)
        {
            connection.Close();
        }
    }

    // As clients write the Host field (RFC 9110, section 7.2).
    private static string DefaultPortLeftOut(ServerAddress address)
    {
        int usual = address.Scheme == ServerScheme.Https ? 443 : 80;
        return address.Port == usual ? address.HostPort[..address.HostPort.LastIndexOf(':')] : address.HostPort;
    }
}
