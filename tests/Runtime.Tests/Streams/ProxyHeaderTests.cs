using System.Net;
using System.Text;
using Confgen.Model.Streams;
using Confgen.Runtime.Streams;

namespace Confgen.Runtime.Tests.Streams;

public sealed class ProxyHeaderTests
{
    public static TheoryData<ProxyHeaderVersion> Versions => [ProxyHeaderVersion.V1, ProxyHeaderVersion.V2];

    [Theory]
    [MemberData(nameof(Versions))]
    public void What_is_written_is_read_again_and_nothing_behind_it(ProxyHeaderVersion version)
    {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++)
        {
            ProxyHeader header = Any(random);
            byte[] written = header.Write(version);
            byte[] behind = new byte[random.Next(50)];
            random.NextBytes(behind);

            Assert.True(ProxyHeader.TryRead([.. written, .. behind], out ProxyHeader? read, out int length));
            Assert.Equal((written.Length, header), (length, read));
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void A_part_of_one_waits_for_the_rest(ProxyHeaderVersion version)
    {
        byte[] written = Any(new Random(2)).Write(version);
        for (int length = 0; length < written.Length; length++)
        {
            Assert.Null(ProxyHeader.TryRead(written.AsSpan(0, length), out ProxyHeader? header, out _));
            Assert.Null(header);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Whatever_comes_is_a_header_or_none(ProxyHeaderVersion version)
    {
        var random = new Random(3);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = [.. Any(random).Write(version), .. new byte[random.Next(8)]];
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            bool? isOne = ProxyHeader.TryRead(bytes.AsSpan(0, random.Next(bytes.Length + 1)), out ProxyHeader? header, out int length);

            Assert.Equal(isOne == true, header is not null);
            Assert.True(isOne != true || length <= bytes.Length);
        }
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", true)]
    [InlineData("PROXY UNKNOWN\r\n", true)]
    [InlineData("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n", true)]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1\r\n", false)]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 1 65536\r\n", false)]
    [InlineData("PROXY TCP4 192.0.2.1 192.0.2.2 -1 2\r\n", false)]
    [InlineData("PROXY TCP4 2001:db8::1 2001:db8::2 1 2\r\n", false)]
    [InlineData("PROXY TCP6 192.0.2.1 192.0.2.2 1 2\r\n", false)]
    [InlineData("PROXY TCP4 192.0.2.1  192.0.2.2 1 2\r\n", false)]
    [InlineData("PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n", false)]
    [InlineData("PROXY TCP4 192.0.2 192.0.2.2 1 2\r\n", false)]
    [InlineData("PROXY TCP4 0300.0.2.1 192.0.2.2 1 2\r\n", false)]
    [InlineData("PROXY TCP6 fe80::1%1 fe80::2 1 2\r\n", false)]
    [InlineData("GET / HTTP/1.1\r\n", false)]
    [InlineData("proxy TCP4 192.0.2.1 192.0.2.2 1 2\r\n", false)]
    public void A_line_is_as_the_protocol_has_it(string line, bool isOne) =>
        Assert.Equal(isOne, ProxyHeader.TryRead(Encoding.ASCII.GetBytes(line), out _, out _));

    [Fact]
    public void A_line_without_an_end_and_a_header_without_a_bound_are_none()
    {
        Assert.False(ProxyHeader.TryRead(Encoding.ASCII.GetBytes("PROXY TCP4 " + new string('1', 200)), out _, out _));
        byte[] long2 = [.. new ProxyHeader(null, null).Write(ProxyHeaderVersion.V2)];
        (long2[14], long2[15]) = (0xFF, 0xFF);
        Assert.False(ProxyHeader.TryRead(long2, out _, out _));
    }

    private static ProxyHeader Any(Random random)
    {
        byte[] source = new byte[random.Next(2) == 0 ? 4 : 16];
        byte[] destination = new byte[source.Length];
        random.NextBytes(source);
        random.NextBytes(destination);
        return new ProxyHeader(
            new IPEndPoint(new IPAddress(source), random.Next(65536)),
            new IPEndPoint(new IPAddress(destination), random.Next(65536))
        );
    }
}
