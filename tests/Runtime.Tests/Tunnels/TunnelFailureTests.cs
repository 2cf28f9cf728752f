using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Tunnels;

/// <summary>What happens to requests when a side of the tunnel goes and comes back.</summary>
public sealed class TunnelFailureTests
{
    [Fact]
    public async Task Without_a_bridge_a_request_is_told_when_to_come_back()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await TestTunnel.StartAsync(service);
        RawResponse response = await tunnel.GetAsync();

        Assert.Equal((503, "1"), (response.Status, response.Field("Retry-After")));
    }

    [Fact]
    public async Task A_request_waits_for_a_bridge_that_is_on_its_way()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await TestTunnel.StartAsync(service);
        Task<RawResponse> asking = tunnel.GetAsync();
        await tunnel.WithBridgeAsync();

        Assert.Equal(200, (await asking).Status);
    }

    [Fact]
    public async Task A_bridge_that_is_restarted_loses_no_request_that_comes_meanwhile()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        Assert.Equal(200, (await tunnel.GetAsync()).Status);
        for (int i = 0; i < 3; i++)
        {
            await tunnel.StopBridgesAsync();
            Task<RawResponse>[] asking = [.. Enumerable.Range(0, 10).Select(_ => tunnel.GetAsync())];
            await tunnel.WithBridgeAsync();
            Assert.All(await Task.WhenAll(asking), a => Assert.Equal(200, a.Status));
        }
    }

    [Fact]
    public async Task A_portal_that_is_restarted_has_its_bridge_back()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        Assert.Equal(200, (await tunnel.GetAsync()).Status);
        await tunnel.StopPortalAsync();
        await tunnel.ToldAsync("can't connect to localhost:" + tunnel.ControlPort);
        await tunnel.StartPortalAsync();

        // A request waits for the bridge, which looks for its portal every second.
        Assert.Equal(200, (await tunnel.GetAsync()).Status);
    }

    [Fact]
    public async Task Bridges_come_at_once_to_the_process_that_takes_over_and_serve_what_the_other_still_has()
    {
        var finish = new TaskCompletionSource();
        await using var service = new Backend(async c =>
        {
            while (true)
            {
                BackendRequest request = await c.ReadRequestAsync();
                await (request.Head.Contains("/slow", StringComparison.Ordinal) ? finish.Task : Task.CompletedTask);
                await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            }
        });
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        using RawClient kept = tunnel.Connect();
        await kept.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.Equal(200, (await kept.ReadResponseAsync()).Status);
        Task<RawResponse> slow = tunnel.GetAsync("/slow");
        await Eventually.TrueAsync(() => service.Requests.Count == 2, "a request is under way");

        Task passing = tunnel.PassPortalAsync();
        await tunnel.StartPortalAsync();

        // The other one has a bridge while the first one has a stream, and a connection that its stream keeps busy doesn't stand for the
        // spare ones.
        Assert.Equal(200, (await tunnel.GetAsync()).Status);
        await kept.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.Equal(200, (await kept.ReadResponseAsync()).Status);
        Assert.False(passing.IsCompleted);
        finish.SetResult();
        Assert.Equal(200, (await slow).Status);
        await passing;
    }

    [Fact]
    public async Task Under_load_only_what_was_under_way_is_lost_and_nothing_arrives_twice()
    {
        await using var service = new Backend();
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service)).WithBridgeAsync();
        using var stop = new CancellationTokenSource();
        int number = 0;
        int lost = 0;
        int good = 0;

        // POST, which nobody may send again.
        async Task AskAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                int status = (
                    await tunnel.AskAsync(
                        $"POST /{Interlocked.Increment(ref number)} HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\n\r\nx"
                    )
                ).Status;
                Interlocked.Increment(ref status == 200 ? ref good : ref lost);
            }
        }

        const int Askers = 8;
        Task[] asking = [.. Enumerable.Range(0, Askers).Select(_ => AskAsync())];
        for (int restart = 1; restart <= 3; restart++)
        {
            int before = good;
            await Eventually.TrueAsync(() => Volatile.Read(ref good) > before + 50, "requests are answered");
            await tunnel.StopBridgesAsync();
            await tunnel.WithBridgeAsync();
        }

        int after = good;
        await Eventually.TrueAsync(() => Volatile.Read(ref good) > after + 50, "requests are answered after the last restart");
        await stop.CancelAsync();
        await Task.WhenAll(asking);

        Assert.True(lost <= 3 * Askers, $"{lost} of {good + lost} were lost: more than were under way");
        Assert.Equal(service.Requests.Count, service.Requests.Select(r => r.Target).Distinct().Count());
    }

    [Fact]
    public async Task A_bridge_that_ends_in_order_loses_nothing()
    {
        await using var service = new HeldService();
        await using TestTunnel tunnel = await (await TestTunnel.StartAsync(service.Backend)).WithBridgeAsync();
        Task<RawResponse> slow = tunnel.GetAsync("/slow");
        await service.ArrivedAsync(1);
        await tunnel.WithBridgeAsync();
        await Eventually.TrueAsync(
            () => tunnel.Notices.Count(n => n.Contains("has come", StringComparison.Ordinal)) == 2,
            "the second bridge has come"
        );
        Task draining = tunnel.DrainBridgeAsync(TimeSpan.FromSeconds(20));
        service.Response(2);

        Assert.Equal("ok", (await slow).Body);
        await draining;
        Assert.Equal(200, (await tunnel.GetAsync()).Status);
    }

    [Fact]
    public async Task Several_bridges_share_the_load()
    {
        const int Count = 20;
        await using var service = new HeldService();
        await using TestTunnel tunnel = await (await (await TestTunnel.StartAsync(service.Backend)).WithBridgeAsync()).WithBridgeAsync();
        await Eventually.TrueAsync(
            () => tunnel.Notices.Count(n => n.Contains("has come", StringComparison.Ordinal)) == 2,
            "both bridges have come"
        );
        Task<RawResponse>[] asking = [.. Enumerable.Range(0, Count).Select(_ => tunnel.GetAsync())];
        await service.ArrivedAsync(Count);

        // One of them goes, with what it carries.
        await tunnel.DrainBridgeAsync(TimeSpan.Zero);
        service.Response(Count * 2);
        int[] statuses = [.. (await Task.WhenAll(asking)).Select(a => a.Status)];
        Assert.InRange(statuses.Count(s => s == 200), 1, Count - 1);
        Assert.Equal(200, (await tunnel.GetAsync()).Status);
    }
}
