using Confgen.Model.Sites;

namespace Confgen.Model.Tunnels;

/// <summary>The public side of a tunnel.</summary>
public sealed record TunnelPortal : SpecNode
{
    /// <summary>Where bridges connect.</summary>
    public required ListenAddress Listen { get; init; }

    /// <summary>The name or address under which bridges reach the portal.</summary>
    public required string Public { get; init; }

    /// <summary>
    /// Where V2Ray's portal takes what is meant for the service, on TCP: what a web server in front forwards to. Default: loopback, on the
    /// port after <see cref="Listen"/>'s, or the first after it that no earlier tunnel of that listener has.
    /// </summary>
    public required ListenAddress Entry { get; init; }

    /// <summary>The certificate that the portal shows to bridges; none, the default, is plain TCP.</summary>
    public TunnelTls? Tls { get; init; }
}
