using System.Security.Cryptography;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams;

/// <summary>
/// The upstreams in use. One that a reload doesn't change, nor its TLS files, keeps its connections, its health and its counts.
/// </summary>
internal sealed class UpstreamSet(
    DeadlineWatch watch,
    ProxyOptions options,
    Func<string, IConnectionSource> tunnels,
    UpstreamSet? before = null
)
{
    private readonly Dictionary<Upstream, UpstreamState> _states = [];
    private UpstreamSet? _before = before;

    /// <summary>The upstreams.</summary>
    public IReadOnlyCollection<UpstreamState> All => _states.Values;

    /// <summary>The upstream that was asked for last, for the message where it can't be built.</summary>
    public Upstream? LastAsked { get; private set; }

    /// <summary>The set for another spec, which takes over what stays the same.</summary>
    public UpstreamSet Next() => new(watch, options, tunnels, this);

    /// <summary>The live state of an upstream.</summary>
    /// <exception cref="CryptographicException">Its TLS files can't be used.</exception>
    /// <exception cref="IOException">Its TLS files can't be read.</exception>
    public UpstreamState Of(Upstream config)
    {
        LastAsked = config;
        if (!_states.TryGetValue(config, out UpstreamState? state))
        {
            state = _before?._states.GetValueOrDefault(config) is { IsCurrent: true } same
                ? same
                : new UpstreamState(config, watch, options, config.Tunnel is { } tunnel ? tunnels(tunnel) : null);
            _states.Add(config, state);
        }

        return state;
    }

    /// <summary>Begins: probes of what stays go on, probes of what is new start, and what is gone ends.</summary>
    public void TakeOver()
    {
        foreach (UpstreamState gone in _before?.All.Except(All) ?? [])
        {
            gone.Dispose();
        }

        foreach (UpstreamState state in All)
        {
            state.Start();
        }

        _before = null;
    }
}
