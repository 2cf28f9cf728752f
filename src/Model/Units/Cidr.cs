using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Confgen.Model.Units;

/// <summary>A block of IPv4 or IPv6 addresses (RFC 4632).</summary>
public readonly record struct Cidr
{
    private readonly IPNetwork _network;

    private Cidr(IPNetwork network) => _network = network;

    /// <summary>The block's first address.</summary>
    public IPAddress Address => _network.BaseAddress;

    /// <summary>The length of the prefix in bits.</summary>
    public int PrefixLength => _network.PrefixLength;

    /// <summary>Whether it is an IPv6 block.</summary>
    public bool IsIPv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Whether it is one single address.</summary>
    public bool IsSingle => PrefixLength == (IsIPv6 ? 128 : 32);

    /// <summary>Whether the address is in the block. An IPv4 address that is mapped into IPv6 counts as IPv4.</summary>
    public bool Contains(IPAddress address) =>
        _network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>Reads a block or a single address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The block.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, out Cidr value, out string? problem)
    {
        value = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? text : text[..slash];

        // The platform's parser also takes "10" and "0x7f.1"; here an IPv4 address has its four numbers.
        bool plain = host.Contains(':', StringComparison.Ordinal)
            ? !host.Contains('%', StringComparison.Ordinal) && !host.Contains('[', StringComparison.Ordinal)
            : host.Split('.') is { Length: 4 } parts && parts.All(p => p.Length is > 0 and <= 3 && p.All(char.IsAsciiDigit) && (p.Length == 1 || p[0] != '0'));
        if (!plain || !IPAddress.TryParse(host, out IPAddress? address))
        {
            problem = $"'{text}' is no address: write it as 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32";
            return false;
        }

        int bits = address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32;
        int length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"'{text}' has no prefix length of 0 to {bits}");
            return false;
        }

        var network = Mask(address, length);
        if (!network.Equals(address))
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"'{text}' has bits set behind its prefix: write {network}/{length} for the block, or {address} for the address");
            return false;
        }

        value = new Cidr(new IPNetwork(address, length));
        problem = null;
        return true;
    }

    /// <summary>The block as it is written; a single address without its length.</summary>
    public override string ToString() => IsSingle ? Address.ToString() : _network.ToString();

    private static IPAddress Mask(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int i = 0; i < bytes.Length; i++)
        {
            int bits = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - bits));
        }

        return new IPAddress(bytes);
    }
}
