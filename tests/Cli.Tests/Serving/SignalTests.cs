using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary>How the running proxy is told to do something.</summary>
public sealed class SignalTests
{
    [Fact]
    public async Task The_end_waits_for_requests_under_way_and_takes_no_other()
    {
        await using StandIn app = await StandIn.StartAsync();
        await using ServeProcess served = await ServeProcess.StartAsync(Spec(app), "--drain", "60s");
        using var client = new HttpClient();
        Task<string> asking = client.GetStringAsync($"http://127.0.0.1:{served.Port}/?do=wait");
        await Until.TrueAsync(() => app.Waiting == 1, () => served.Said);

        await served.SignalAsync("TERM");
        await served.SaysAsync("requests under way may finish");
        using var another = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => another.GetStringAsync($"http://127.0.0.1:{served.Port}/"));
        Assert.False(served.HasExited);
        app.Go();

        Assert.Equal("waited", await asking);
        Assert.Equal(0, await served.EndAsync());
    }

    [Fact]
    public async Task What_takes_longer_than_the_drain_time_is_cut()
    {
        await using StandIn app = await StandIn.StartAsync();
        await using ServeProcess served = await ServeProcess.StartAsync(Spec(app), "--drain", "100ms");
        using var client = new HttpClient();
        Task<string> asking = client.GetStringAsync($"http://127.0.0.1:{served.Port}/?do=wait");
        await Until.TrueAsync(() => app.Waiting == 1, () => served.Said);

        await served.SignalAsync("TERM");

        Assert.Equal(0, await served.EndAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => asking);
    }

    [Fact]
    public async Task A_second_signal_ends_at_once()
    {
        await using StandIn app = await StandIn.StartAsync();
        await using ServeProcess served = await ServeProcess.StartAsync(Spec(app), "--drain", "1h");
        using var client = new HttpClient();
        Task<string> asking = client.GetStringAsync($"http://127.0.0.1:{served.Port}/?do=wait");
        await Until.TrueAsync(() => app.Waiting == 1, () => served.Said);

        await served.SignalAsync("INT");
        await served.SaysAsync("requests under way may finish");
        await served.SignalAsync("INT");

        Assert.NotEqual(0, await served.EndAsync());
        await Assert.ThrowsAsync<HttpRequestException>(() => asking);
    }

    [Fact]
    public async Task Logs_are_opened_anew_after_they_were_renamed()
    {
        await using StandIn app = await StandIn.StartAsync();
        using var session = new Session();
        string log = session.PathOf("access.log");
        await using ServeProcess served = ServeProcess.Start(
            session,
            "confgen.yaml",
            Spec(app).Replace("proxy:", $"log: {{ format: json, output: {log} }}\n    proxy:")
        );
        await served.SaysAsync("confgen: serving");
        using var client = new HttpClient();
        await client.GetStringAsync($"http://127.0.0.1:{served.Port}/first");
        await Until.TrueAsync(() => Read(log).Contains("/first", StringComparison.Ordinal), () => served.Said);

        File.Move(log, log + ".1");
        await served.SignalAsync("USR1");
        await Until.TrueAsync(
            () =>
            {
                client.GetStringAsync($"http://127.0.0.1:{served.Port}/second").Wait();
                return Read(log).Contains("/second", StringComparison.Ordinal);
            },
            () => served.Said
        );

        Assert.DoesNotContain("/first", Read(log), StringComparison.Ordinal);
        Assert.Contains("/first", Read(log + ".1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Development_shows_each_request()
    {
        await using StandIn app = await StandIn.StartAsync();
        await using ServeProcess served = await ServeProcess.StartAsync(Spec(app), "--dev");
        using var client = new HttpClient();

        await client.GetStringAsync($"http://127.0.0.1:{served.Port}/shown?x=1");

        await served.SaysAsync($"127.0.0.1:{served.Port}/shown?x=1  -> 127.0.0.1:{app.Port}  path: /");
    }

    private static string Read(string file) => File.Exists(file) ? File.ReadAllText(file) : "";

    private static string Spec(StandIn app) =>
        $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                proxy: "http://127.0.0.1:{{app.Port}}"
            """;
}
