using System.Net;
using System.Net.Sockets;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>How far a server is away, as far as its address tells.</summary>
internal static class ServerPlace
{
    // RFC 6890 and its registries: addresses that no packet from or to the internet carries.
    private static readonly IPNetwork[] _private =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>Whether traffic to it stays on this machine.</summary>
    public static bool IsOnThisMachine(this ServerAddress server) =>
        server.Scheme == ServerScheme.Unix
        || server.Host == "localhost"
        || server.Host.EndsWith(".localhost", StringComparison.Ordinal)
        || (
            IpAddresses.TryParse(server.Host, out IPAddress? address)
            && (IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        );

    /// <summary>Whether its address is one of the internet. Names are not looked up: false.</summary>
    public static bool IsPublicAddress(this ServerAddress server) =>
        server.Scheme != ServerScheme.Unix && IpAddresses.TryParse(server.Host, out IPAddress? address) && IsPublic(address);

    /// <summary>Whether the address is one of the internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        bool some =
            plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && !plain.Equals(IPAddress.Any)
            && !plain.Equals(IPAddress.IPv6Any);
        return some && !IPAddress.IsLoopback(plain) && !_private.Any(n => n.Contains(plain));
    }
}
