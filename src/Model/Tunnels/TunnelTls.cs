namespace Confgen.Model.Tunnels;

/// <summary>TLS between a bridge and its portal.</summary>
public sealed record TunnelTls : SpecNode
{
    /// <summary>The PEM file with the portal's certificate chain.</summary>
    public required string Cert { get; init; }

    /// <summary>The PEM file with its private key.</summary>
    public required string Key { get; init; }
}
