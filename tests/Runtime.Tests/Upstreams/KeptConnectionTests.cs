using System.Net;
using Confgen.Runtime.Resolving;
using Confgen.Runtime.Tests.Resolving;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Upstreams;

/// <summary>Which kept connections a request may go out on.</summary>
public sealed class KeptConnectionTests
{
    // The server keeps quiet about it, as many small ones do.
    [Theory]
    [InlineData("POST", 0)]
    [InlineData("POST", 1)]
    [InlineData("PATCH", 0)]
    [InlineData("GET", 0)]
    public async Task A_server_that_closes_after_each_response_loses_at_most_one_request_in_a_hundred(string method, int delay)
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await Task.Delay(delay);
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        int lost = 0;
        for (int i = 0; i < 200; i++)
        {
            await client.SendAsync($"{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi");
            lost += (await client.ReadResponseAsync()).Status == 200 ? 0 : 1;
        }

        Assert.InRange(lost, 0, 2);
    }

    [Fact]
    public async Task A_server_that_keeps_connections_gets_all_requests_by_few_of_them()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        // The first connection has to show that it is kept.
        for (int i = 0; i < 100; i++)
        {
            await client.SendAsync(
                i < 2 ? "GET / HTTP/1.1\r\nHost: a\r\n\r\n" : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
            );
            Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        }

        Assert.Equal(1, backend.Connections);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("h2c")]
    public async Task A_kept_connection_is_used_while_its_address_is_among_those_of_the_name(string scheme)
    {
        string address = "127.0.0.1";
        using var dns = new FakeDns(question => [ResponseTo(question, Volatile.Read(ref address))]);
        int port = FreePort.Next();
        await using IAsyncDisposable first = Start(scheme, "127.0.0.1", port, "first");
        await using IAsyncDisposable second = Start(scheme, "127.0.0.2", port, "second");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "{{scheme}}://app.test:{{port}}" }]
            """,
            new ProxyOptions { DnsServers = [dns.EndPoint] }
        );
        Assert.Equal("first", (await proxy.GetAsync("/")).Body);
        Assert.Equal("first", (await proxy.GetAsync("/")).Body);

        Volatile.Write(ref address, "127.0.0.2");

        // A record of no time to live is asked for once a second.
        string body = "first";
        for (int i = 0; i < 2000 && body == "first"; i++)
        {
            await Task.Delay(10);
            body = (await proxy.GetAsync("/")).Body;
        }

        Assert.Equal("second", body);
    }

    private static IAsyncDisposable Start(string scheme, string address, int port, string name)
    {
        var at = new IPEndPoint(IPAddress.Parse(address), port);
        return scheme == "h2c"
            ? new Http2Backend(
                async c =>
                {
                    while (true)
                    {
                        int id = (await c.RequestAsync()).Stream;
                        await c.HeadAsync(id, 200, ends: false);
                        await c.DataAsync(id, name, ends: true);
                    }
                },
                at: at
            )
            : new Backend(c => c.ResponseAllAsync($"HTTP/1.1 200 OK\r\nContent-Length: {name.Length}\r\n\r\n{name}"), at);
    }

    // The question's own type: IPv6 has no record.
    private static byte[] ResponseTo(byte[] question, string address)
    {
        // Behind the header and the name, as written by labels (RFC 1035, section 4.1.2).
        int at = 12 + "3app4test0".Length;
        DnsRecordType type = question[at + 1] == (byte)DnsRecordType.A ? DnsRecordType.A : DnsRecordType.Aaaa;
        byte[] response = ResponseWriter.Write(
            DnsQuery.Of("app.test", type)!,
            type == DnsRecordType.A ? [new AddressRecord("app.test", TimeSpan.Zero, IPAddress.Parse(address))] : []
        );
        (response[0], response[1]) = (question[0], question[1]);
        return response;
    }
}
