using Confgen.Model.Upstreams;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams;

/// <summary>The upstreams in use. One that a reload doesn't change keeps its connections, its health and its counts.</summary>
internal sealed class UpstreamSet(DeadlineWatch watch, TimeProvider time, Random random)
{
    private readonly Dictionary<Upstream, UpstreamState> _states = [];

    /// <summary>The upstreams.</summary>
    public IReadOnlyCollection<UpstreamState> All => _states.Values;

    /// <summary>The live state of an upstream.</summary>
    public UpstreamState Of(Upstream config)
    {
        if (!_states.TryGetValue(config, out UpstreamState? state))
        {
            state = new UpstreamState(config, watch, time, random);
            _states.Add(config, state);
        }

        return state;
    }
}
