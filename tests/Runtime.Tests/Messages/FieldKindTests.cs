using System.Text;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Tests.Messages;

public sealed class FieldKindTests
{
    [Theory]
    [InlineData("Transfer_Encoding")]
    [InlineData("CONTENT_LENGTH")]
    [InlineData("keep_alive")]
    [InlineData("Proxy_Connection")]
    [InlineData("Proxy_Authorization")]
    [InlineData("HTTP2_Settings")]
    [InlineData("X_Forwarded-Port")]
    [InlineData("X-Forwarded_Prefix")]
    [InlineData("Front_End-Https")]
    public void A_name_with_underscores_for_dashes_is_a_look_alike(string name)
    {
        FieldKind kind = FieldKinds.Of(Encoding.ASCII.GetBytes(name));

        Assert.Equal(FieldKind.LookAlike, kind);
        Assert.True(FieldKinds.IsHopByHop(kind));
    }

    [Theory]
    [InlineData("Content_Lengths")]
    [InlineData("Content_Type")]
    [InlineData("X_Custom")]
    [InlineData("transfer.encoding")]
    [InlineData("transfer encoding")]
    public void Other_names_are_left_alone(string name) => Assert.Equal(FieldKind.Other, FieldKinds.Of(Encoding.ASCII.GetBytes(name)));
}
