namespace Confgen.Model.Upstreams;

/// <summary>Servers that come from DNS SRV records (RFC 2782).</summary>
public sealed record SrvDiscovery : SpecNode
{
    /// <summary>The full name of the records, as <c>_api._tcp.example.com</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How long an answer is used before the records are asked for again; default 30 s.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(30);
}
