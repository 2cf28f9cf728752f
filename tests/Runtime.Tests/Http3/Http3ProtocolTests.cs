using Confgen.Runtime.Http3;
using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http3RawClient;

namespace Confgen.Runtime.Tests.Http3;

/// <summary>What a client must not do (RFC 9114), and the code that it hears for it.</summary>
public sealed class Http3ProtocolTests
{
    /// <summary>Bytes of a request's stream that end the connection.</summary>
    public static TheoryData<string, byte[], long> OfStreams =>
        new()
        {
            { "data before a head", Frame(Data, [1]), 0x105 },
            { "settings", Frame(Settings, []), 0x105 },
            { "going away", Frame(GoAway, [0]), 0x105 },
            { "the most pushes", Frame(MaxPushId, [0]), 0x105 },
            { "a push given up", Frame(CancelPush, [0]), 0x105 },
            { "the promise of a push", Frame(PushPromise, [0, 0, 0]), 0x105 },
            { "HTTP/2's priority", Frame(2, [0]), 0x105 },
            { "HTTP/2's ping", Frame(6, [0]), 0x105 },
            { "settings behind the head", [.. Request(method: "POST"), .. Frame(Settings, [])], 0x105 },
            {
                "data behind the trailers",
                [.. Request(method: "POST"), .. Frame(Headers, Section(("x", "y"))), .. Frame(Data, [1])],
                0x105
            },
            {
                "a third head",
                [.. Request(method: "POST"), .. Frame(Headers, Section(("x", "y"))), .. Frame(Headers, Section(("x", "y")))],
                0x105
            },
            { "a cut frame", Request()[..^1], 0x106 },
            { "a cut header of a frame", [0x40], 0x106 },
            { "a cut piece of a body", [.. Request(method: "POST"), .. Frame(Data, [1, 2, 3])[..^1]], 0x106 },
            { "a cut frame of no meaning", Frame(0x21, [1, 2, 3])[..^1], 0x106 },
            { "a field of the dynamic table", Frame(Headers, [0, 0, 0x80]), 0x200 },
            { "a head of nothing", Frame(Headers, []), 0x200 },
            { "trailers of the dynamic table", [.. Request(method: "POST"), .. Frame(Headers, [1, 0])], 0x200 },
        };

    /// <summary>Bytes of a unidirectional stream that end the connection, and whether the stream's end does.</summary>
    public static TheoryData<string, byte[], bool, long> OfConnections =>
        new()
        {
            { "a second control stream", [0], false, 0x103 },
            { "a push", [1], false, 0x103 },
            { "an encoder's end", [2], true, 0x104 },
            { "a decoder's end", [3], true, 0x104 },
            { "an entry of the table", [2, 0xc0, 1, 0x61], false, 0x201 },
            { "a literal entry of the table", [2, 0x41, 0x61, 1, 0x61], false, 0x201 },
            { "a table's capacity", [2, 0x3f, 1], false, 0x201 },
            { "an entry once more", [2, 0x00], false, 0x201 },
            { "an acknowledged section", [3, 0x80], false, 0x202 },
            { "more entries", [3, 0x01], false, 0x202 },
        };

    /// <summary>Bytes of a control stream that end the connection.</summary>
    public static TheoryData<string, byte[], bool, long> OfControl =>
        new()
        {
            { "no settings", Frame(GoAway, [0]), false, 0x10a },
            { "a frame of no meaning before the settings", [.. Frame(0x21, [1]), .. Frame(Settings, [])], false, 0x10a },
            { "the end", [], true, 0x104 },
            { "an end behind the settings", Frame(Settings, []), true, 0x104 },
            { "settings twice", [.. Frame(Settings, []), .. Frame(Settings, [])], false, 0x105 },
            { "data", [.. Frame(Settings, []), .. Frame(Data, [1])], false, 0x105 },
            { "a head", [.. Frame(Settings, []), .. Request()], false, 0x105 },
            { "the promise of a push", [.. Frame(Settings, []), .. Frame(PushPromise, [0, 0])], false, 0x105 },
            { "HTTP/2's window", [.. Frame(Settings, []), .. Frame(8, [0, 0, 0, 1])], false, 0x105 },
            { "a push given up", [.. Frame(Settings, []), .. Frame(CancelPush, [0])], false, 0x108 },
            { "fewer pushes", [.. Frame(Settings, []), .. Frame(MaxPushId, [5]), .. Frame(MaxPushId, [4])], false, 0x108 },
            { "going away later", [.. Frame(Settings, []), .. Frame(GoAway, [4]), .. Frame(GoAway, [8])], false, 0x108 },
            { "a number too long", [.. Frame(Settings, []), .. Frame(GoAway, [4, 4])], false, 0x106 },
            { "a number cut", [.. Frame(Settings, []), .. Frame(GoAway, [])], false, 0x106 },
            { "a setting twice", Frame(Settings, [6, 1, 6, 1]), false, 0x109 },
            { "a setting of HTTP/2", Frame(Settings, [3, 1]), false, 0x109 },
            { "a setting out of range", Frame(Settings, [8, 2]), false, 0x109 },
            { "a setting cut", Frame(Settings, [6]), false, 0x106 },
            { "settings without end", [4, .. Number(1_000_000)], false, 0x107 },
            { "a cut frame", [4, 4, 1, 1], true, 0x106 },
        };

    [Theory]
    [MemberData(nameof(OfStreams))]
    public async Task A_fault_in_a_request_ends_the_connection(string what, byte[] bytes, long code)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);

        await client.Connection.Open().SendAsync(bytes, ends: true);

        Assert.Equal((what, code), (what, await client.ClosedAsync()));
        await client.Served.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [MemberData(nameof(OfConnections))]
    public async Task A_fault_in_a_stream_of_the_connection_ends_it(string what, byte[] bytes, bool ends, long code)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);

        // The first control stream is known before the second comes.
        Assert.Equal(200, (await client.AskAsync(Request())).Status);
        await client.Connection.Open(isBidirectional: false).SendAsync(bytes, ends);

        Assert.Equal((what, code), (what, await client.ClosedAsync()));
    }

    [Theory]
    [MemberData(nameof(OfControl))]
    public async Task A_fault_in_the_control_stream_ends_the_connection(string what, byte[] bytes, bool ends, long code)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy, settings: false);

        await client.Connection.Open(isBidirectional: false).SendAsync([0, .. bytes], ends);

        Assert.Equal((what, code), (what, await client.ClosedAsync()));
    }

    [Fact]
    public async Task What_nobody_knows_is_read_over()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy, settings: false);
        await client
            .Connection.Open(isBidirectional: false)
            .SendAsync([
                0,
                .. Frame(Settings, [1, 0, 0x21, 5, 6, 0x44, 0]),
                .. Frame(0x21, new byte[10_000]),
                .. Frame(MaxPushId, [1]),
                .. Frame(GoAway, [1]),
            ]);
        await client.Connection.Open(isBidirectional: false).SendAsync([2, 0x20]);
        await client.Connection.Open(isBidirectional: false).SendAsync([3, 0x44, 0x7f, 0x80, 0x01, 0x40]);
        MemoryStreamPair unknown = client.Connection.Open(isBidirectional: false);
        await unknown.SendAsync([.. Number(0x21 + (31 * 5)), 1, 2, 3]);
        await client.Connection.Open(isBidirectional: false).SendAsync([], ends: true);

        Response response = await client.AskAsync([
            .. Frame(0x21, new byte[100]),
            .. Request(method: "POST"),
            .. Frame(0x40, [1]),
            .. Frame(Data, [0x61]),
            .. Frame(0x21, []),
        ]);

        Assert.Equal(200, response.Status);
        Assert.Equal(0x103, await unknown.WasStopped.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(client.Connection.Closed.IsCompleted);
    }

    [Fact]
    public async Task A_stream_that_ends_before_its_head_is_reset()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();

        await stream.SendAsync([], ends: true);

        Assert.Equal(0x10d, await stream.WasReset.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(200, (await client.AskAsync(Request())).Status);
    }

    [Fact]
    public async Task The_proxy_tells_its_settings()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);

        MemoryStreamPair control = await client.Connection.FromServer.Reader.ReadAsync();
        byte[] bytes = await control.ReceiveAsync();

        // The control stream's type, and of the settings the largest section of fields and the extended CONNECT.
        byte[] expected = [0, .. Frame(Settings, [6, .. Number((32 * 1024) + (256 * 32)), 8, 1])];
        Assert.Equal(expected, bytes);
    }

    [Fact]
    public async Task At_the_end_clients_are_told_which_requests_are_answered()
    {
        var mayResponse = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await mayResponse.Task;
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair first = client.Connection.Open();
        await first.SendAsync(Request(), ends: true);
        await Eventually.TrueAsync(() => backend.Requests.Count == 1, "the request is under way");

        Task stopping = proxy.Server.StopAsync(TimeSpan.FromSeconds(20));
        MemoryStreamPair control = await client.Connection.FromServer.Reader.ReadAsync();
        var frames = FramesAsync(control, skip: 1).GetAsyncEnumerator();
        Assert.True(await frames.MoveNextAsync());
        Assert.True(await frames.MoveNextAsync());
        Assert.Equal(GoAway, frames.Current.Type);
        Assert.Equal(4, Assert.Single(frames.Current.Payload));
        MemoryStreamPair second = client.Connection.Open();
        await second.SendAsync(Request(), ends: true);
        Assert.Equal(0x10b, await second.WasReset.WaitAsync(TimeSpan.FromSeconds(20)));
        mayResponse.SetResult();

        Assert.Equal("ok", (await ResponseAsync(first)).Body);
        Assert.Equal(0x100, await client.ClosedAsync());
        await stopping;
    }

    [Fact]
    public async Task An_idle_connection_is_closed_in_time()
    {
        await using Backend backend = new();
        var time = new ManualTime();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend, time: time);
        Http3RawClient client = await ToAsync(proxy);
        Assert.Equal(200, (await client.AskAsync(Request())).Status);
        time.Advance(TimeSpan.FromSeconds(70));
        await Task.Delay(50);
        Assert.False(client.Connection.Closed.IsCompleted);

        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(10));
                return client.Connection.Closed.IsCompleted;
            },
            "the connection ends"
        );

        Assert.Equal(0x100, await client.ClosedAsync());
    }

    [Fact]
    public async Task A_head_that_the_client_does_not_take_is_502_and_the_server_hears_of_it()
    {
        var left = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            BackendRequest request = await c.ReadRequestAsync();
            await c.SendAsync(
                $"HTTP/1.1 200 OK\r\nX-A: {new string('a', int.Parse(request.Line.Split(' ')[1][1..]))}\r\nTransfer-Encoding: chunked\r\n"
                    + $"\r\n2\r\nok\r\n"
            );
            await c.Client.ReadToEndAsync();
            left.SetResult();
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToTellingAsync(proxy, most: 1000);

        Response response = await client.AskAsync(Request("/1000"));

        Assert.Equal(
            (502, "", "0", null, null),
            (response.Status, response.Body, response.Field("content-length"), response.Field("x-a"), response.Reset)
        );
        await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(client.Connection.Closed.IsCompleted);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(-1, 502)]
    public async Task A_head_may_be_just_as_large_as_the_client_says(int more, int status)
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nX-A: b\r\nConnection: x-c\r\nX-C: d\r\nContent-Length: 2\r\n\r\nok"
        );
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Response whole = await (await ToAsync(proxy)).AskAsync(Request());
        int size = whole.Fields.Sum(f => f.Name.Length + f.Value.Length + 32);

        Assert.Equal(status, (await (await ToTellingAsync(proxy, size + more)).AskAsync(Request())).Status);
    }

    [Fact]
    public async Task Interim_answers_and_trailers_that_the_client_does_not_take_are_left_out()
    {
        string large = new('a', 1000);
        await using Backend backend = Backend.Answering(
            $"HTTP/1.1 103 Early Hints\r\nLink: {large}\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n"
                + $"X-Sum: {large}\r\n\r\n"
        );
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToTellingAsync(proxy, most: 1000)).AskAsync(Request());

        Assert.Equal((200, "ok", null), (response.Status, response.Body, response.Reset));
        Assert.Empty(response.Interim);
        Assert.Empty(response.Trailers);
    }

    [Fact]
    public void Numbers_are_read_as_they_were_written()
    {
        foreach (long number in new long[] { 0, 1, 63, 64, 16383, 16384, (1 << 30) - 1, 1 << 30, VariableInteger.Most })
        {
            byte[] bytes = Number(number);
            Assert.True(VariableInteger.TryRead(bytes, out long read, out int length));
            Assert.Equal((number, bytes.Length), (read, length));
            Assert.False(VariableInteger.TryRead(bytes.AsSpan(..^1), out _, out _));
        }

        // RFC 9000, appendix A.1.
        Assert.Equal("C2197C5EFF14E88C", Convert.ToHexString(Number(151288809941952652)));
        Assert.Equal("9D7F3E7D", Convert.ToHexString(Number(494878333)));
        Assert.Equal("7BBD", Convert.ToHexString(Number(15293)));
        Assert.Equal("25", Convert.ToHexString(Number(37)));
    }

    // A client whose settings say how large a field section it takes; they are known when this returns.
    private static async Task<Http3RawClient> ToTellingAsync(TestProxy proxy, long most)
    {
        Http3RawClient client = await ToAsync(proxy, settings: false);
        MemoryStreamPair control = client.Connection.Open(isBidirectional: false);
        await control.SendAsync([0, .. Frame(Settings, [6, .. Number(most)])]);
        await control.TakenAsync();
        return client;
    }
}
