using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Upstreams;

/// <summary>What a server of HTTP/2 may do, and what it must not, frame by frame (RFC 9113).</summary>
public sealed class Http2ClientTests
{
    private const int Window = Http2RawClient.WindowUpdate;

    [Fact]
    public async Task Interim_responses_pass()
    {
        await using Http2Backend server = new(async c =>
        {
            int id = (await c.RequestAsync()).Stream;
            await c.HeadAsync(id, 103, ends: false, ("link", "</a.css>; rel=preload"));
            await c.HeadAsync(id, 200, ends: true);
            await c.ReadToEndAsync();
        });
        await using TestProxy proxy = await server.ProxyAsync();
        using RawClient client = proxy.Connect();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal("HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n", await client.ReadHeadAsync());
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task Trailers_pass_in_both_directions_and_are_checked()
    {
        Http2BackendConnection.Request? trailers = null;
        await using Http2Backend server = new(async c =>
        {
            int id = (await c.RequestAsync()).Stream;
            trailers = await c.RequestAsync();
            await c.HeadAsync(id, 200, ends: false);
            await c.DataAsync(id, "ok");
            await c.FieldsAsync(
                id,
                ends: true,
                ("x-sum", "1"),
                ("content-length", "9"),
                ("set-cookie", "a=b"),
                ("x-forwarded-for", "9.9.9.9")
            );
            await c.ReadToEndAsync();
        });
        await using TestProxy proxy = await server.ProxyAsync();

        RawResponse response = await proxy.AskAsync(
            "POST / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Count: 1\r\nHost: evil\r\n"
                + "\r\n"
        );

        Assert.Equal((200, "ok"), (response.Status, response.Body));
        Assert.Contains("x-sum: 1", response.Trailers, StringComparison.Ordinal);
        Assert.DoesNotContain("content-length", response.Trailers, StringComparison.Ordinal);
        Assert.DoesNotContain("x-forwarded-for", response.Trailers, StringComparison.Ordinal);
        Assert.Equal([("x-count", "1")], trailers!.Fields);
    }

    // What no head or trailers of HTTP/1.1 could say must not be written into them.
    [Theory]
    [InlineData("x-a", "1\r\nX-Evil: 1", true)]
    [InlineData("x-a", "1\r\nX-Evil: 1", false)]
    [InlineData("x-a", "a\0b", true)]
    [InlineData("x-a", "a\nb", false)]
    [InlineData("X-Upper", "1", true)]
    [InlineData("x a", "1", true)]
    [InlineData("x-a:", "1", false)]
    [InlineData(":status", "200", true)]
    [InlineData(":path", "/", false)]
    [InlineData("content-length", "x", true)]
    [InlineData("content-length", "1", true)]
    [InlineData("content-length", "3", true)]
    public async Task A_malformed_message_never_passes_as_whole(string name, string value, bool inHead)
    {
        await using Http2Backend server = new(async c =>
        {
            int id = (await c.RequestAsync()).Stream;
            await (inHead ? c.HeadAsync(id, 200, ends: false, (name, value)) : c.HeadAsync(id, 200, ends: false));
            await c.DataAsync(id, "ok", ends: inHead);
            if (!inHead)
            {
                await c.FieldsAsync(id, ends: true, (name, value));
            }

            await c.ReadToEndAsync();
        });
        await using TestProxy proxy = await server.ProxyAsync();

        RawResponse response = await proxy.GetAsync("/");

        Assert.True(response.Status == 502 || !response.IsWhole, response.Head);
        Assert.DoesNotContain("Evil", response.Head + response.Body + response.Trailers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task What_the_server_did_not_process_is_asked_again_whatever_the_method(string method)
    {
        int asked = 0;
        await using Http2Backend server = new(async c =>
        {
            while (true)
            {
                int id = (await c.RequestAsync()).Stream;
                switch (Interlocked.Increment(ref asked))
                {
                    case 1:
                        await c.ResetAsync(id, Http2Backend.RefusedStream);
                        break;
                    case 2:
                        await c.GoAwayAsync(0);
                        break;
                    default:
                        await c.HeadAsync(id, 200, ends: true);
                        break;
                }
            }
        });
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams:
              app: { servers: ["h2c://127.0.0.1:{{server.Port}}", "h2c://localhost:{{server.Port}}"], balance: first }
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """
        );

        // Once over another connection, then at the next server.
        Assert.Equal(200, (await proxy.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")).Status);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_connection_is_shared_and_a_full_one_gets_a_second_beside_it()
    {
        var all = new CountdownEvent(4);
        await using Http2Backend server = new(
            async c =>
            {
                var ids = new List<int>();
                while (true)
                {
                    ids.Add((await c.RequestAsync()).Stream);
                    all.Signal();
                    if (ids.Count == 2)
                    {
                        await Task.Run(() => all.Wait(TimeSpan.FromSeconds(60)));
                        foreach (int id in ids)
                        {
                            await c.HeadAsync(id, 200, ends: true);
                        }
                    }
                }
            },
            Http2RawClient.Setting(3, 2)
        );
        await using TestProxy proxy = await server.ProxyAsync();

        RawResponse[] responses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => proxy.GetAsync("/")));

        Assert.All(responses, r => Assert.Equal(200, r.Status));
        Assert.InRange(server.Connections, 2, 4);
    }

    // The server's windows: a body waits for them, for no longer than timeouts.send; and a large response is never cut short by the
    // proxy's.
    [Fact]
    public async Task Bodies_keep_to_the_windows()
    {
        string body = new('x', 200_000);
        int received = 0;
        await using Http2Backend server = new(async c =>
        {
            int id = (await c.RequestAsync()).Stream;
            while (received < body.Length)
            {
                var frame = await c.FrameAsync(Http2RawClient.Data);
                received += frame.Payload.Length;
                Assert.InRange(frame.Payload.Length, 0, 16 * 1024);
                await c.WindowAsync(0, Math.Max(1, frame.Payload.Length));
                await c.WindowAsync(id, Math.Max(1, frame.Payload.Length));
            }

            await c.HeadAsync(id, 200, ends: false);
            for (int sent = 0, window = 256 * 1024; sent < 1_000_000; sent += 10_000, window -= 10_000)
            {
                while (window < 10_000)
                {
                    var update = await c.FrameAsync(Window);
                    window +=
                        update.Stream == id
                            ? (update.Payload[0] << 24) | (update.Payload[1] << 16) | (update.Payload[2] << 8) | update.Payload[3]
                            : 0;
                }

                await c.DataAsync(id, new string('y', 10_000), ends: sent == 990_000);
            }

            await c.ReadToEndAsync();
        });
        await using TestProxy proxy = await server.ProxyAsync();

        RawResponse response = await proxy.AskAsync($"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal((200, true, 1_000_000, body.Length), (response.Status, response.IsWhole, response.Body.Length, received));
    }

    [Fact]
    public async Task A_server_that_takes_nothing_of_a_body_is_504_after_timeouts_send()
    {
        await using Http2Backend server = new(c => c.ReadToEndAsync());
        await using TestProxy proxy = await server.ProxyAsync("timeouts: { send: 300ms, read: 60s }");

        // Larger than the window of 65,535 bytes, which the server never widens.
        RawResponse response = await proxy.AskAsync($"PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n{new string('x', 70_000)}");

        Assert.Equal(504, response.Status);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_its_stream_and_no_other()
    {
        var reset = new TaskCompletionSource<int>();
        await using Http2Backend server = new(async c =>
        {
            int first = (await c.RequestAsync()).Stream;
            int second = (await c.RequestAsync()).Stream;
            reset.SetResult((await c.FrameAsync(Http2RawClient.Reset)).Stream);
            await c.HeadAsync(second == reset.Task.Result ? first : second, 200, ends: true);
            await c.ReadToEndAsync();
        });
        await using TestProxy proxy = await server.ProxyAsync();
        RawClient leaver = proxy.Connect();
        await leaver.SendAsync("GET /leaves HTTP/1.1\r\nHost: a\r\n\r\n");
        Task<RawResponse> stays = proxy.GetAsync("/stays");
        await Eventually.TrueAsync(() => server.Connections == 1, "both are there");
        leaver.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        leaver.Dispose();

        Assert.Equal(200, (await stays).Status);
        Assert.True(reset.Task.IsCompleted);
    }

    [Fact]
    public async Task Pings_and_settings_are_acknowledged()
    {
        var acks = new TaskCompletionSource<(string, int)>();
        await using Http2Backend server = new(async c =>
        {
            // The client's own settings come first, and the acknowledgement of the server's before any request.
            await c.FrameAsync(Http2RawClient.Settings);
            (_, int settings, _, _) = await c.FrameAsync(Http2RawClient.Settings);
            int id = (await c.RequestAsync()).Stream;
            await c.SendAsync(Http2RawClient.Ping, 0, 0, "12345678"u8.ToArray());
            var ping = await c.FrameAsync(Http2RawClient.Ping);
            acks.SetResult((ping.Payload, ping.Flags + settings));
            await c.HeadAsync(id, 200, ends: true);
            await c.ReadToEndAsync();
        });
        await using TestProxy proxy = await server.ProxyAsync();

        Assert.Equal(200, (await proxy.GetAsync("/")).Status);
        Assert.Equal(("12345678", 2), await acks.Task);
    }
}
