using Confgen.Runtime.Admin;

namespace Confgen.Runtime.Tests.Admin;

public sealed class AdminAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:9180", "http://127.0.0.1:9180")]
    [InlineData("[::1]:9180", "http://[::1]:9180")]
    [InlineData("localhost:9180", "http://127.0.0.1:9180")]
    [InlineData("127.8.8.8:1", "http://127.8.8.8:1")]
    [InlineData("public:0.0.0.0:9180", "http://0.0.0.0:9180")]
    [InlineData("unix:/run/confgen/admin.sock", "unix:/run/confgen/admin.sock")]
    public void An_address_of_this_host_is_taken(string text, string shown)
    {
        Assert.True(AdminAddress.TryParse(text, out AdminAddress? address, out _));
        Assert.Equal(shown, address.ToString());
    }

    [Theory]
    [InlineData("0.0.0.0:9180", "write 127.0.0.1:9180, or public:0.0.0.0:9180 if you mean it")]
    [InlineData("[::]:9180", "public:[::]:9180")]
    [InlineData("192.0.2.1:9180", "other hosts")]
    [InlineData("127.0.0.1", "with a port")]
    [InlineData("9180", "with a port")]
    [InlineData("example.com:9180", "with a port")]
    [InlineData("unix:admin.sock", "absolute path")]
    public void Any_other_is_refused_with_the_way_out(string text, string says)
    {
        Assert.False(AdminAddress.TryParse(text, out _, out string? problem));
        Assert.Contains(says, problem, StringComparison.Ordinal);
    }
}
