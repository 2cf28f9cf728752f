using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;
using Confgen.Model.Units;
using static Confgen.Compiler.Rendering.Capability;

namespace Confgen.Targets.V2Ray;

/// <summary>What V2Ray honours of the tunnels; the sites are the web server's in front of its portal.</summary>
internal static class V2RayCapabilities
{
    /// <summary>The first release whose portal leaves a bridge's dead connections at once.</summary>
    public static readonly TargetVersion QuickHealing = new(5, 2);

    public static CapabilityTable Table { get; } =
        new(
            [
                Capability.For<TunnelPortal>(
                    PortalFields.Listen,
                    Support.Unsupported,
                    "of a unix socket",
                    p => p.Listen.SocketPath is not null,
                    "a port, or an address with a port"
                ),
                Capability.For<TunnelPortal>(
                    PortalFields.Entry,
                    Support.Approximate,
                    "that others than this machine reach",
                    p => !IsLoopback(p.Entry),
                    "V2Ray carries bytes: the service sees no X-Forwarded-* headers and the bridge's address as the client's, and none of "
                        + "a site's guards hold; keep the entry on loopback, with nginx or Caddy in front"
                ),
                Capability.For<TunnelBridge>(
                    BridgeFields.Forward,
                    Support.Unsupported,
                    "to a unix socket",
                    b => b.Forward.Scheme == ServerScheme.Unix,
                    "a TCP address, as http://127.0.0.1:80"
                ),
                new(BridgeFields.Connections, Support.Approximate, "V2Ray opens its connections by the load"),
                .. Exact(
                    SpecFields.Tunnels,
                    TunnelFields.Portal,
                    TunnelFields.Bridge,
                    TunnelFields.Domain,
                    TunnelFields.Secret,
                    TunnelFields.Id,
                    PortalFields.Listen,
                    PortalFields.Public,
                    PortalFields.Entry,
                    PortalFields.Tls,
                    PortalTlsFields.Cert,
                    PortalTlsFields.Key,
                    BridgeFields.Forward,
                    BridgeFields.Ca
                ),
                .. Exact(
                    SpecFields.Version,
                    SpecFields.Include,
                    SpecFields.Defaults,
                    SpecFields.Fragments,
                    FragmentFields.Use,
                    SpecFields.Targets,
                    SpecFields.Lint
                ),
                .. Exact([.. IncludeFields.Schema.Fields]),
            ],
            new ProgramNote(
                new VersionRange(Until: QuickHealing),
                "after a restart of the bridge, requests go to its dead connections for up to 30 s; fixed in 5.2"
            ),
            new ProgramNote(VersionRange.All, "VMess refuses a bridge whose clock differs from the portal's by more than 90 s")
        )
        {
            OthersAreElsewhere = true,
        };

    private static bool IsLoopback(ListenAddress entry) =>
        entry.Address is "::1" || entry.Address?.StartsWith("127.", StringComparison.Ordinal) == true;
}
