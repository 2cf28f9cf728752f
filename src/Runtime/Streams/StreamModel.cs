using Confgen.Model.Streams;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Streams;

/// <summary>A stream as it is served, with the live state of its upstreams.</summary>
internal sealed class StreamModel(TcpStream config, Func<Upstream, UpstreamState> upstreamOf, StreamMetrics metrics)
{
    private readonly Dictionary<Upstream, UpstreamState> _upstreams = config.Upstreams.Distinct().ToDictionary(static u => u, upstreamOf);

    /// <summary>The stream as the spec says it.</summary>
    public TcpStream Config { get; } = config;

    /// <summary>What is counted.</summary>
    public StreamMetrics Metrics { get; } = metrics;

    /// <summary>Where a connection goes; null where it is closed.</summary>
    /// <param name="serverName">The name in its handshake; null for none.</param>
    public UpstreamState? Choose(string? serverName) => Config.Choose(serverName) is { } upstream ? _upstreams[upstream] : null;
}
