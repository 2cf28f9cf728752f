using System.Security.Cryptography;
using System.Text;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Tunnels;

/// <summary>
/// A reverse tunnel: the bridge, on a private host, dials out to the portal, on a public one, and requests come back through it.
/// </summary>
public sealed record Tunnel : SpecNode
{
    /// <summary>The name under <c>tunnels:</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The public side.</summary>
    public required TunnelPortal Portal { get; init; }

    /// <summary>The private side.</summary>
    public required TunnelBridge Bridge { get; init; }

    /// <summary>The name of the control traffic in V2Ray output; default <c>NAME.tunnel.internal</c>.</summary>
    public required string Domain { get; init; }

    /// <summary>What both sides know. Never printed.</summary>
    public required string Secret { get; init; }

    /// <summary>The V2Ray client's UUID; derived from the secret unless written.</summary>
    public string? Id { get; init; }

    /// <summary>The V2Ray client's UUID: the one that is written, or the one that follows from the secret.</summary>
    public string MakeClientId() => Id?.ToLowerInvariant() ?? Derived(Secret);

    /// <summary>
    /// What a web server in front of V2Ray's portal forwards to: its entry, which carries bytes, so that the server speaks with the service
    /// itself in whatever the service speaks.
    /// </summary>
    public Upstream MakeUpstream()
    {
        ServerAddress service = Bridge.Forward;
        string host = Portal.Entry.Address is null or "0.0.0.0" or "::" ? "127.0.0.1" : Portal.Entry.Address;
        ServerScheme scheme = service.Scheme == ServerScheme.Unix ? ServerScheme.Http : service.Scheme;
        return new Upstream
        {
            Name = "tunnel:" + Name,
            IsInline = true,
            Tunnel = Name,
            Servers = [new UpstreamServer { Address = new ServerAddress(scheme, host, Portal.Entry.Port) }],
            Tls = new UpstreamTls { ServerName = scheme == ServerScheme.Https ? service.Host : null },
        };
    }

    /// <summary>Never prints the secret.</summary>
    public override string ToString() => "tunnel " + Name;

    // A UUID of the custom kind (RFC 9562, version 8). Keyed, so that the id, which V2Ray sends, is of no use to the runtime's own tunnel.
    private static string Derived(string secret)
    {
        byte[] id = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "confgen v2ray client"u8)[..16];
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true).ToString("D");
    }
}
