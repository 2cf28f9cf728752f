using System.Text;
using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http2RawClient;

namespace Confgen.Runtime.Tests.Http2;

/// <summary>
/// Interim answers (RFC 9110, section 15.2) to clients of HTTP/2: browsers take 103 (Early Hints, RFC 8297) over nothing older.
/// </summary>
public sealed class EarlyHintsTests
{
    private const string Hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nConnection: x-hop\r\nX-Hop: 1\r\n\r\n";

    [Fact]
    public async Task Early_hints_pass_before_the_answer()
    {
        await using Backend backend = Backend.Answering(Hints + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders | EndStream, 1, Request());

        Frame hints = (await client.NextAsync(Headers, Reset))!;
        Assert.Equal((103, EndHeaders), (StatusOf(hints.Payload), hints.Flags));
        string fields = Encoding.Latin1.GetString(hints.Payload);
        Assert.Contains("</a.css>; rel=preload", fields, StringComparison.Ordinal);
        Assert.DoesNotContain("hop", fields, StringComparison.Ordinal);
        Assert.Equal(200, await client.StatusAsync(1));
        Assert.Equal("ok", Encoding.Latin1.GetString((await client.NextAsync(Data))!.Payload));
    }

    [Fact]
    public async Task They_come_while_the_answer_is_still_made()
    {
        var seen = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync(Hints);
            await seen.Task.WaitAsync(TimeSpan.FromSeconds(20));
            await c.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
        });
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders | EndStream, 1, Request());

        Assert.Equal(103, StatusOf((await client.NextAsync(Headers, Reset))!.Payload));
        seen.SetResult();
        Assert.Equal(204, await client.StatusAsync(1));
    }

    [Fact]
    public async Task Hints_longer_than_a_frame_go_on_in_the_next_one()
    {
        string link = new('a', 30_000);
        await using Backend backend = Backend.Answering($"HTTP/1.1 103 Early Hints\r\nLink: {link}\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(Headers, EndHeaders | EndStream, 1, Request());

        Frame first = (await client.NextAsync(Headers, Reset))!;
        Frame second = (await client.NextAsync())!;
        Assert.Equal((103, 0), (StatusOf(first.Payload), first.Flags));
        Assert.Equal((Continuation, EndHeaders, 1), (second.Type, second.Flags, second.Stream));
        Assert.EndsWith(link, Encoding.Latin1.GetString([.. first.Payload, .. second.Payload]), StringComparison.Ordinal);
        Assert.Equal(204, await client.StatusAsync(1));
    }

    [Fact]
    public async Task They_stand_between_the_frames_of_streams_that_send_much()
    {
        const int Streams = 40;
        string body = new('b', 60_000);
        await using Backend backend = Backend.Answering($"{Hints}HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);
        await client.SendAsync(WindowUpdate, 0, 0, [0x7f, 0, 0, 0]);
        for (int i = 0; i < Streams; i++)
        {
            await client.SendAsync(Headers, EndHeaders | EndStream, (2 * i) + 1, Request());
        }

        var heads = new Dictionary<int, List<int>>();
        var received = new Dictionary<int, int>();
        for (int ended = 0; ended < Streams; )
        {
            Frame frame = (await client.NextAsync(Headers, Data, Reset, GoAway))!;
            Assert.True(frame.Type is Headers or Data, $"{frame}");
            if (frame.Type == Headers)
            {
                heads.TryAdd(frame.Stream, []);
                heads[frame.Stream].Add(StatusOf(frame.Payload));
            }
            else
            {
                received[frame.Stream] = received.GetValueOrDefault(frame.Stream) + frame.Payload.Length;
            }

            ended += frame.Flags & EndStream;
        }

        Assert.All(heads.Values, statuses => Assert.Equal([103, 200], statuses));
        Assert.All(received.Values, length => Assert.Equal(body.Length, length));
    }

    private static Task<TestProxy> PlainAsync(Backend backend) =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                http2: true
                proxy: http://127.0.0.1:{{backend.Port}}
            """
        );
}
