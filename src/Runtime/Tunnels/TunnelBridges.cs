using System.Security.Cryptography;
using Confgen.Model;
using Confgen.Model.Tunnels;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tunnels;

/// <summary>The bridges of a spec's tunnels. A reload keeps those that it doesn't change.</summary>
internal sealed class TunnelBridges(DeadlineWatch watch, ProxyOptions options)
{
    private readonly List<Bridge> _bridges = [];
    private List<Bridge> _made = [];

    /// <summary>Does everything that can fail, and tells what did; <see cref="Start"/> or <see cref="Withdraw"/> follows.</summary>
    public void Prepare(Spec spec, List<StartFailure> failures)
    {
        _made = [];
        foreach (Tunnel tunnel in spec.Tunnels.Where(t => !_bridges.Exists(b => b.Tunnel == t)))
        {
            try
            {
                _made.Add(new Bridge(tunnel, watch, options));
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
            {
                failures.Add(new StartFailure(tunnel.Bridge.At.Of("ca"), $"the authorities of the portal can't be used: {e.Message}"));
            }
        }
    }

    /// <summary>Gives up what was made in vain.</summary>
    public void Withdraw()
    {
        _made.ForEach(b => b.Dispose());
        _made = [];
    }

    /// <summary>Begins with what was prepared, and ends what the spec has no more: streams under way of it end by themselves.</summary>
    public void Start(Spec spec, TimeSpan drain)
    {
        foreach (Bridge gone in _bridges.Where(b => !spec.Tunnels.Contains(b.Tunnel)).ToArray())
        {
            _bridges.Remove(gone);
            _ = gone.StopAsync(drain);
        }

        foreach (Bridge bridge in _made)
        {
            bridge.Start();
        }

        _bridges.AddRange(_made);
        _made = [];
    }

    /// <summary>Ends all, with time for the streams under way.</summary>
    public Task StopAsync(TimeSpan drain)
    {
        Task ended = Task.WhenAll(_bridges.Select(b => b.StopAsync(drain)));
        _bridges.Clear();
        return ended;
    }
}
