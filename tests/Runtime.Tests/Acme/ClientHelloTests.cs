using Confgen.Runtime.Tls;

namespace Confgen.Runtime.Tests.Acme;

public sealed class ClientHelloTests
{
    [Theory]
    [InlineData(true, "acme-tls/1")]
    [InlineData(false, "h2")]
    [InlineData(false, "acme-tls/1", "h2")]
    [InlineData(false, "h2", "acme-tls/1")]
    [InlineData(false)]
    public void The_protocol_is_seen_where_it_is_offered_alone(bool expected, params string[] protocols) =>
        Assert.Equal(expected, ClientHello.OffersAlone(ClientHellos.Of("a.test", protocols), "acme-tls/1"u8));

    [Fact]
    public void Records_may_cut_it_anywhere_and_what_is_cut_off_is_no_offer()
    {
        byte[] whole = ClientHellos.Of("a.test", "acme-tls/1");
        byte[] message = whole[5..];
        for (int cut = 1; cut < message.Length; cut++)
        {
            byte[] two = [22, 3, 1, 0, (byte)cut, .. message[..cut], 22, 3, 1, 0, (byte)(message.Length - cut), .. message[cut..]];
            Assert.True(ClientHello.OffersAlone(two, "acme-tls/1"u8));
            Assert.False(ClientHello.OffersAlone(whole.AsSpan(0, 4 + cut), "acme-tls/1"u8));
        }
    }

    [Fact]
    public void No_byte_of_it_throws()
    {
        byte[] whole = ClientHellos.Of("a.test", "acme-tls/1");
        for (int i = 0; i < whole.Length; i++)
        {
            foreach (byte other in new byte[] { 0, 1, 127, 255 })
            {
                byte[] changed = [.. whole];
                changed[i] = other;
                ClientHello.OffersAlone(changed, "acme-tls/1"u8);
            }
        }
    }
}
