using System.Security.Cryptography;
using System.Text;
using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http3RawClient;

namespace Confgen.Runtime.Tests.Http3;

/// <summary>WebSocket from clients that speak HTTP/3 (RFC 9220) to servers that know it from HTTP/1.1 alone.</summary>
public sealed class Http3WebSocketTests
{
    [Fact]
    public async Task Bytes_pass_both_ways_and_each_end_is_passed_on()
    {
        var answered = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            BackendRequest request = await c.ReadRequestAsync();
            await c.SendAsync(
                $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + $"Sec-WebSocket-Accept: {AcceptOf(request)}\r\nSec-WebSocket-Protocol: chat\r\n\r\nhello"
            );
            Assert.Equal("ping", await c.Client.ReadAsync(4));
            await c.SendAsync("pong");
            answered.SetResult();
            Assert.Equal("", await c.Client.ReadToEndAsync());
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();

        await stream.SendAsync(Connect(("sec-websocket-protocol", "chat"), ("sec-websocket-version", "13")));
        await stream.SendAsync(Frame(Data, "ping"u8.ToArray()));
        Task<Response> reading = ResponseAsync(stream);
        await answered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await stream.SendAsync([], ends: true);
        Response response = await reading;

        Assert.Equal(
            (200, "chat", null, "hellopong", null),
            (
                response.Status,
                response.Field("sec-websocket-protocol"),
                response.Field("sec-websocket-accept"),
                response.Body,
                response.Reset
            )
        );
        Assert.Equal("GET /chat?x HTTP/1.1", backend.Request.Line);
        Assert.Equal(
            ("Upgrade", "websocket", "13", "a.test"),
            (
                backend.Request.Field("Connection"),
                backend.Request.Field("Upgrade"),
                backend.Request.Field("Sec-WebSocket-Version"),
                backend.Request.Field("Host")
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
                    + $"Sec-WebSocket-Accept: {AcceptOf(request)}\r\n\r\nhello"
            );
            await c.Client.ReadToEndAsync();
            left.SetResult();
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        await stream.SendAsync(Connect());
        await stream.ReceiveAsync();

        stream.Cancel();

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", 403)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 502)]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 502)]
    public async Task A_server_that_does_not_go_over_never_looks_as_if_it_did(string sent, int status)
    {
        await using Backend backend = Backend.Answering(sent);
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();

        await stream.SendAsync(Connect());

        Assert.Equal(status, (await ResponseAsync(stream)).Status);
    }

    [Fact]
    public async Task Nothing_but_data_follows_once_it_is_accepted()
    {
        await using Backend backend = new(async c =>
        {
            BackendRequest request = await c.ReadRequestAsync();
            await c.SendAsync(
                $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + $"Sec-WebSocket-Accept: {AcceptOf(request)}\r\n\r\nhello"
            );
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        await stream.SendAsync(Connect());
        await stream.ReceiveAsync();

        await stream.SendAsync(Frame(Headers, Section(("x", "y"))), ends: true);

        Assert.Equal(0x105, await client.ClosedAsync());
    }

    [Fact]
    public async Task No_other_protocol_passes()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync(
            Frame(
                Headers,
                Section(
                    (":method", "CONNECT"),
                    (":protocol", "connect-udp"),
                    (":scheme", "https"),
                    (":authority", "a.test"),
                    (":path", "/")
                )
            )
        );

        Assert.Equal(400, response.Status);
        Assert.Empty(backend.Requests);
    }

    private static byte[] Connect(params (string Name, string Value)[] more) =>
        Frame(
            Headers,
            Section([
                (":method", "CONNECT"),
                (":protocol", "websocket"),
                (":scheme", "https"),
                (":authority", "a.test"),
                (":path", "/chat?x"),
                .. more,
            ])
        );

#pragma warning disable CA5350 // RFC 6455 has SHA-1.
    private static string AcceptOf(BackendRequest request) =>
        Convert.ToBase64String(
            SHA1.HashData(Encoding.ASCII.GetBytes(request.Field("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
        );
#pragma warning restore CA5350
}
