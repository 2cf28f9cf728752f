using System.Security.Cryptography;
using System.Text;
using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http2RawClient;

namespace Confgen.Runtime.Tests.Http2;

/// <summary>WebSocket from clients that speak HTTP/2 (RFC 8441) to servers that know it from HTTP/1.1 alone.</summary>
public sealed class ExtendedConnectTests
{
    [Fact]
    public async Task Clients_are_told_that_they_may()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        byte[] settings = (await client.NextAsync(Settings))!.Payload;

        Assert.Contains(settings.Chunk(6), s => s.SequenceEqual(Setting(8, 1)));
    }

    [Fact]
    public async Task Bytes_pass_both_ways_and_each_end_is_passed_on()
    {
        await using Backend backend = new(async c =>
        {
            BackendRequest request = await c.ReadRequestAsync();
            await c.SendAsync(
                $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + $"Sec-WebSocket-Accept: {AcceptOf(request)}\r\nSec-WebSocket-Protocol: chat\r\n\r\nhello"
            );
            Assert.Equal("ping", await c.Client.ReadAsync(4));
            await c.SendAsync("pong");
            Assert.Equal("", await c.Client.ReadToEndAsync());
        });
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders, 1, Connect(("sec-websocket-protocol", "chat"), ("sec-websocket-version", "13")));
        Frame head = (await client.NextAsync(Headers, Reset))!;
        Assert.Equal((Headers, 200), (head.Type, StatusOf(head.Payload)));
        string fields = Encoding.Latin1.GetString(head.Payload);
        Assert.Contains("chat", fields, StringComparison.Ordinal);
        Assert.DoesNotContain("accept", fields, StringComparison.Ordinal);
        Assert.Equal("hello", await TextAsync(client, 5));
        await client.SendAsync(Data, 0, 1, "ping"u8.ToArray());
        Assert.Equal("pong", await TextAsync(client, 4));
        await client.SendAsync(Data, EndStream, 1, []);
        Frame end = (await client.NextAsync(Data, Reset))!;
        Assert.True(end.Type == Data && (end.Flags & EndStream) != 0, $"{end}");

        BackendRequest got = backend.Request;
        Assert.Equal("GET /chat?x HTTP/1.1", got.Line);
        Assert.Equal(
            ("Upgrade", "websocket", "13", "chat", "a.test"),
            (
                got.Field("Connection"),
                got.Field("Upgrade"),
                got.Field("Sec-WebSocket-Version"),
                got.Field("Sec-WebSocket-Protocol"),
                got.Field("Host")
            )
        );
    }

    [Fact]
    public async Task When_the_stream_is_reset_the_server_hears_of_it()
    {
        var left = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            BackendRequest request = await c.ReadRequestAsync();
            await c.SendAsync(
                $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + $"Sec-WebSocket-Accept: {AcceptOf(request)}\r\n\r\n"
            );
            await c.Client.ReadToEndAsync();
            left.SetResult();
        });
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);
        await client.SendAsync(Headers, EndHeaders, 1, Connect());
        Assert.Equal(200, await client.StatusAsync(1));

        await client.SendAsync(Reset, 0, 1, [0, 0, 0, 8]);

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", 403)]
    [InlineData("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n", 426)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 502)]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 502)]
    [InlineData(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n",
        502
    )]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 502)]
    public async Task A_server_that_does_not_go_over_never_looks_as_if_it_did(string response, int status)
    {
        await using Backend backend = Backend.Answering(response);
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders, 1, Connect());

        Assert.Equal(status, await client.StatusAsync(1));
    }

    [Fact]
    public async Task Where_the_route_forbids_it_no_server_is_asked_to_go_over()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend, "websocket: false");
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders, 1, Connect());

        Assert.Equal(502, await client.StatusAsync(1));
        Assert.Null(backend.Request.Field("Upgrade"));
    }

    [Fact]
    public async Task No_other_protocol_passes()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(
            Headers,
            EndHeaders,
            1,
            Block((":method", "CONNECT"), (":protocol", "connect-udp"), (":scheme", "http"), (":authority", "a.test"), (":path", "/"))
        );

        Assert.Equal(400, await client.StatusAsync(1));
        Assert.Empty(backend.Requests);
    }

    private static byte[] Connect(params (string Name, string Value)[] more) =>
        Block([
            (":method", "CONNECT"),
            (":protocol", "websocket"),
            (":scheme", "http"),
            (":authority", "a.test"),
            (":path", "/chat?x"),
            .. more,
        ]);

    private static async Task<string> TextAsync(Http2RawClient client, int length)
    {
        string text = "";
        while (text.Length < length && await client.NextAsync(Data) is { } frame)
        {
            text += Encoding.Latin1.GetString(frame.Payload);
        }

        return text;
    }

#pragma warning disable CA5350 // RFC 6455 has SHA-1.
    private static string AcceptOf(BackendRequest request) =>
        Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(request.Field("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
        );
#pragma warning restore CA5350

    private static Task<TestProxy> PlainAsync(Backend backend, string route = "") =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                http2: true
                routes:
                  - path: /
                    proxy: http://127.0.0.1:{{backend.Port}}
                    {{route}}
            """
        );
}
