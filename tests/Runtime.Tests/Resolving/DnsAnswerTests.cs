using System.Net;
using Confgen.Runtime.Resolving;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Runtime.Tests.Resolving;

public sealed class DnsAnswerTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    private static readonly DnsRecord[] _some =
    [
        new CnameRecord("api.example.test", _minute, "real.example.test"),
        new AddressRecord("real.example.test", _minute, IPAddress.Parse("192.0.2.1")),
        new AddressRecord("real.example.test", TimeSpan.Zero, IPAddress.Parse("2001:db8::1")),
        new SrvRecord("_api._tcp.example.test", _minute, 10, 60, 8443, "a.example.test"),
        new SrvRecord("_api._tcp.example.test", _minute, 0, 0, 0, ""),
    ];

    [Fact]
    public void What_a_server_writes_is_read()
    {
        DnsQuery query = Ask("api.example.test");

        DnsAnswer? response = DnsAnswer.Read(ResponseWriter.Write(query, _some), query);

        Assert.Equal(_some, response!.Records);
    }

    [Fact]
    public void Whatever_a_server_writes_is_read() =>
        Prop.ForAll(
                Gen.ListOf(Records()).ToArbitrary(),
                records =>
                {
                    DnsQuery query = Ask("api.example.test");
                    return DnsAnswer.Read(ResponseWriter.Write(query, [.. records]), query) is { } response
                        && response.Records.SequenceEqual(records);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void An_answer_cut_at_any_byte_is_none()
    {
        DnsQuery query = Ask("api.example.test");
        byte[] whole = ResponseWriter.Write(query, _some);

        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Null(DnsAnswer.Read(whole.AsSpan(0, length), query));
        }
    }

    [Fact]
    public void No_byte_of_any_value_makes_the_reader_fail()
    {
        DnsQuery query = Ask("api.example.test");
        byte[] whole = ResponseWriter.Write(query, _some);
        for (int at = 0; at < whole.Length; at++)
        {
            byte kept = whole[at];
            for (int value = 0; value <= byte.MaxValue; value++)
            {
                whole[at] = (byte)value;
                DnsAnswer.Read(whole, query);
            }

            whole[at] = kept;
        }
    }

    [Fact]
    public void No_bytes_make_the_reader_fail() =>
        Prop.ForAll<byte[]>(bytes =>
            {
                DnsQuery query = Ask("a.test");
                byte[] head = ResponseWriter.Write(query, []);
                head[7] = 200;
                DnsAnswer.Read([.. head, .. bytes], query);
                int at = 0;
                DnsName.Read(bytes, ref at);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void An_answer_to_another_question_is_none()
    {
        DnsQuery query = Ask("api.example.test");
        byte[] response = ResponseWriter.Write(query, _some);
        byte[] otherName = ResponseWriter.Write(Ask("api.example.tesu"), _some);
        (otherName[0], otherName[1]) = (response[0], response[1]);
        byte[] otherId = [(byte)~response[0], .. response.AsSpan(1)];
        byte[] question = [.. response];
        question[2] &= 0x7F;

        Assert.Null(DnsAnswer.Read(otherName, query));
        Assert.Null(DnsAnswer.Read(otherId, query));
        Assert.Null(DnsAnswer.Read(question, query));
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0 })] // itself
    [InlineData(new byte[] { 0xC0, 2, 0xC0, 0 })] // forward
    [InlineData(new byte[] { 1, (byte)'a', 0xC0, 0 })] // round and round
    [InlineData(new byte[] { 0xC0 })]
    [InlineData(new byte[] { 0x40, 0 })] // reserved
    public void A_pointer_that_does_not_lead_back_is_no_name(byte[] bytes)
    {
        int at = 0;
        Assert.Null(DnsName.Read(bytes, ref at));
    }

    [Fact]
    public void A_name_has_at_most_255_bytes()
    {
        byte[] label = [63, .. Enumerable.Repeat((byte)'a', 63)];
        int at = 0;
        Assert.Null(DnsName.Read([.. label, .. label, .. label, .. label, 0], ref at));
        Assert.Null(DnsQuery.Of(string.Join('.', Enumerable.Repeat(new string('a', 63), 4)), DnsRecordType.A));
        Assert.Null(DnsQuery.Of(new string('a', 64), DnsRecordType.A));
        Assert.Null(DnsQuery.Of("a..b", DnsRecordType.A));
    }

    [Fact]
    public void Bytes_that_no_host_has_are_shown_as_in_zone_files()
    {
        int at = 0;
        Assert.Equal(@"a\046b\010.c", DnsName.Read([4, (byte)'A', (byte)'.', (byte)'b', 10, 1, (byte)'c', 0], ref at));
    }

    private static DnsQuery Ask(string name) => DnsQuery.Of(name, DnsRecordType.A)!;

    private static Gen<DnsRecord> Records()
    {
        Gen<string> label = Gen.Elements("a", "b", "api", "_tcp", "example", "x-1", new string('l', 63));
        Gen<string> name = from count in Gen.Choose(1, 3) from labels in Gen.ListOf(label, count) select string.Join('.', labels);
        Gen<TimeSpan> life = Gen.Choose(0, int.MaxValue - 1).Select(s => TimeSpan.FromSeconds(s));
        Gen<int> number = Gen.Choose(0, 65535);
        Gen<byte[]> address =
            from size in Gen.Elements(4, 16)
            from bytes in Gen.ArrayOf(Gen.Choose(0, 255).Select(b => (byte)b), size)
            select bytes;
        return Gen.OneOf(
            from owner in name
            from time in life
            from bytes in address
            select (DnsRecord)new AddressRecord(owner, time, new IPAddress(bytes)),
            from owner in name
            from time in life
            from target in name
            select (DnsRecord)new CnameRecord(owner, time, target),
            from owner in name
            from time in life
            from p in number
            from w in number
            from port in number
            from target in name
            select (DnsRecord)new SrvRecord(owner, time, p, w, port, target)
        );
    }
}
