namespace Confgen.Model.Tunnels;

/// <summary>A reverse tunnel: the bridge, on a private host, dials out to the portal, on a public one, and requests come back through it.</summary>
public sealed record Tunnel : SpecNode
{
    /// <summary>The name under <c>tunnels:</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The public side.</summary>
    public required TunnelPortal Portal { get; init; }

    /// <summary>The private side.</summary>
    public required TunnelBridge Bridge { get; init; }

    /// <summary>The name of the control traffic in V2Ray output; default <c>NAME.tunnel.internal</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>What both sides know. Never printed.</summary>
    public required string Secret { get; init; }

    /// <summary>The V2Ray client's UUID; derived from the secret unless written.</summary>
    public string? Id { get; init; }

    /// <summary>Never prints the secret.</summary>
    public override string ToString() => "tunnel " + Name;
}
