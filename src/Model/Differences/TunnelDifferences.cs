using System.Net;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;

namespace Confgen.Model.Differences;

/// <summary>What changes in reverse tunnels; no request shows it.</summary>
internal static class TunnelDifferences
{
    private static readonly NamedDifferences<Tunnel> _differences = new(
        Aspect.Tunnel,
        static tunnel => tunnel.Name,
        Text,
        static name => (Risk.Change, $"the tunnel '{name}' is new"),
        static name => (Risk.Breakage, $"the tunnel '{name}' ends, and what is published through it can't be reached"),
        Changed
    );

    /// <summary>The tunnels that come, go or change.</summary>
    public static IEnumerable<Difference> Of(ValueList<Tunnel> old, ValueList<Tunnel> @new) => _differences.Of(old, @new);

    private static (Risk Risk, string Text) Changed(Tunnel was, Tunnel now)
    {
        string name = now.Name;
        (TunnelPortal old, TunnelPortal @new) = (was.Portal, now.Portal);
        TunnelBridge bridge = was.Bridge with { Forward = now.Bridge.Forward, Connections = now.Bridge.Connections };
        return old.Tls is not null && @new.Tls is null ? (Risk.Exposure, $"the tunnel '{name}' is no longer encrypted")
            : IsLocal(old.Entry) && !IsLocal(@new.Entry)
                ? (Risk.Exposure, $"whoever reaches {@new.Entry} reaches the service behind the tunnel '{name}', past every site's guards")
            : was.Bridge.Ca is not null && now.Bridge.Ca is null && @new.Tls is not null
                ? (Risk.Exposure, $"every authority that the system trusts may vouch for the portal of the tunnel '{name}'")
            : was.Secret != now.Secret ? (Risk.Breakage, $"the secret of the tunnel '{name}' changes: both sides need it at once")
            : was with { Bridge = bridge } == now
                ? (
                    Risk.Change,
                    was.Bridge.Forward != now.Bridge.Forward
                        ? $"requests through the tunnel '{name}' go to another service: its private side must be deployed"
                        : $"the tunnel '{name}' keeps another number of connections: its private side must be deployed"
                )
            : old.Tls != @new.Tls && was with { Portal = old with { Tls = @new.Tls } } == now && old.Tls is not null
                ? (Risk.Breakage, $"the portal of the tunnel '{name}' shows another certificate to bridges")
            : (Risk.Breakage, $"the tunnel '{name}' changes: both sides must be deployed");
    }

    private static bool IsLocal(ListenAddress address) =>
        address.SocketPath is not null || (IPAddress.TryParse(address.Address, out IPAddress? ip) && IPAddress.IsLoopback(ip));

    private static string Text(Tunnel tunnel) =>
        string.Join(
            ", ",
            new[]
            {
                $"{tunnel.Bridge.Forward} through {tunnel.Portal.Public} on {tunnel.Portal.Listen}",
                tunnel.Portal.Tls is { } tls ? $"TLS with {tls.Cert} and {tls.Key}" : null,
                tunnel.Bridge.Ca is { } ca ? $"verified by {ca}" : null,
                $"entry {tunnel.Portal.Entry}",
                $"as {tunnel.Domain}",
                string.Create(null, $"{tunnel.Bridge.Connections} connections"),
            }.OfType<string>()
        );
}
