using System.Globalization;
using Confgen.Model.Units;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Regexes for address blocks: before 2.8 an address behind a trusted proxy is a text to Caddy, which no address matcher sees.
/// </summary>
internal static class AddressPattern
{
    /// <summary>
    /// Matches an address of any of the blocks, without anchors. IPv6 addresses match in their canonical spelling (RFC 5952) and whole
    /// alone.
    /// </summary>
    public static string AnyOf(IEnumerable<Cidr> blocks) => "(?:" + string.Join('|', blocks.Select(Of)) + ")";

    /// <summary>
    /// The blocks, and those of IPv4 once more as IPv6 spells them (<c>::ffff:10.0.0.0/104</c>): to Go these are other addresses.
    /// </summary>
    public static IEnumerable<string> WithMapped(IEnumerable<Cidr> blocks) =>
        blocks.SelectMany(static block =>
            block.IsIPv6
                ? [block.ToString()]
                : new[]
                {
                    block.ToString(),
                    string.Create(CultureInfo.InvariantCulture, $"::ffff:{block.Address}/{block.PrefixLength + 96}"),
                }
        );

    /// <summary>
    /// Finds the last address of a list that is outside of the blocks, as one of three groups: IPv4, IPv6 in brackets, IPv6. A port and the
    /// prefix <c>::ffff:</c> of IPv4 stay outside of the groups.
    /// </summary>
    public static string LastOutside(IReadOnlyList<Cidr> blocks) =>
        @"(?i)(?:^|[,\s])(?:(?:::ffff:)?([0-9]+(?:\.[0-9]+){3})(?::[0-9]+)?|\[(?:::ffff:)?([0-9a-f.:]+)\](?::[0-9]+)?|([0-9a-f]*:[0-9a-f.:]+))"
        + $@"(?:\s*,\s*(?:\[?(?:::ffff:)?{AnyOf(blocks)}\]?(?::[0-9]+)?))*\s*$";

    /// <summary>Whether the regex is exact: it can't be for a block of IPv6 addresses.</summary>
    public static bool IsExact(Cidr block) => !block.IsIPv6 || block.IsSingle;

    private static string Of(Cidr block)
    {
        if (block.IsIPv6)
        {
            return block.IsSingle ? PathPattern.Escape(block.Address.ToString())
                : block.PrefixLength == 0 ? "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*"
                : Groups(block);
        }

        byte[] address = block.Address.GetAddressBytes();
        var octets = new List<string>(4);
        for (int i = 0; i < 4; i++)
        {
            int bits = Math.Clamp(block.PrefixLength - (8 * i), 0, 8);
            octets.Add(
                bits switch
                {
                    8 => address[i].ToString(CultureInfo.InvariantCulture),
                    0 => "[0-9]{1,3}",
                    _ => "(?:" + string.Join('|', Enumerable.Range(address[i], 1 << (8 - bits))) + ")",
                }
            );
        }

        return string.Join("\\.", octets);
    }

    /// <summary>The leading groups that the whole block shares, and then anything.</summary>
    private static string Groups(Cidr block)
    {
        byte[] bytes = block.Address.GetAddressBytes();
        var groups = new List<string>();
        for (int i = 0; i + 1 < 16 && (i * 8) + 16 <= block.PrefixLength; i += 2)
        {
            int group = (bytes[i] << 8) | bytes[i + 1];
            if (group == 0)
            {
                break;
            }

            groups.Add("0{0,3}" + group.ToString("x", CultureInfo.InvariantCulture));
        }

        return groups.Count == 0 ? "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*" : string.Join(':', groups) + ":[0-9A-Fa-f:.]*";
    }
}
