using System.Net;

namespace Confgen.Runtime.Exchanges;

/// <summary>Who asks, by which name and over what: of this connection, or what a trusted peer says of its own.</summary>
/// <param name="Client">The client's address, after trusted proxies.</param>
/// <param name="ClientText">The same as text; empty for a client without an address.</param>
/// <param name="Authority">The host with its port, as this connection's client sent it.</param>
/// <param name="ForwardedFor">The X-Forwarded-For that the upstream sees.</param>
/// <param name="ForwardedProto">The X-Forwarded-Proto that the upstream sees.</param>
/// <param name="ForwardedHost">The X-Forwarded-Host that the upstream sees.</param>
/// <param name="KeepsForwarded">Whether the Forwarded field is the peer's to say.</param>
internal sealed record ClientIdentity(
    IPAddress Client,
    string ClientText,
    string Authority,
    string ForwardedFor,
    string ForwardedProto,
    string ForwardedHost,
    bool KeepsForwarded
)
{
    /// <summary>The client's address; null for one without, as on a unix socket.</summary>
    public IPAddress? Address => ClientText.Length == 0 ? null : Client;
}
