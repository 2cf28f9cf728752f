namespace Confgen.Runtime.Tunnels;

/// <summary>A bridge that is connected to this portal. The pool's lock guards it.</summary>
internal sealed class ConnectedBridge(Guid id)
{
    /// <summary>The id that it made at its start.</summary>
    public Guid Id { get; } = id;

    /// <summary>Its connections that carry nothing, the last one first: the others may be about to be closed.</summary>
    public List<SpareConnection> Spares { get; } = [];

    /// <summary>All its connections, streams included.</summary>
    public int Connections { get; set; }

    /// <summary>Its streams.</summary>
    public int Streams { get; set; }

    /// <summary>A name for logs.</summary>
    public string Name => Id.ToString("N")[..8];
}
