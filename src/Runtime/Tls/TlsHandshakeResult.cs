using Confgen.Model.Sites;

namespace Confgen.Runtime.Tls;

/// <summary>What a handshake brought.</summary>
/// <param name="ServerName">The name that the client asked for, in lower case; null without.</param>
/// <param name="Site">The site whose rules the handshake followed.</param>
/// <param name="IsHttp2">Whether HTTP/2 was agreed on (RFC 7301).</param>
internal sealed record TlsHandshakeResult(string? ServerName, Site? Site, bool IsHttp2)
{
    /// <summary>The client speaks no TLS: its first byte is that of a method.</summary>
    public static readonly TlsHandshakeResult Plain = new(null, null, IsHttp2: false);
}
