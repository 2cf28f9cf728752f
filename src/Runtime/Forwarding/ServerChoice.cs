using Confgen.Model.Units;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Forwarding;

/// <summary>Which server a request goes to, and which one next: each once, and no more others than <c>retries</c> allows.</summary>
/// <param name="upstream">The servers.</param>
/// <param name="key">What the policy chooses by.</param>
internal struct ServerChoice(UpstreamState upstream, BalanceKey key)
{
    private List<ServerState>? _tried;
    private ServerState? _reserved;

    /// <summary>What the policy chooses by.</summary>
    public readonly BalanceKey Key => key;

    /// <summary>The server to try now; null where none is up, or enough were tried.</summary>
    public ServerState? Next()
    {
        ServerState? reserved = _reserved;
        _reserved = null;
        return reserved ?? (_tried?.Count > upstream.Config.Retries ? null : upstream.Choose(key, _tried));
    }

    /// <summary>This server isn't tried again.</summary>
    public void Exclude(ServerState server) => (_tried ??= []).Add(server);

    /// <summary>
    /// Whether a response of that status is dropped and the request sent to another server, which is chosen at once: who drops a response
    /// must know that there is another. Never for what can't be sent again whole.
    /// </summary>
    public bool TryReplace(ServerState server, int status, Exchange exchange)
    {
        if (
            !StatusPattern.Any(upstream.Config.RetryOn, status)
            || !exchange.Request.IsIdempotent
            || exchange.Request.Framing != BodyFraming.None
        )
        {
            return false;
        }

        Exclude(server);
        _reserved = Next();
        return _reserved is not null;
    }
}
