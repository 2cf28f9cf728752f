using Confgen.Runtime.Tests.Http3;
using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http3RawClient;

namespace Confgen.Runtime.Tests.Attacks;

/// <summary>
/// What a client can do in HTTP/3 that costs it nothing: little of it reaches an upstream, and others are served meanwhile.
/// </summary>
[Collection(Alone.Name)]
public sealed class Http3FloodTests
{
    [Fact]
    public async Task Streams_that_are_reset_at_once_hardly_reach_the_upstream()
    {
        const int Asked = 20_000;
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        byte[] head = Request();
        for (int i = 0; i < Asked && !client.Connection.Closed.IsCompleted; i++)
        {
            MemoryStreamPair stream = client.Connection.Open();
            await stream.SendAsync(head);
            stream.Cancel();
        }

        Assert.Equal(0x107, await client.ClosedAsync());
        Assert.True(backend.Connections <= Asked / 20, $"{backend.Connections} of {Asked} reached the upstream");
    }

    [Fact]
    public async Task Requests_that_are_given_up_once_they_are_under_way_end_the_connection()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        int sent = 0;
        for (; sent < 2000 && !client.Connection.Closed.IsCompleted; sent++)
        {
            int before = backend.Requests.Count;
            MemoryStreamPair stream = client.Connection.Open();
            await stream.SendAsync(Request(), ends: true);
            for (int i = 0; i < 20 && backend.Requests.Count == before; i++)
            {
                await Task.Delay(1);
            }

            stream.StopServer();
        }

        Assert.InRange(sent, 100, 1000);
    }

    [Fact]
    public async Task Requests_that_break_their_own_body_once_they_are_under_way_end_the_connection()
    {
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadHeadAsync();
            await c.Client.ReadToEndAsync();
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        int sent = 0;
        for (; sent < 2000 && !client.Connection.Closed.IsCompleted; sent++)
        {
            // The proxy ends such a stream by itself (as CVE-2025-8671 in HTTP/2), and the client may open the next one at once.
            int before = backend.Connections;
            MemoryStreamPair stream = client.Connection.Open();
            await stream.SendAsync([.. Request(method: "POST", more: ("content-length", "2")), .. Frame(Data, [0x61])]);
            for (int i = 0; i < 20 && backend.Connections == before; i++)
            {
                await Task.Delay(1);
            }

            await stream.SendAsync(Frame(Data, [0x61, 0x61]), ends: true);
            await ResponseAsync(stream);
        }

        Assert.InRange(sent, 100, 1000);
    }

    [Fact]
    public async Task A_client_that_changes_its_mind_now_and_then_goes_on()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        for (int i = 0; i < 150; i++)
        {
            MemoryStreamPair stream = client.Connection.Open();
            await stream.SendAsync(Request());
            stream.Cancel();
            for (int asked = 0; asked < 2; asked++)
            {
                Assert.Equal(200, (await client.AskAsync(Request())).Status);
            }
        }
    }

    [Fact]
    public async Task Streams_of_no_meaning_end_the_connection_in_the_end()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        for (int i = 0; i < 20_000 && !client.Connection.Closed.IsCompleted; i++)
        {
            await client.Connection.Open(isBidirectional: false).SendAsync([0x21]);
        }

        Assert.Equal(0x107, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_small_section_that_unpacks_to_a_large_head_is_refused()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        // Each byte is a field of the static table (RFC 9204, appendix A).
        Response response = await (await ToAsync(proxy)).AskAsync(Frame(Headers, [0, 0, .. Enumerable.Repeat((byte)0xf9, 30_000)]));

        Assert.Equal(431, response.Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task A_head_that_never_ends_is_given_up_in_time()
    {
        await using Backend backend = new();
        var time = new ManualTime();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend, time: time);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        await stream.SendAsync(Request()[..10]);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return stream.WasReset.IsCompleted;
            },
            "the stream ends"
        );

        Assert.Equal(0x10c, await stream.WasReset);
    }

    [Fact]
    public async Task A_body_that_never_comes_is_given_up_in_time_whatever_comes_instead()
    {
        await using Backend backend = new();
        var time = new ManualTime();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend, time: time);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        await stream.SendAsync([.. Request(method: "POST", more: ("content-length", "10")), .. Frame(Data, "abc"u8.ToArray())]);
        await Eventually.TrueAsync(() => backend.Connections == 1, "the request is under way");
        await Eventually.TrueAsync(
            () =>
            {
                stream.SendAsync([.. Frame(Data, []), .. Frame(0x21, [1])]).Wait();
                time.Advance(TimeSpan.FromSeconds(10));
                return stream.WasReset.IsCompleted;
            },
            "the stream ends"
        );
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
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend, time: time);
        Http3RawClient client = await ToAsync(proxy);
        for (int i = 0; i < 20; i++)
        {
            await client.Connection.Open().SendAsync(Request(), ends: true);
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
    public async Task Frames_without_end_delay_nobody_else_and_fill_no_memory()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient flood = await ToAsync(proxy);
        MemoryStreamPair stream = flood.Connection.Open();
        await stream.SendAsync(Request(method: "POST"));
        byte[] many = [.. Enumerable.Repeat(Frame(Data, []), 5000).SelectMany(f => f)];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Task flooding = Task.Run(async () =>
        {
            for (int i = 0; i < 300; i++)
            {
                await stream.SendAsync(many);
            }
        });
        Http3RawClient other = await ToAsync(proxy);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await other.AskAsync(Request())).Status);
        }

        await Task.WhenAny(flooding, Task.Delay(TimeSpan.FromSeconds(1)));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 30_000_000);
    }
}
