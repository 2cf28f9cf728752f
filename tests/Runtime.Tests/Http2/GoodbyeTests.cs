using System.Buffers.Binary;
using System.Net.Sockets;
using Confgen.Runtime.Http2;
using Confgen.Runtime.Tests.Support;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tests.Http2;

/// <summary>How a connection of HTTP/2 ends when the proxy does: RFC 9113, section 6.8.</summary>
public sealed class GoodbyeTests
{
    [Fact]
    public async Task What_was_sent_before_the_client_heard_of_the_end_is_served()
    {
        await using TestProxy proxy = await StartAsync();
        using Http2RawClient client = await Http2RawClient.ToAsync(proxy.Port);
        await client.SendAsync(Http2RawClient.Headers, Http2RawClient.EndHeaders | Http2RawClient.EndStream, 1, Http2RawClient.Request());
        Assert.Equal(200, await client.StatusAsync(1));

        Task stopping = proxy.Server.StopAsync(TimeSpan.FromSeconds(30));
        Http2RawClient.Frame first = (await client.NextAsync(Http2RawClient.GoAway))!;
        Http2RawClient.Frame ping = (await client.NextAsync(Http2RawClient.Ping))!;
        await client.SendAsync(Http2RawClient.Headers, Http2RawClient.EndHeaders | Http2RawClient.EndStream, 3, Http2RawClient.Request());
        await client.SendAsync(Http2RawClient.Ping, Http2RawClient.Ack, 0, ping.Payload);

        Assert.Equal(int.MaxValue, LastStream(first));
        int status = 0;
        int last = 0;
        while (await client.NextAsync(Http2RawClient.Headers, Http2RawClient.GoAway) is { } frame)
        {
            (status, last) =
                frame.Type == Http2RawClient.Headers ? (Http2RawClient.StatusOf(frame.Payload), last) : (status, LastStream(frame));
        }

        Assert.Equal((200, 3), (status, last));
        await stopping;
    }

    [Fact]
    public async Task A_client_that_does_not_acknowledge_is_left_all_the_same()
    {
        await using TestProxy proxy = await StartAsync();
        using Http2RawClient client = await Http2RawClient.ToAsync(proxy.Port);
        await client.NextAsync(Http2RawClient.Settings);

        Task stopping = proxy.Server.StopAsync(TimeSpan.FromSeconds(30));
        await client.NextAsync(Http2RawClient.GoAway);

        Assert.Equal(0, LastStream((await client.NextAsync(Http2RawClient.GoAway))!));
        Assert.Null(await client.NextAsync(Http2RawClient.GoAway));
        await stopping;
    }

    [Fact]
    public async Task Requests_behind_a_connection_that_broke_are_over()
    {
        // What is sent fails while frames that have come already are still read: each of them found a stream that took nothing, for ever.
        using var output = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var watch = new DeadlineWatch(TimeProvider.System);
        using var connection = new Connection(output);
        var broken = new Http2Output(connection, watch);
        broken.Break();
        Assert.Equal(-1, broken.WriteData(broken.Open(1), "late"u8));

        await using Backend backend = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 30000\r\n\r\n" + new string('x', 30_000));
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""sites: [{ host: _, listen: ["127.0.0.1:PORT"], http2: true, proxy: "http://127.0.0.1:{{backend.Port}}" }]"""
        );
        for (int i = 0; i < 50; i++)
        {
            using RawClient raw = RawClient.To(proxy.Port);
            Http2RawClient client = await Http2RawClient.OverAsync(raw.Stream);
            byte[][] requests =
            [
                .. Enumerable
                    .Range(0, 40)
                    .Select(n =>
                        Http2RawClient.Bytes(
                            Http2RawClient.Headers,
                            Http2RawClient.EndHeaders | Http2RawClient.EndStream,
                            (2 * n) + 1,
                            Http2RawClient.Request()
                        )
                    ),
            ];
            await client.SendAsync([.. requests.SelectMany(r => r)]);
            await client.NextAsync(Http2RawClient.Headers);
            raw.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        // The end waits for what is under way: for nothing, where all requests are over.
        await proxy.Server.StopAsync(TimeSpan.FromMinutes(5)).WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static Task<TestProxy> StartAsync() =>
        TestProxy.StartAsync("""sites: [{ host: _, listen: ["127.0.0.1:PORT"], http2: true, respond: ok }]""");

    private static int LastStream(Http2RawClient.Frame goAway) => BinaryPrimitives.ReadInt32BigEndian(goAway.Payload);
}
