using System.Net;
using Confgen.Model.Units;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Model.Tests.Units;

public sealed class CidrTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1/32", "192.0.2.1")]
    [InlineData("2001:DB8::/32", "2001:db8::/32")]
    [InlineData("::/0", "::/0")]
    [InlineData("::1", "::1")]
    public void Prints_one_form(string text, string printed)
    {
        Assert.True(Cidr.TryParse(text, out Cidr value, out string? problem));
        Assert.Null(problem);
        Assert.Equal(printed, value.ToString());
    }

    [Theory]
    [InlineData("10.0.0.0/33", "'10.0.0.0/33' has no prefix length of 0 to 32")]
    [InlineData("::/129", "'::/129' has no prefix length of 0 to 128")]
    [InlineData("10.0.0.0/", "'10.0.0.0/' has no prefix length of 0 to 32")]
    [InlineData("10.0.0.0/-1", "'10.0.0.0/-1' has no prefix length of 0 to 32")]
    [InlineData(
        "10.1.2.3/8",
        "'10.1.2.3/8' has bits set behind its prefix: write 10.0.0.0/8 for the block or 10.1.2.3 for the one address"
    )]
    [InlineData(
        "2001:db8::1/32",
        "'2001:db8::1/32' has bits set behind its prefix: write 2001:db8::/32 for the block or 2001:db8::1 for the one address"
    )]
    [InlineData(
        "::ffff:10.0.0.0/104",
        "'::ffff:10.0.0.0/104' is an IPv4 address mapped into IPv6: write it as IPv4, 10.0.0.0; it then holds for both spellings"
    )]
    [InlineData("localhost", "invalid address 'localhost': write it as 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32")]
    [InlineData("10", "invalid address '10': write it as 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32")]
    [InlineData("010.0.0.0/8", "invalid address '010.0.0.0/8': write it as 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32")]
    [InlineData("0x7f.0.0.1", "invalid address '0x7f.0.0.1': write it as 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32")]
    [InlineData("fe80::1%eth0", "invalid address 'fe80::1%eth0': write it as 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32")]
    [InlineData("", "invalid address '': write it as 10.0.0.0/8, 192.0.2.1 or 2001:db8::/32")]
    public void Says_what_is_wrong_and_the_way_out(string text, string expected)
    {
        Assert.False(Cidr.TryParse(text, out _, out string? problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "203.0.113.9", false)]
    [InlineData("::/0", "::ffff:203.0.113.9", false)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    public void Families_never_mix_and_mapped_addresses_are_ipv4(string block, string address, bool inside) =>
        Assert.Equal(inside, Parse(block).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.0.0/16", true)]
    [InlineData("10.1.0.0/16", "10.0.0.0/8", false)]
    [InlineData("::/0", "10.0.0.0/8", false)]
    public void A_block_may_hold_a_block(string outer, string inner, bool inside) =>
        Assert.Equal(inside, Parse(outer).Contains(Parse(inner)));

    [Fact]
    public void Compares_by_value() => Assert.Equal(Cidr.Of(IPAddress.Parse("::ffff:192.0.2.1")), Parse("192.0.2.1/32"));

    [Fact]
    public void Agrees_with_the_platforms_networks() =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).Two().ToArbitrary(),
                Gen.Choose(0, 32).ToArbitrary(),
                (pair, length) =>
                {
                    uint mask = length == 0 ? 0 : uint.MaxValue << (32 - length);
                    var network = new IPNetwork(Address((uint)pair.Item1 & mask), length);
                    Cidr block = Parse(network.ToString());

                    // Half of the addresses share the prefix, so that both answers occur.
                    IPAddress near = Address(((uint)pair.Item1 & mask) | ((uint)pair.Item2 & ~mask));
                    IPAddress any = Address((uint)pair.Item2);
                    return block.Contains(near)
                        && block.Contains(any) == network.Contains(any)
                        && block.Address.Equals(network.BaseAddress);
                }
            )
            .QuickCheckThrowOnFailure();

    private static IPAddress Address(uint bits) => new([(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]);

    private static Cidr Parse(string text) =>
        Cidr.TryParse(text, out Cidr value, out string? problem) ? value : throw new FormatException(problem);
}
