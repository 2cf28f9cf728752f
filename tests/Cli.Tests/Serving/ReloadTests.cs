using System.Net.WebSockets;
using System.Text;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary>The running proxy gets another spec.</summary>
public sealed class ReloadTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_change_of_a_file_is_served_and_streams_live_on()
    {
        await using StandIn app = await StandIn.StartAsync();
        await using ServeProcess served = await ServeProcess.StartAsync(Spec("one", app));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{served.Port}/app/socket"), CancellationToken.None);
        using var client = new HttpClient();
        await using Stream events = await client.GetStreamAsync($"http://127.0.0.1:{served.Port}/app?do=events");

        // 1. The file itself, 2. a signal, which is heard at once.
        served.Write(Spec("two", app));
        await Until.TrueAsync(() => Get(served.Port) == "two", () => served.Said);
        served.Write(Spec("three", app));
        await served.SignalAsync("HUP");
        await Until.TrueAsync(() => Get(served.Port) == "three", () => served.Said);

        await socket.SendAsync("ping"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        byte[] buffer = new byte[64];
        WebSocketReceiveResult got = await socket.ReceiveAsync(buffer, CancellationToken.None);
        Assert.Equal("ping", Encoding.UTF8.GetString(buffer, 0, got.Count));
        app.SendEvent();
        Assert.Equal("data: tick\n\n".Length, await events.ReadAtLeastAsync(buffer, 12));
    }

    [Fact]
    public async Task A_wrong_spec_changes_nothing_and_says_why()
    {
        await using StandIn app = await StandIn.StartAsync();
        await using ServeProcess served = await ServeProcess.StartAsync(Spec("one", app), "--admin", "127.0.0.1:PORT2");

        served.Write(Spec("two", app).Replace("proxy: app", "proxy: ap"));
        await served.SaysAsync("still serving confgen.yaml as it was");
        Assert.Contains("unknown upstream 'ap'", served.Said, StringComparison.Ordinal);

        // A port that another program has is found out before anything changes.
        served.Write(Spec("two", app).Replace("127.0.0.1:PORT", $"127.0.0.1:{app.Port}"));
        await served.SaysAsync("still serving confgen.yaml as it was", times: 2);
        Assert.Contains(
            $"confgen.yaml:4:14: error CFG0507: 127.0.0.1:{app.Port}: another program listens there already",
            served.Said,
            StringComparison.Ordinal
        );
        Assert.Equal("one", Get(served.Port));
        using var client = new HttpClient();
        Assert.Contains(
            "confgen_reloads_total{result=\"bad\"} 2\n",
            await client.GetStringAsync($"http://127.0.0.1:{served.Port2}/metrics"),
            StringComparison.Ordinal
        );

        served.Write(Spec("three", app));
        await Until.TrueAsync(() => Get(served.Port) == "three", () => served.Said);
    }

    [Fact]
    public async Task An_included_file_is_watched_and_so_is_one_that_comes()
    {
        int port = FreePort.Next();
        string Site(string host, string text) => $"sites: [{{ host: {host}, listen: [\"127.0.0.1:{port}\"], respond: {text} }}]\n";
        using var session = new Session();
        session.With("sites/a.yaml", Site("a.test", "one"));
        await using ServeProcess served = ServeProcess.Start(session, "confgen.yaml", "include: [sites/*.yaml]\n" + Site("_", "other"));
        await Until.TrueAsync(() => Get(port, "a.test") == "one", () => served.Said);

        session.With("sites/a.yaml", Site("a.test", "another"));
        await Until.TrueAsync(() => Get(port, "a.test") == "another", () => served.Said);
        session.With("sites/b.yaml", Site("b.test", "new"));
        await Until.TrueAsync(() => Get(port, "b.test") == "new", () => served.Said);
    }

    [Fact]
    public async Task No_request_is_dropped_while_it_reloads()
    {
        if (!Tool.IsHere("h2load", output))
            return;
        await using StandIn app = await StandIn.StartAsync();
        await using ServeProcess served = await ServeProcess.StartAsync(Spec("v0", app));
        Task<string> http1 = Tool.RunAsync("h2load", "--h1", "-n", "3000", "-c", "8", "-t", "1", $"http://127.0.0.1:{served.Port}/app");
        Task<string> http2 = Tool.RunAsync("h2load", "-n", "3000", "-c", "4", "-m", "8", "-t", "1", $"http://127.0.0.1:{served.Port}/app");
        Task both = Task.WhenAll(http1, http2);
        int reloads = 0;
        do
        {
            served.Write(Spec($"v{++reloads}", app));
            await served.SignalAsync("HUP");
            await served.SaysAsync("serving the changed", reloads);
        } while (!both.IsCompleted && reloads < 100);

        foreach (string report in await Task.WhenAll(http1, http2))
        {
            Assert.Contains("3000 succeeded, 0 failed, 0 errored, 0 timeout", report, StringComparison.Ordinal);
        }
    }

    private static string Get(int port, string host = "a.test")
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/text") { Headers = { Host = host } };
        try
        {
            using HttpResponseMessage response = client.Send(request);
            using var reader = new StreamReader(response.Content.ReadAsStream());
            return reader.ReadToEnd();
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    private static string Spec(string text, StandIn app) =>
        $$"""
            upstreams: { app: { servers: ["http://127.0.0.1:{{app.Port}}"] } }
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                http2: true
                routes:
                  - { path: /text, respond: { body: {{text}} } }
                  - { path: /app, proxy: app, sse: true, websocket: true }
            """;
}
