using System.Net.Sockets;
using System.Security.Cryptography;
using Confgen.Model;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Tls;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// The portals of a spec's tunnels: their listeners, and the bridges that have come. A reload keeps what it doesn't change.
/// </summary>
internal sealed class TunnelPortals(DeadlineWatch watch, ProxyOptions options, InheritedSockets inherited) : IDisposable
{
    private readonly Dictionary<string, BridgePool> _pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PortalListener> _listeners = new(StringComparer.Ordinal);
    private Dictionary<string, PortalListener> _opened = new(StringComparer.Ordinal);
    private Dictionary<string, ICertificate> _certificates = new(StringComparer.Ordinal);

    /// <summary>The bridges of a tunnel of the spec that was prepared last.</summary>
    public BridgePool PoolOf(string tunnel) => _pools[tunnel];

    /// <summary>Does everything that can fail, and tells what did; <see cref="Start"/> or <see cref="Withdraw"/> follows.</summary>
    public void Prepare(Spec spec, List<StartFailure> failures)
    {
        (_opened, _certificates) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (Tunnel tunnel in spec.Tunnels.Where(t => !_pools.ContainsKey(t.Name)))
        {
            _pools.Add(tunnel.Name, new BridgePool(tunnel, watch, options));
        }

        foreach (IGrouping<string, Tunnel> tunnels in ByListener(spec))
        {
            TunnelPortal portal = tunnels.First().Portal;
            try
            {
                if (portal.Tls is { } tls)
                {
                    _certificates[tunnels.Key] = new CertificateFiles(tls.Cert, tls.Key, [], options);
                }

                if (!_listeners.ContainsKey(tunnels.Key))
                {
                    _opened.Add(tunnels.Key, new PortalListener(portal.Listen, watch, options, inherited, _listeners.Values));
                }
            }
            catch (SocketException e)
            {
                failures.Add(new StartFailure(portal.At.Of("listen"), $"bridges can't be awaited at {portal.Listen}: {e.Message}"));
            }
            catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
            {
                failures.Add(new StartFailure(portal.At.Of("tls"), $"the certificate of the portal can't be used: {e.Message}"));
            }
        }
    }

    /// <summary>Closes what was opened in vain.</summary>
    public void Withdraw()
    {
        foreach (PortalListener listener in _opened.Values)
        {
            listener.Dispose();
        }

        _opened = new(StringComparer.Ordinal);
    }

    /// <summary>Begins with what was prepared, and ends what the spec has no more.</summary>
    public void Start(Spec spec)
    {
        foreach (Tunnel tunnel in spec.Tunnels)
        {
            PoolOf(tunnel.Name).Start(tunnel);
        }

        foreach (IGrouping<string, Tunnel> tunnels in ByListener(spec))
        {
            bool isNew = _opened.Remove(tunnels.Key, out PortalListener? listener);
            listener ??= _listeners[tunnels.Key];
            _listeners[tunnels.Key] = listener;
            listener.Certificate = _certificates.GetValueOrDefault(tunnels.Key);
            listener.Pools = [.. tunnels.Select(t => PoolOf(t.Name))];
            if (isNew)
            {
                Tell(listener, tunnels.First().Portal);
                listener.Start();
            }
        }

        HashSet<string> kept = [.. ByListener(spec).Select(g => g.Key)];
        foreach (string gone in _listeners.Keys.Where(k => !kept.Contains(k)).ToArray())
        {
            _listeners[gone].Dispose();
            _listeners.Remove(gone);
        }

        foreach (string gone in _pools.Keys.Where(n => !spec.Tunnels.Any(t => t.Name == n)).ToArray())
        {
            _pools[gone].Dispose();
            _pools.Remove(gone);
        }
    }

    /// <summary>Where bridges are awaited.</summary>
    public IEnumerable<Listener> Listeners => _listeners.Values.Select(l => l.Listener);

    /// <summary>Takes no more bridges; those that are here go on.</summary>
    /// <param name="isPassed">Whether another process awaits them there.</param>
    public void CloseListeners(bool isPassed)
    {
        foreach (PortalListener listener in _listeners.Values)
        {
            _ = listener.Listener.CloseAsync(isPassed);
        }

        _listeners.Clear();
        if (isPassed)
        {
            foreach (BridgePool pool in _pools.Values)
            {
                pool.Move();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseListeners(isPassed: false);
        foreach (BridgePool pool in _pools.Values)
        {
            pool.Dispose();
        }

        _pools.Clear();
    }

    private static IEnumerable<IGrouping<string, Tunnel>> ByListener(Spec spec) =>
        spec.Tunnels.GroupBy(t => t.Portal.Listen.ToString(), StringComparer.Ordinal);

    private void Tell(PortalListener listener, TunnelPortal portal) =>
        options.Notice(
            listener.Certificate is null && !IsLocal(portal.Listen)
                ? $"bridges are awaited at {portal.Listen}, in plain text: who listens on the way reads what they carry; give the portal "
                    + $"'tls'"
                : $"bridges are awaited at {portal.Listen}"
        );

    private static bool IsLocal(ListenAddress listen) =>
        listen.SocketPath is not null || listen.Address is "::1" || listen.Address?.StartsWith("127.", StringComparison.Ordinal) == true;
}
