using Confgen.Model.Units;

namespace Confgen.Model.Upstreams;

/// <summary>One server of an upstream.</summary>
public sealed record UpstreamServer : SpecNode
{
    /// <summary>Where it listens and what it speaks.</summary>
    public required ServerAddress Address { get; init; }

    /// <summary>Its share among the servers, 1 or more; default 1, as nginx's <c>weight</c>.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Most connections at once; 0, the default, is unlimited, as nginx's <c>max_conns</c>.</summary>
    public int MaxConns { get; init; }

    /// <summary>Whether it is used only while the servers that are no backups are down.</summary>
    public bool Backup { get; init; }

    /// <summary>Whether it is out of service: kept in the spec, never chosen.</summary>
    public bool Down { get; init; }
}
