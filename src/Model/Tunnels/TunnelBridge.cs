using Confgen.Model.Units;

namespace Confgen.Model.Tunnels;

/// <summary>The private side of a tunnel.</summary>
public sealed record TunnelBridge : SpecNode
{
    /// <summary>The service that is published.</summary>
    public required ServerAddress Forward { get; init; }

    /// <summary>Connections kept to the portal; default 4.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>A PEM file with the authorities that the portal's certificate is verified by; the system's unless written.</summary>
    public string? Ca { get; init; }
}
