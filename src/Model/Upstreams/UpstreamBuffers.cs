namespace Confgen.Model.Upstreams;

/// <summary>Buffer sizes in bytes; null leaves the target's own.</summary>
public sealed record UpstreamBuffers : SpecNode
{
    /// <summary>For reading from the server.</summary>
    public long? Read { get; init; }

    /// <summary>For writing to the server.</summary>
    public long? Write { get; init; }
}
