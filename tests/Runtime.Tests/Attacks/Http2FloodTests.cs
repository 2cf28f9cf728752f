using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http2RawClient;

namespace Confgen.Runtime.Tests.Attacks;

/// <summary>
/// What a client can do in HTTP/2 that costs it nothing: little of it reaches an upstream, and others are served meanwhile.
/// </summary>
[Collection(Alone.Name)]
public sealed class Http2FloodTests
{
    /// <summary>
    /// Ways to have a stream end at once: by a reset (CVE-2023-44487), or by a fault for which the server resets it (CVE-2025-8671).
    /// </summary>
    public static TheoryData<string, int, byte[]> Ends =>
        new()
        {
            { "a reset", Reset, [0, 0, 0, 8] },
            { "a window of nothing more", WindowUpdate, [0, 0, 0, 0] },
            { "a window too large", WindowUpdate, [0x7f, 0xff, 0xff, 0xff] },
            { "data after the end", Data, [1] },
            { "a head after the end", Headers, Block(("x", "y")) },
            { "a priority of the wrong size", Priority, [0, 0, 0, 1] },
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Streams_that_end_at_once_hardly_reach_the_upstream(string how, int type, byte[] payload)
    {
        const int Asked = 20_000;
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);
        byte[] head = Request();
        Task ended = EndAsync(client);
        try
        {
            for (int i = 0; i < Asked && !ended.IsCompleted; i++)
            {
                int id = (2 * i) + 1;
                await client.SendAsync([
                    .. Bytes(Headers, EndHeaders | EndStream, id, head),
                    .. Bytes(type, type == Headers ? EndHeaders : 0, id, payload),
                ]);
            }
        }
        catch (IOException)
        {
            // The proxy has seen enough.
        }

        await ended.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(backend.Connections <= Asked / 20, $"{how}: {backend.Connections} of {Asked} reached the upstream");
    }

    [Fact]
    public async Task A_client_that_changes_its_mind_now_and_then_goes_on()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);
        int id = 1;
        for (int i = 0; i < 150; i++)
        {
            await client.SendAsync([.. Bytes(Headers, EndHeaders | EndStream, id, Request()), .. Bytes(Reset, 0, id, [0, 0, 0, 8])]);
            for (int asked = 0; asked < 2; asked++)
            {
                id += 2;
                await client.SendAsync(Headers, EndHeaders | EndStream, id, Request());
                Assert.Equal(200, await client.StatusAsync(id));
            }

            id += 2;
        }
    }

    [Theory]
    [InlineData(Settings, 0)]
    [InlineData(Ping, 8)]
    [InlineData(WindowUpdate, 4)]
    [InlineData(Priority, 5)]
    [InlineData(Data, 0)]
    public async Task Frames_without_end_delay_nobody_else(int type, int length)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient flood = await ToAsync(proxy.Port);
        await flood.SendAsync(Headers, EndHeaders, 1, Request(method: "POST"));
        byte[] payload = new byte[length];
        if (type == WindowUpdate)
        {
            payload[3] = 1;
        }

        byte[] many = [.. Enumerable.Repeat(Bytes(type, 0, type is Priority or Data ? 1 : 0, payload), 1000).SelectMany(f => f)];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Task flooding = Task.Run(async () =>
        {
            try
            {
                for (int i = 0; i < 200; i++)
                {
                    await flood.SendAsync(many);
                }
            }
            catch (IOException)
            {
                // The proxy has seen enough.
            }
        });
        using Http2RawClient other = await ToAsync(proxy.Port);
        for (int id = 1; id < 40; id += 2)
        {
            await other.SendAsync(Headers, EndHeaders | EndStream, id, Request());
            Assert.Equal(200, await other.StatusAsync(id));
        }

        // It reads no response, so that it may be held back, or be thrown out; what it must not do is fill the memory.
        await Task.WhenAny(flooding, Task.Delay(TimeSpan.FromSeconds(1)));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 30_000_000);
    }

    [Fact]
    public async Task A_head_without_end_ends_the_connection()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);
        await client.SendAsync(Headers, EndStream, 1, Request());
        Task ended = EndAsync(client);
        byte[] more = Block(("x-more", new string('a', 16_000)));
        int sent = 0;
        try
        {
            for (; sent < 1000 && !ended.IsCompleted; sent++)
            {
                await client.SendAsync(Continuation, 0, 1, more);
            }
        }
        catch (IOException)
        {
            // The proxy has seen enough.
        }

        await ended.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task A_small_block_that_unpacks_to_a_large_head_is_refused()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await PlainAsync(backend);
        using Http2RawClient client = await ToAsync(proxy.Port);

        // One field of 3,000 bytes enters the table (RFC 7541, section 6.2.1), and is then named a thousand times by one byte.
        byte[] field = Block(("x-bomb", new string('a', 3000)));
        field[0] = 0x40;
        byte[] bomb = [.. Request(), .. field, .. Enumerable.Repeat((byte)0xbe, 1000)];
        await client.SendAsync(Headers, EndHeaders | EndStream, 1, bomb);

        Assert.Contains(await client.StatusAsync(1), new[] { 0, 431 });
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_given_up_in_time()
    {
        var left = new CountdownEvent(20);
        await using Backend backend = new(async c =>
        {
            try
            {
                await c.ReadRequestAsync();
                await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n" + new string('a', 10_000_000));
                await c.Client.ReadToEndAsync();
            }
            finally
            {
                left.Signal();
            }
        });
        var time = new ManualTime();
        await using TestProxy proxy = await PlainAsync(backend, time);

        // A window of nothing (RFC 9113, section 6.9.2).
        using Http2RawClient client = await ToAsync(proxy.Port, Setting(4, 0));
        for (int i = 0; i < 20; i++)
        {
            await client.SendAsync(Headers, EndHeaders | EndStream, (2 * i) + 1, Request());
        }

        await Eventually.TrueAsync(() => backend.Requests.Count == 20, "every request is under way");
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(30));
                return left.IsSet;
            },
            "the upstream's connections are free again"
        );
    }

    [Fact]
    public async Task A_body_that_never_comes_is_given_up_in_time()
    {
        await using Backend backend = new();
        var time = new ManualTime();
        await using TestProxy proxy = await PlainAsync(backend, time);
        using Http2RawClient client = await ToAsync(proxy.Port);
        await client.SendAsync(Headers, EndHeaders, 1, Request(method: "POST", more: [("content-length", "10")]));
        await client.SendAsync(Data, 0, 1, "abc"u8.ToArray());
        await Eventually.TrueAsync(() => backend.Connections == 1, "the request is under way");
        Task<int> status = client.StatusAsync(1);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(30));
                return status.IsCompleted;
            },
            "the stream ends"
        );

        Assert.Contains(await status, new[] { 0, 408 });
        Assert.All(backend.Requests, r => Assert.Equal("abc", r.Body));
    }

    private static async Task EndAsync(Http2RawClient client)
    {
        while (await client.NextAsync() is not null) { }
    }

    private static Task<TestProxy> PlainAsync(Backend backend, TimeProvider? time = null) =>
        TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                http2: true
                proxy: http://127.0.0.1:{{backend.Port}}
            """,
            new ProxyOptions { Time = time ?? TimeProvider.System }
        );
}
