using Confgen.Runtime.Tests.Http3;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

/// <summary>
/// A client that leaves ends the exchange with the upstream, on every protocol and by every ending, while neither side says anything.
/// </summary>
public sealed class LeavingTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("FIN", false, false)]
    [InlineData("FIN", true, false)]
    [InlineData("FIN", false, true)]
    [InlineData("FIN", true, true)]
    [InlineData("RST", false, false)]
    [InlineData("RST", true, false)]
    [InlineData("close", true, true)]
    public async Task A_connection_that_ends_ends_the_upstream_s(string ending, bool isTls, bool hasBegun)
    {
        var ended = new TaskCompletionSource();
        await using Backend backend = SilentBackend(hasBegun, ended);
        await using TestProxy proxy = await StartAsync(backend, isTls);
        RawClient client = isTls ? (await TlsClients.ConnectAsync(proxy.Port, "a.test")).Client : proxy.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        if (hasBegun)
        {
            await client.ReadUntilAsync("data: 1\n\n");
        }
        else
        {
            await Eventually.TrueAsync(() => !backend.Requests.IsEmpty, "the request came");
        }

        switch (ending)
        {
            case "FIN":
                client.EndSending();
                break;
            case "RST":
                client.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
                client.Socket.Dispose();
                break;
            default:
                client.Dispose();
                break;
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        client.Dispose();
    }

    [Theory]
    [InlineData("RST_STREAM")]
    [InlineData("GOAWAY")]
    [InlineData("FIN")]
    public async Task So_does_a_stream_of_HTTP_2(string ending)
    {
        var ended = new TaskCompletionSource();
        await using Backend backend = SilentBackend(hasBegun: true, ended);
        await using TestProxy proxy = await StartAsync(backend, isTls: false);
        RawClient connection = proxy.Connect();
        using Http2RawClient client = await Http2RawClient.OverAsync(connection.Stream);
        await client.SendAsync(Http2RawClient.Headers, Http2RawClient.EndHeaders | Http2RawClient.EndStream, 1, Http2RawClient.Request());
        await client.NextAsync(Http2RawClient.Data);

        if (ending == "RST_STREAM")
        {
            await client.SendAsync(Http2RawClient.Reset, 0, 1, [0, 0, 0, 8]);
        }
        else
        {
            if (ending == "GOAWAY")
            {
                await client.SendAsync(Http2RawClient.GoAway, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
            }

            connection.EndSending();
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task So_does_a_stream_of_HTTP_3(bool resets)
    {
        var ended = new TaskCompletionSource();
        await using Backend backend = SilentBackend(hasBegun: true, ended);
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await Http3RawClient.ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        await stream.SendAsync(Http3RawClient.Request(), ends: true);
        await Eventually.TrueAsync(() => !backend.Requests.IsEmpty, "the request came");

        if (resets)
        {
            stream.Cancel();
        }
        else
        {
            client.Connection.Leave();
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_client_that_ends_its_side_still_gets_a_response_that_is_ready()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync(backend, isTls: false);
        using RawClient client = proxy.Connect();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        client.EndSending();

        Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
    }

    private static Backend SilentBackend(bool hasBegun, TaskCompletionSource ended) =>
        new(async c =>
        {
            await c.ReadRequestAsync();
            if (hasBegun)
            {
                await c.SendAsync(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"
                );
            }

            await c.Client.ReadToEndAsync();
            ended.TrySetResult();
        });

    private Task<TestProxy> StartAsync(Backend backend, bool isTls)
    {
        (string cert, string key) = _certificates.Issue("a.test");
        return TestProxy.StartAsync(
            $$"""
            sites:
              - host: a.test
                listen: ["127.0.0.1:PORT"]
                http2: true
                {{(isTls ? $"tls: {{ cert: {cert}, key: {key} }}\n    redirect_http: false" : "")}}
                proxy: http://127.0.0.1:{{backend.Port}}
            """
        );
    }
}
