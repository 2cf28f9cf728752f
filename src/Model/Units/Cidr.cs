using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Confgen.Model.Units;

/// <summary>A block of IPv4 or IPv6 addresses (RFC 4632).</summary>
public readonly record struct Cidr
{
    // IPv4 stands in the low 32 bits, so one comparison under a mask does for both families.
    private readonly UInt128 _base;
    private readonly UInt128 _mask;

    private Cidr(UInt128 address, UInt128 mask, int prefixLength, bool isIPv6) =>
        (_base, _mask, PrefixLength, IsIPv6) = (address, mask, prefixLength, isIPv6);

    /// <summary>The length of the prefix in bits.</summary>
    public int PrefixLength { get; }

    /// <summary>Whether it is an IPv6 block.</summary>
    public bool IsIPv6 { get; }

    /// <summary>The block's first address.</summary>
    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, _base);
            return new IPAddress(IsIPv6 ? bytes : bytes[12..]);
        }
    }

    /// <summary>Whether it is one single address.</summary>
    public bool IsSingle => PrefixLength == (IsIPv6 ? 128 : 32);

    /// <summary>The block of one single address; an IPv4 address that is mapped into IPv6 becomes IPv4.</summary>
    public static Cidr Of(IPAddress address)
    {
        (UInt128 bits, bool v6) = Bits(address);
        return new Cidr(bits, v6 ? UInt128.MaxValue : uint.MaxValue, v6 ? 128 : 32, v6);
    }

    /// <summary>
    /// Whether the address is in the block. An IPv4 address that is mapped into IPv6 counts as IPv4, and no IPv4 address is in an IPv6
    /// block.
    /// </summary>
    public bool Contains(IPAddress address)
    {
        (UInt128 bits, bool v6) = Bits(address);
        return v6 == IsIPv6 && (bits & _mask) == _base;
    }

    /// <summary>Whether every address of the other block is in this one.</summary>
    public bool Contains(Cidr other) => other.IsIPv6 == IsIPv6 && other.PrefixLength >= PrefixLength && (other._base & _mask) == _base;

    /// <summary>Reads a block or a single address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The block.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, out Cidr value, out string? problem)
    {
        value = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> host = slash < 0 ? text : text.AsSpan(0, slash);
        if (!IpAddresses.TryParse(host, out IPAddress? address))
        {
            problem = $"invalid address {Shown.Text(text)}: write it as 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32";
            return false;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            problem =
                $"{Shown.Text(text)} is an IPv4 address mapped into IPv6: write it as IPv4, {address.MapToIPv4()}; it then holds for both "
                + $"spellings";
            return false;
        }

        bool v6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        int width = v6 ? 128 : 32;
        int length = width;
        if (
            slash >= 0
            && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > width)
        )
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"{Shown.Text(text)} has no prefix length of 0 to {width}");
            return false;
        }

        UInt128 ones = v6 ? UInt128.MaxValue : uint.MaxValue;
        UInt128 mask = length == 0 ? 0 : (ones << (width - length)) & ones;
        UInt128 bits = Bits(address).Bits;
        value = new Cidr(bits & mask, mask, length, v6);
        if ((bits & ~mask) != 0)
        {
            problem = string.Create(
                CultureInfo.InvariantCulture,
                $"{Shown.Text(text)} has bits set behind its prefix: write {value} for the block or {address} for the one address"
            );
            value = default;
            return false;
        }

        problem = null;
        return true;
    }

    /// <summary>The block as it is written; a single address without its length.</summary>
    public override string ToString() =>
        IsSingle ? Address.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Address}/{PrefixLength}");

    private static (UInt128 Bits, bool IsIPv6) Bits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int written);
        return written == 4 ? (BinaryPrimitives.ReadUInt32BigEndian(bytes), false)
            : address.IsIPv4MappedToIPv6 ? (BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), false)
            : (BinaryPrimitives.ReadUInt128BigEndian(bytes), true);
    }
}
