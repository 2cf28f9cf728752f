using System.Net.Sockets;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

/// <summary>
/// However a client leaves (FIN, a half-close that it never comes back from, RST), wherever the exchange stands, and whatever it has sent
/// that nobody reads: the upstream's exchange ends, and nothing of the client is kept.
/// </summary>
public sealed class LeavingGridTests : IDisposable
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private const string Post = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100000000\r\n\r\n";

    private readonly Certificates _certificates = new();

    /// <summary>Where the exchange stands when the client leaves.</summary>
    public enum Moment
    {
        /// <summary>The upstream has the request and says nothing.</summary>
        Waiting,

        /// <summary>The response has begun.</summary>
        Responding,

        /// <summary>The upstream has the request and says nothing; another one has been sent behind it.</summary>
        WaitingBeforeAnother,

        /// <summary>The response has begun; another request was sent with the first one.</summary>
        RespondingBeforeAnother,

        /// <summary>The response has begun, and more is sent than anybody would buffer.</summary>
        RespondingBeforeMany,

        /// <summary>The upstream takes nothing of a large body.</summary>
        Uploading,
    }

    public static TheoryData<string, Moment, bool> Grid =>
        [
            .. from ending in (string[])["FIN", "close", "RST"]
            from moment in Enum.GetValues<Moment>()
            from tls in (bool[])[false, true]
            // An end behind a body that is still to be read is one when it was read.
            where !(moment == Moment.Uploading && ending != "RST")
            select new TheoryDataRow<string, Moment, bool>(ending, moment, tls),
        ];

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [MemberData(nameof(Grid))]
    public async Task The_upstream_s_exchange_ends(string ending, Moment moment, bool isTls)
    {
        var came = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        bool hasBegun = moment is Moment.Responding or Moment.RespondingBeforeAnother or Moment.RespondingBeforeMany;
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadHeadAsync();
            came.TrySetResult();
            if (hasBegun)
            {
                await c.SendAsync(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n9\r\ndata: 1\n\n\r\n"
                );
            }

            if (moment == Moment.Uploading)
            {
                await EndsAsync(c.Client.Socket);
            }
            else
            {
                await c.Client.ReadToEndAsync();
            }

            ended.TrySetResult();
        });
        await using TestProxy proxy = await StartAsync(backend, isTls);
        RawClient client = isTls ? (await TlsClients.ConnectAsync(proxy.Port, "a.test")).Client : proxy.Connect();
        await client.SendAsync(
            moment switch
            {
                Moment.RespondingBeforeAnother => Get + Get,
                Moment.RespondingBeforeMany => string.Concat(Enumerable.Repeat(Get, 2000)),
                Moment.Uploading => Post,
                _ => Get,
            }
        );
        await came.Task.WaitAsync(TimeSpan.FromSeconds(30));
        if (hasBegun)
        {
            await client.ReadUntilAsync("data: 1\n\n");
        }

        if (moment == Moment.WaitingBeforeAnother)
        {
            await client.SendAsync(Get);
        }

        if (moment == Moment.Uploading)
        {
            await FillAsync(client.Stream);
        }

        switch (ending)
        {
            case "FIN":
                client.EndSending();
                break;
            case "RST":
                client.Socket.LingerState = new LingerOption(true, 0);
                client.Socket.Dispose();
                break;
            default:
                client.Dispose();
                break;
        }

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
        client.Dispose();
    }

    // Sends until all buffers on the way are full; what is being sent then is never taken.
    private static async Task FillAsync(Stream stream)
    {
        byte[] bytes = new byte[64 * 1024];
        Task sending;
        do
        {
            sending = stream.WriteAsync(bytes).AsTask();
            _ = sending.ContinueWith(static _ => { }, TaskScheduler.Default);
        } while (await Task.WhenAny(sending, Task.Delay(300)) == sending);
    }

    // Without taking a byte.
    private static async Task EndsAsync(Socket socket)
    {
        byte[] info = new byte[8];
        do
        {
            await Task.Delay(10);
            socket.GetRawSocketOption(6, 11, info); // TCP_INFO, whose first byte is the state: 1 while established
        } while (info[0] == 1);
    }

    private Task<TestProxy> StartAsync(Backend backend, bool isTls)
    {
        (string cert, string key) = _certificates.Issue("a.test");
        return TestProxy.StartAsync(
            $$"""
            sites:
              - host: a.test
                listen: ["127.0.0.1:PORT"]
                {{(isTls ? $"tls: {{ cert: {cert}, key: {key} }}\n    redirect_http: false" : "")}}
                max_body: 0
                timeouts: { send: 1h }
                proxy: http://127.0.0.1:{{backend.Port}}
            """
        );
    }
}
