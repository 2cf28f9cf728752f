namespace Confgen.Runtime.Tunnels;

/// <summary>How long the sides of a tunnel wait for each other.</summary>
internal static class TunnelTimes
{
    /// <summary>For a handshake, TLS included: a stranger holds a place no longer.</summary>
    public static readonly TimeSpan Handshake = TimeSpan.FromSeconds(5);

    /// <summary>Between the portal's heartbeats on a spare connection: routers forget a silent one after a minute or more.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>The silence after which a side takes the other for dead: three heartbeats.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>How long requests wait for a bridge after the last one left: twice what its return may take.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    /// <summary>How long a bridge tries to reach its service.</summary>
    public static readonly TimeSpan Service = TimeSpan.FromSeconds(5);
}
