using System.Net;
using System.Net.WebSockets;
using System.Text;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary><c>confgen serve</c> and <c>confgen tunnel</c>, two processes with one spec.</summary>
public sealed class TunnelTests
{
    [Fact]
    public async Task A_web_application_its_events_and_its_WebSocket_are_reached_through_the_tunnel()
    {
        await using StandIn app = await StandIn.StartAsync();
        using var session = new Session();
        await using ServeProcess portal = await PortalAsync(session, app);
        await using ServeProcess bridge = await BridgeAsync(session, app, portal);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{portal.Port}"), Timeout = TimeSpan.FromSeconds(30) };

        Assert.Equal("GET /a?b=c", await client.GetStringAsync("/a?b=c"));

        using HttpResponseMessage events = await client.GetAsync("/events?do=events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync());
        for (int i = 0; i < 3; i++)
        {
            app.SendEvent();
            Assert.Equal("data: tick", await reader.ReadLineAsync());
            Assert.Equal("", await reader.ReadLineAsync());
        }

        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{portal.Port}/socket"), CancellationToken.None);
        await socket.SendAsync(Encoding.ASCII.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        byte[] buffer = new byte[16];
        Assert.Equal(5, (await socket.ReceiveAsync(buffer, CancellationToken.None)).Count);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    [Fact]
    public async Task Killing_either_side_under_load_loses_nothing_but_what_was_under_way()
    {
        const int Askers = 4;
        await using StandIn app = await StandIn.StartAsync();
        using var session = new Session();
        ServeProcess portal = await PortalAsync(session, app);
        ServeProcess bridge = await BridgeAsync(session, app, portal);
        using var stop = new CancellationTokenSource();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{portal.Port}"), Timeout = TimeSpan.FromSeconds(30) };
        (int good, int lost, int unreached) = (0, 0, 0);

        async Task AskAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    using HttpResponseMessage response = await client.PostAsync("/x", new StringContent("x"));

                    // 503 is a request that no bridge came for in time, as where a process starts slowly.
                    HttpStatusCode status = response.StatusCode;
                    Interlocked.Increment(
                        ref status == HttpStatusCode.OK
                            ? ref good
                            : ref status == HttpStatusCode.ServiceUnavailable ? ref unreached : ref lost
                    );
                }
                catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
                {
                    // There was no portal to connect to: nothing was sent.
                    Interlocked.Increment(ref unreached);
                    await Task.Delay(10);
                }
                catch (HttpRequestException)
                {
                    Interlocked.Increment(ref lost);
                }
            }
        }

        try
        {
            Task[] asking = [.. Enumerable.Range(0, Askers).Select(_ => AskAsync())];
            await MoreAsync();

            // The bridge, killed, and started anew.
            await bridge.DisposeAsync();
            bridge = await BridgeAsync(session, app, portal);
            await MoreAsync();

            // The portal, killed, and started anew at the same ports.
            await portal.DisposeAsync();
            portal = ServeProcess.Start(
                session,
                "portal.yaml",
                Spec(app)
                    .Replace("PORT2", $"{portal.Port2}", StringComparison.Ordinal)
                    .Replace("PORT", $"{portal.Port}", StringComparison.Ordinal)
            );
            await portal.SaysAsync("has come from");
            await MoreAsync();
            await stop.CancelAsync();
            await Task.WhenAll(asking);
        }
        finally
        {
            await bridge.DisposeAsync();
            await portal.DisposeAsync();
        }

        Assert.True(lost <= 2 * Askers, $"{lost} of {good + lost} were lost: more than were under way");

        async Task MoreAsync()
        {
            int before = Volatile.Read(ref good);
            await Until.TrueAsync(
                () => Volatile.Read(ref good) > before + 20,
                () => $"{good} good, {lost} lost, {unreached} not connected; portal: {portal.Said}; bridge: {bridge.Said}"
            );
        }
    }

    [Fact]
    public async Task A_bridge_ends_when_it_is_told_to()
    {
        await using StandIn app = await StandIn.StartAsync();
        using var session = new Session();
        await using ServeProcess portal = await PortalAsync(session, app);
        await using ServeProcess bridge = await BridgeAsync(session, app, portal);
        using var client = new HttpClient();
        Assert.Equal("GET /", await client.GetStringAsync($"http://127.0.0.1:{portal.Port}/"));

        await bridge.SignalAsync("TERM");
        Assert.Equal(0, await bridge.EndAsync());
        await portal.SaysAsync("has gone");
    }

    [Fact]
    public void A_spec_without_tunnels_is_no_bridges()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        Assert.Contains("the spec has no tunnels", session.Run("tunnel").Gives(2).Error, StringComparison.Ordinal);
    }

    private static async Task<ServeProcess> PortalAsync(Session session, StandIn app)
    {
        ServeProcess portal = ServeProcess.Start(session, "portal.yaml", Spec(app));
        await portal.SaysAsync("confgen: serving");
        return portal;
    }

    private static async Task<ServeProcess> BridgeAsync(Session session, StandIn app, ServeProcess portal)
    {
        string spec = Spec(app)
            .Replace("PORT2", $"{portal.Port2}", StringComparison.Ordinal)
            .Replace("PORT", $"{portal.Port}", StringComparison.Ordinal);
        ServeProcess bridge = ServeProcess.Start(session, "bridge.yaml", spec, verb: "tunnel");
        await bridge.SaysAsync("connected to 127.0.0.1");
        return bridge;
    }

    private static string Spec(StandIn app) =>
        $$"""
            tunnels:
              home:
                portal: { listen: "127.0.0.1:PORT2", public: 127.0.0.1, entry: 1 }
                bridge: { forward: "http://127.0.0.1:{{app.Port}}" }
                secret: 0123456789abcdef
            sites:
              - host: _
                listen: "127.0.0.1:PORT"
                routes:
                  - { path: /, proxy: "tunnel:home", sse: true, websocket: true }
            """;
}
