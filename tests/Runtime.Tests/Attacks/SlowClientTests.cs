using System.Net.Sockets;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Attacks;

/// <summary>Clients that hold what they have and send as little as they can: each wait has an end, however it is drawn out.</summary>
[Collection(Alone.Name)]
public sealed class SlowClientTests
{
    [Fact]
    public async Task A_head_that_comes_byte_by_byte_has_one_time_for_all()
    {
        await using Backend backend = new();
        var time = new ManualTime();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec(backend), new ProxyOptions { Time = time });
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nX: ");
        Task<string> end = client.ReadToEndAsync();
        int sent = 0;
        await Eventually.TrueAsync(
            () =>
            {
                Send(client, "a");
                sent++;
                time.Advance(TimeSpan.FromSeconds(5));
                return end.IsCompleted;
            },
            "the connection ends"
        );

        Assert.Empty(backend.Requests);

        // Sixty seconds are a dozen of these bytes; a few more may be under way when the connection ends.
        Assert.InRange(sent, 10, 60);
    }

    [Fact]
    public async Task A_connection_without_a_request_ends()
    {
        await using Backend backend = new();
        var time = new ManualTime();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec(backend), new ProxyOptions { Time = time });
        using RawClient client = proxy.Connect();
        Task<string> end = client.ReadToEndAsync();
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(20));
                return end.IsCompleted;
            },
            "the connection ends"
        );
        Assert.Equal("", await end);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nab")]
    public async Task A_body_that_stops_ends_the_request_and_never_looks_whole(string rest)
    {
        var left = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.Client.ReadToEndAsync();
            left.SetResult();
        });
        var time = new ManualTime();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec(backend), new ProxyOptions { Time = time });
        using RawClient client = proxy.Connect();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\n" + rest);
        await Eventually.TrueAsync(() => backend.Connections == 1, "the request is under way");
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(20));
                return left.Task.IsCompleted;
            },
            "the upstream's connection ends"
        );
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_given_up_in_time()
    {
        var left = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            try
            {
                await c.ReadRequestAsync();
                await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 50000000\r\n\r\n" + new string('a', 50_000_000));
            }
            finally
            {
                left.SetResult();
            }
        });
        var time = new ManualTime();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec(backend), new ProxyOptions { Time = time });
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        await Eventually.TrueAsync(() => !backend.Requests.IsEmpty, "the request is under way");
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(20));
                return left.Task.IsCompleted;
            },
            "the upstream's connection ends"
        );
    }

    [Fact]
    public async Task Thousands_of_idle_connections_cost_little_and_keep_nobody_waiting()
    {
        const int Many = 2000;
        const int MostForEach = 20_000;
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec(backend));
        await proxy.GetAsync("/");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        var idle = new List<Socket>();
        try
        {
            for (int i = 0; i < Many; i++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                idle.Add(socket);
                await socket.ConnectAsync("127.0.0.1", proxy.Port);
                await socket.SendAsync("GET / HTTP/1.1\r\nHost: a"u8.ToArray());
            }

            Assert.Equal(200, (await proxy.GetAsync("/")).Status);
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, (long)Many * MostForEach);
        }
        finally
        {
            idle.ForEach(s => s.Dispose());
        }

        Assert.Equal(200, (await proxy.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData(255, 200)]
    [InlineData(257, 431)]
    [InlineData(5000, 431)]
    public async Task The_number_of_fields_is_bounded(int count, int status)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec(backend));

        // Host is one of them.
        Assert.Equal(status, (await proxy.GetAsync("/", fields: string.Concat(Enumerable.Repeat("a:\r\n", count)))).Status);
        Assert.Equal(status == 200 ? 1 : 0, backend.Requests.Count);
    }

    [Theory]
    [InlineData(1, 60, 200)]
    [InlineData(60, 1, 200)]
    [InlineData(1, 14_000, 400)]
    [InlineData(250, 3, 400)]
    public async Task The_number_of_names_in_Connection_is_bounded(int fields, int names, int status)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec(backend));
        string field = "Connection: " + string.Join(",", Enumerable.Repeat("a", names)) + "\r\n";

        Assert.Equal(status, (await proxy.GetAsync("/", fields: "a: 1\r\n" + string.Concat(Enumerable.Repeat(field, fields)))).Status);
        Assert.All(backend.Requests, r => Assert.Null(r.Field("a")));
    }

    private static void Send(RawClient client, string bytes)
    {
        try
        {
            client.Socket.Send(System.Text.Encoding.Latin1.GetBytes(bytes));
        }
        catch (SocketException)
        {
            // The proxy has waited for long enough.
        }
    }

    private static string Spec(Backend backend) =>
        $$"""
            sites:
              - { host: _, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{backend.Port}}" }
            """;
}
