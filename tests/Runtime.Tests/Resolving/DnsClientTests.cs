using System.Net;
using Confgen.Runtime.Resolving;

namespace Confgen.Runtime.Tests.Resolving;

public sealed class DnsClientTests
{
    private static readonly IPAddress _address = IPAddress.Parse("192.0.2.1");

    [Fact]
    public async Task The_answer_is_taken_and_forgeries_before_it_are_not()
    {
        using var server = new FakeDns(question =>
        {
            byte[] response = Response(question, "192.0.2.1");
            byte[] forged = Response(question, "192.0.2.66");
            forged[1] ^= 1;
            return [forged, [], [1], forged[..20], response];
        });

        Assert.Equal([_address], await AskAsync([server]));
    }

    [Fact]
    public async Task What_does_not_fit_is_asked_for_over_tcp()
    {
        using var server = new FakeDns(
            question => [Response(question, "192.0.2.66", truncated: true)],
            question => Response(question, "192.0.2.1")
        );

        Assert.Equal([_address], await AskAsync([server]));
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("failing")]
    [InlineData("absent")]
    public async Task The_next_server_is_asked(string first)
    {
        using var broken = new FakeDns(question => first == "silent" ? [] : [Response(question, "192.0.2.66", code: 2)]);
        using var good = new FakeDns(question => [Response(question, "192.0.2.1")]);
        if (first == "absent")
        {
            broken.Dispose();
        }

        Assert.Equal([_address], await AskAsync([broken, good]));
    }

    [Fact]
    public async Task A_lost_datagram_is_sent_again()
    {
        int asked = 0;
        using var server = new FakeDns(question => asked++ == 0 ? [] : [Response(question, "192.0.2.1")]);

        Assert.Equal([_address], await AskAsync([server]));
        Assert.Equal(2, server.Asked);
    }

    [Fact]
    public async Task There_is_no_such_name_is_an_answer()
    {
        using var server = new FakeDns(question => [Response(question, null, code: 3)]);

        Assert.Empty(Assert.IsType<IPAddress[]>(await AskAsync([server])));
        Assert.Equal(1, server.Asked);
    }

    [Fact]
    public async Task Where_nobody_answers_there_is_no_answer()
    {
        using var server = new FakeDns(_ => []);

        Assert.Null(await AskAsync([server]));
        Assert.Equal(2, server.Asked);
    }

    private static async Task<IPAddress[]?> AskAsync(FakeDns[] servers)
    {
        var config = new ResolverConfig { Servers = [.. servers.Select(s => s.EndPoint)], Timeout = TimeSpan.FromMilliseconds(500) };
        DnsAnswer? response = await new DnsClient(TimeProvider.System).AskAsync(config, "a.test", DnsRecordType.A, CancellationToken.None);
        return response is null ? null : [.. response.Records.OfType<AddressRecord>().Select(r => r.Address)];
    }

    private static byte[] Response(byte[] question, string? address, int code = 0, bool truncated = false)
    {
        byte[] response = ResponseWriter.Write(
            DnsQuery.Of("a.test", DnsRecordType.A)!,
            address is null ? [] : [new AddressRecord("a.test", TimeSpan.FromMinutes(1), IPAddress.Parse(address))],
            code,
            truncated
        );
        (response[0], response[1]) = (question[0], question[1]);
        return response;
    }
}
