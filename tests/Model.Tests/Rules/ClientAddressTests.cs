using System.Net;
using Confgen.Model.Rules;
using Confgen.Model.Units;

namespace Confgen.Model.Tests.Rules;

/// <summary>The client is the right-most address that is not trusted.</summary>
public sealed class ClientAddressTests
{
    private static readonly ValueList<Cidr> _trusted = [Block("10.0.0.0/8"), Block("2001:db8::/32")];

    [Theory]
    [InlineData("203.0.113.9", "1.2.3.4", "203.0.113.9")] // nobody believes a stranger
    [InlineData("10.0.0.1", "", "10.0.0.1")]
    [InlineData("10.0.0.1", "192.0.2.7", "192.0.2.7")]
    [InlineData("10.0.0.1", "1.1.1.1, 192.0.2.7", "192.0.2.7")] // what stands further left may be forged
    [InlineData("10.0.0.1", "192.0.2.7, 10.9.9.9", "192.0.2.7")]
    [InlineData("10.0.0.1", "192.0.2.7,10.9.9.9 , 10.1.1.1", "192.0.2.7")]
    [InlineData("10.0.0.1", "10.2.2.2, 10.3.3.3", "10.2.2.2")] // all trusted: the left-most
    [InlineData("10.0.0.1", "unknown, 10.3.3.3", "10.3.3.3")]
    [InlineData("10.0.0.1", "2001:db8::5, 2001:db8::6", "2001:db8::5")]
    [InlineData("10.0.0.1", "[2001:4860::1]:443", "2001:4860::1")]
    [InlineData("::ffff:10.0.0.1", "192.0.2.7", "192.0.2.7")]
    [InlineData("10.0.0.1", "7", "10.0.0.1")] // the platform would read 0.0.0.7
    [InlineData("10.0.0.1", "192.0.2.7, 10.1", "10.0.0.1")] // and here 10.0.0.1
    [InlineData("10.0.0.1", "192.0.2.7, 010.0.0.2", "10.0.0.1")] // 8.0.0.2 for some, 10.0.0.2 for others
    [InlineData("10.0.0.1", "192.0.2.7:4711", "192.0.2.7")]
    [InlineData("10.0.0.1", "[2001:4860::1]", "2001:4860::1")]
    [InlineData("10.0.0.1", "192.0.2.7, [::ffff:10.2.2.2]:80", "192.0.2.7")]
    [InlineData("10.0.0.1", "192.0.2.7:x", "10.0.0.1")]
    [InlineData("10.0.0.1", "[2001:4860::1", "10.0.0.1")]
    [InlineData("10.0.0.1", "192.0.2.7,", "10.0.0.1")]
    public void Resolves(string peer, string forwardedFor, string client) =>
        Assert.Equal(IPAddress.Parse(client), ClientAddress.Resolve(_trusted, IPAddress.Parse(peer), forwardedFor));

    private static Cidr Block(string text) =>
        Cidr.TryParse(text, out Cidr block, out _) ? block : throw new InvalidOperationException(text);
}
