using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Resolving;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams.Http1;
using Confgen.Runtime.Upstreams.Http2;

namespace Confgen.Runtime.Upstreams;

/// <summary>One server as it is at the moment: its connections, its load, its health.</summary>
internal sealed class ServerState
{
    private int _active;
    private long _requests;
    private long _failureCount;
    private int _isUnhealthy;
    private long _ejectedUntil;
    private volatile bool _isGone;

    public ServerState(UpstreamServer config, Upstream upstream, IConnectionSource source, NameResolver resolver, DeadlineWatch watch)
    {
        Config = config;
        Tier = config.Backup ? 1 : 0;
        HostPort = config.Address.SocketPath is null ? DefaultPortLeftOut(config.Address) : "localhost";
        StickyName = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(config.Address.ToString()))[..8]
        );
        Addresses = new AddressCache(config.Address, resolver, watch.Time);
        Idle = new IdleConnections(this, upstream.Keepalive ?? new UpstreamKeepalive(), source);
        Http2 = new Http2Connections(this, upstream, source, watch);
    }

    /// <summary>The server as the spec or its SRV record says it.</summary>
    public UpstreamServer Config { get; private set; }

    /// <summary>Servers of a tier are chosen only while none of a lower one is up.</summary>
    public int Tier { get; private set; }

    /// <summary>Where it listens.</summary>
    public ServerAddress Address => Config.Address;

    /// <summary>Its host and port as the Host field and logs show them.</summary>
    public string HostPort { get; }

    /// <summary>A name that is the same in every run, for sticky sessions; it tells nobody the address.</summary>
    public string StickyName { get; }

    /// <summary>Requests under way.</summary>
    public int Active => Volatile.Read(ref _active);

    /// <summary>Requests that it was chosen for.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Requests that it failed.</summary>
    public long FailureCount => Interlocked.Read(ref _failureCount);

    /// <summary>Whether active probes found it broken.</summary>
    public bool IsUnhealthy
    {
        get => Volatile.Read(ref _isUnhealthy) != 0;
        set => Volatile.Write(ref _isUnhealthy, value ? 1 : 0);
    }

    /// <summary>Whether HTTP/2 is what its probes found it to speak over TLS.</summary>
    public bool IsProbedByHttp2 { get; set; }

    /// <summary>When its ejection after too many failures is over, on the watch's clock.</summary>
    public long EjectedUntil
    {
        get => Volatile.Read(ref _ejectedUntil);
        set => Volatile.Write(ref _ejectedUntil, value);
    }

    /// <summary>Whether it may be chosen at that time of the watch's clock.</summary>
    public bool IsUp(long now) => !Config.Down && !IsUnhealthy && EjectedUntil <= now;

    /// <summary>Counts a request that it failed.</summary>
    public void CountFailure(UpstreamError error)
    {
        Interlocked.Increment(ref _failureCount);
        Errors.Add(error);
    }

    /// <summary>Why it failed requests.</summary>
    public ErrorCounts Errors { get; } = new();

    /// <summary>Its addresses.</summary>
    public AddressCache Addresses { get; }

    /// <summary>Its kept connections of HTTP/1.1.</summary>
    public IdleConnections Idle { get; }

    /// <summary>Its connections of HTTP/2.</summary>
    public Http2Connections Http2 { get; }

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
        Idle.End();
        Http2.End();
    }

    /// <summary>Closes the kept connections that are good no longer.</summary>
    public void Sweep(long now)
    {
        Idle.Sweep(now);
        Http2.Sweep(now);
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

    // As clients write the Host field (RFC 9110, section 7.2).
    private static string DefaultPortLeftOut(ServerAddress address)
    {
        int usual = address.Scheme == ServerScheme.Https ? 443 : 80;
        return address.Port == usual ? address.HostPort[..address.HostPort.LastIndexOf(':')] : address.HostPort;
    }
}
