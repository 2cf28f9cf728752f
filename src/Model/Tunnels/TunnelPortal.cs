using Confgen.Model.Sites;

namespace Confgen.Model.Tunnels;

/// <summary>The public side of a tunnel.</summary>
public sealed record TunnelPortal : SpecNode
{
    /// <summary>Where bridges connect.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>The name or address under which bridges reach the portal.</summary>
    public required string Public { get; init; }
}
