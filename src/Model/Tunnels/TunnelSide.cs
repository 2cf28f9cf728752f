namespace Confgen.Model.Tunnels;

/// <summary>The sides of a tunnel, one of which a host has; or both, on one host.</summary>
[Flags]
public enum TunnelSide
{
    /// <summary>The public side.</summary>
    Portal = 1,

    /// <summary>The private side.</summary>
    Bridge = 2,

    /// <summary>A host that is both.</summary>
    Both = Portal | Bridge,
}
