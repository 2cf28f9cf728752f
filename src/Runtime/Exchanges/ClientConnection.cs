using System.Net;
using Confgen.Model.Sites;

namespace Confgen.Runtime.Exchanges;

/// <summary>What is known of a client's connection.</summary>
internal sealed class ClientConnection
{
    /// <summary>The peer's address; an IPv4 address mapped into IPv6 as IPv4, the loopback for a unix socket.</summary>
    public required IPAddress Peer { get; init; }

    /// <summary>The peer's port; 0 for a unix socket.</summary>
    public required int PeerPort { get; init; }

    /// <summary>The port of the listener; 0 for a unix socket.</summary>
    public int Port { get; init; }

    /// <summary>Whether the peer came by a unix socket, and so has no address.</summary>
    public bool IsUnix { get; init; }

    /// <summary>The peer's address as text; empty for a unix socket.</summary>
    public required string PeerText { get; init; }

    /// <summary>The listener's key, which chooses among the sites.</summary>
    public required string Listener { get; init; }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme => IsTls ? "https" : "http";

    /// <summary>Who asked last, so that the next request needs no new object.</summary>
    public ClientIdentity? LastIdentity { get; set; }

    /// <summary>Whether TLS is spoken.</summary>
    public required bool IsTls { get; init; }

    /// <summary>The name that the client asked for in its TLS greeting (SNI), in lower case; null without.</summary>
    public string? ServerName { get; init; }

    /// <summary>
    /// The site whose rules the TLS handshake followed, its demand for a client's certificate included; null without TLS.
    /// </summary>
    public Site? TlsSite { get; init; }
}
