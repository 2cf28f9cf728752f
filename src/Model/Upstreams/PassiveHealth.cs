using Confgen.Model.Units;

namespace Confgen.Model.Upstreams;

/// <summary>Watching of the responses to real requests: a server that fails too often rests for a while.</summary>
public sealed record PassiveHealth : SpecNode
{
    /// <summary>Failures within <see cref="FailFor"/> that put a server to rest; default 1, as nginx's <c>max_fails</c>.</summary>
    public int MaxFails { get; init; } = 1;

    /// <summary>The window of the count, and how long the server rests; default 10 s, as nginx's <c>fail_timeout</c>.</summary>
    public TimeSpan FailFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Statuses that count as a failure, beside connect errors and time-outs; none unless written.</summary>
    public ValueList<StatusPattern> Status { get; init; } = [];

    /// <summary>A response whose head takes longer counts as a failure; never unless written.</summary>
    public TimeSpan? Latency { get; init; }
}
