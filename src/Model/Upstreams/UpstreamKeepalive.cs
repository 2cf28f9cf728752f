namespace Confgen.Model.Upstreams;

/// <summary>Idle connections kept open for reuse.</summary>
public sealed record UpstreamKeepalive : SpecNode
{
    /// <summary>Most idle connections kept; default 100. 0 keeps none.</summary>
    public int Idle { get; init; } = 100;

    /// <summary>How long an idle one is kept; default 60 s, as nginx's <c>keepalive_timeout</c> of an upstream.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
