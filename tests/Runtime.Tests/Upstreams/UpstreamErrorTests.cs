using System.Collections.Concurrent;
using Confgen.Runtime.Observing;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Upstreams;

/// <summary>
/// What goes wrong with a server has the same status and the same reason, whatever the server speaks and whoever asks it.
/// </summary>
public sealed class UpstreamErrorTests
{
    public static TheoryData<string, string, int, string> Forwarded =>
        Grid(
            ScriptedServer.Ways,
            ("down", 502, ""),
            ("closing", 502, "closed_early"),
            ("silent", 504, "read_timeout"),
            ("garbage", 502, "malformed"),
            ("unreachable", 502, "connect_timeout")
        );

    public static TheoryData<string, string> Asked
    {
        get
        {
            var grid = new TheoryData<string, string>();

            // An auth server has a URL.
            foreach (string way in ScriptedServer.Ways.Where(w => w != "unix"))
            {
                foreach (string kind in new[] { "down", "closing", "garbage" })
                {
                    grid.Add(way, kind);
                }
            }

            return grid;
        }
    }

    [Theory]
    [MemberData(nameof(Forwarded))]
    public async Task A_request_that_fails_says_why(string way, string kind, int status, string label)
    {
        await using ScriptedServer server = Make(way, kind);
        (var notices, var served) = (new ConcurrentQueue<string>(), new ConcurrentQueue<ServedRequest>());
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /, proxy: "{{server.Url}}", timeouts: { connect: 300ms, read: 300ms } }
            """,
            new ProxyOptions { Notice = notices.Enqueue, Served = served.Enqueue }
        );

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(status, (await proxy.GetAsync("/")).Status);
        }

        // One line for all of them.
        label =
            label.Length > 0 ? label
            : way == "unix" ? "connect_failed"
            : "connect_refused";
        Assert.Single(notices, n => n.Contains(server.Url, StringComparison.Ordinal));
        await Eventually.TrueAsync(() => served.Count == 3, "three requests are over");
        Assert.All(served, s => Assert.Equal(label, s.Error));
    }

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task An_auth_server_that_fails_is_an_error_with_its_reason(string way, string kind)
    {
        await using ScriptedServer auth = Make(way, kind);
        var notices = new ConcurrentQueue<string>();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - path: /
                    forward_auth: { url: "{{auth.Url}}/check" }
                    respond: { status: 200, body: secret }
            """,
            new ProxyOptions { Notice = notices.Enqueue }
        );

        Assert.Equal(502, (await proxy.GetAsync("/")).Status);
        Assert.Single(notices, n => n.Contains(auth.Url, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("unix")]
    [InlineData("h2c")]
    public async Task Probes_ask_a_server_in_what_it_speaks_and_tell_why_it_fails(string way)
    {
        int status = 200;
        await using ScriptedServer server = ScriptedServer.Start(way, s => s.RespondAsync(Volatile.Read(ref status), "", []));
        var notices = new ConcurrentQueue<string>();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams:
              app: { servers: ["{{server.Url}}"], health: { active: { path: /up, interval: 100ms, timeout: 10s } } }
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """,
            new ProxyOptions { Notice = notices.Enqueue }
        );

        await Eventually.TrueAsync(() => server.Connections > 2, "probes have come");
        Assert.Equal(200, (await proxy.GetAsync("/")).Status);

        Volatile.Write(ref status, 500);
        await Eventually.TrueAsync(() => notices.Any(n => n.Contains("status 500", StringComparison.Ordinal)), "the failure is told");
        Assert.Equal(503, (await proxy.GetAsync("/")).Status);

        Volatile.Write(ref status, 200);
        await Eventually.TrueAsync(
            () => notices.Any(n => n.Contains("passes its probes again", StringComparison.Ordinal)),
            "the return is told"
        );
        Assert.Equal(200, (await proxy.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("unix")]
    [InlineData("h2c")]
    public async Task A_slow_response_ejects_a_server_and_the_return_is_told(string way)
    {
        var time = new ManualTime();
        await using ScriptedServer server = ScriptedServer.Start(
            way,
            s =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                return s.RespondAsync(200, "ok", []);
            }
        );
        var notices = new ConcurrentQueue<string>();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams:
              app: { servers: ["{{server.Url}}"], health: { passive: { latency: 1s, fail_for: 30s } } }
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """,
            new ProxyOptions { Notice = notices.Enqueue, Time = time }
        );

        // A response that is here before the proxy has noted that the request was sent took no time.
        int status;
        do
        {
            status = (await proxy.GetAsync("/")).Status;
        } while (status == 200);

        Assert.Equal(503, status);
        Assert.Contains(notices, n => n.Contains("gets no requests for 30s", StringComparison.Ordinal));

        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(200, (await proxy.GetAsync("/")).Status);
        Assert.Contains(notices, n => n.Contains("gets requests again", StringComparison.Ordinal));
    }

    // The server has nothing to do with how long the client takes, nor with what it sends.
    [Theory]
    [InlineData("http")]
    [InlineData("unix")]
    [InlineData("h2c")]
    public async Task What_clients_do_wrong_counts_against_no_server(string way)
    {
        var time = new ManualTime();
        await using ScriptedServer server = ScriptedServer.Answering(way, 200, "ok");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams:
              app: { servers: ["{{server.Url}}"], health: { passive: { latency: 1s, fail_for: 30s } } }
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], routes: [{ path: /, proxy: app, max_body: 1KB }] }]
            """,
            new ProxyOptions { Time = time }
        );

        // A body that is no chunked one, one that is too large, and clients that leave.
        Assert.Equal(
            400,
            (await proxy.AskAsync("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nZZ\r\n")).Status
        );
        Assert.Equal(
            413,
            (
                await proxy.AskAsync(
                    $"PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n{new string('x', 0x800)}\r\n0\r\n\r\n"
                )
            ).Status
        );
        foreach (string half in new[] { "Content-Length: 10\r\n\r\nhalf", "Transfer-Encoding: chunked\r\n\r\n5\r\nhal" })
        {
            using RawClient client = proxy.Connect();
            await client.SendAsync($"PUT / HTTP/1.1\r\nHost: a\r\n{half}");
        }

        Assert.Equal(200, (await proxy.GetAsync("/")).Status);
    }

    private static ScriptedServer Make(string way, string kind) =>
        kind switch
        {
            "down" => ScriptedServer.Down(way),
            "closing" => ScriptedServer.Closing(way),
            "silent" => ScriptedServer.Silent(way),
            "unreachable" => ScriptedServer.Unreachable(way),
            "garbage" => ScriptedServer.Answering(way, 999, "x"),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private static TheoryData<string, string, int, string> Grid(
        IReadOnlyList<string> ways,
        params (string Kind, int Status, string Label)[] kinds
    )
    {
        var grid = new TheoryData<string, string, int, string>();
        foreach (string way in ways)
        {
            // A unix socket whose queue is full says so at once.
            foreach ((string kind, int status, string label) in kinds.Where(k => way != "unix" || k.Kind != "unreachable"))
            {
                grid.Add(way, kind, status, label);
            }
        }

        return grid;
    }
}
