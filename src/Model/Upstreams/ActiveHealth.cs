using Confgen.Model.Units;

namespace Confgen.Model.Upstreams;

/// <summary>Probes in the background: a server that fails one gets no requests until it passes one.</summary>
public sealed record ActiveHealth : SpecNode
{
    /// <summary>The target that is asked for with GET.</summary>
    public required string Path { get; init; }

    /// <summary>The time between two probes of a server; default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a response; default 5 s, as Caddy's <c>health_timeout</c>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The statuses that pass; default <c>2xx</c>.</summary>
    public ValueList<StatusPattern> Status { get; init; } = [StatusPattern.Success];
}
