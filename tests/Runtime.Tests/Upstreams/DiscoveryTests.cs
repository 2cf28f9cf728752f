using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Upstreams;

public sealed class DiscoveryTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly Dnsmasq _dns = new();
    private readonly Backend _a = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nA");
    private readonly Backend _b = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nB");
    private readonly bool _isHere = Dnsmasq.IsHere(output);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _dns.DisposeAsync();
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task Servers_share_the_requests_by_their_weights()
    {
        if (!_isHere)
            return;
        await _dns.StartAsync(Host("a"), Host("b"), Srv("a", _a, weight: 3), Srv("b", _b, weight: 1));
        await using TestProxy proxy = await DiscoverAsync();

        string chosen = await AskAsync(proxy, 8);

        Assert.Equal((6, 2), (chosen.Count(c => c == 'A'), chosen.Count(c => c == 'B')));
        Assert.Equal($"a.test:{_a.Port}", _a.Requests.First().Field("Host"));
    }

    [Fact]
    public async Task A_server_without_weight_is_chosen_seldom()
    {
        if (!_isHere)
            return;
        await _dns.StartAsync(Host("a"), Host("b"), Srv("a", _a, weight: 1), Srv("b", _b, weight: 0));
        await using TestProxy proxy = await DiscoverAsync();

        Assert.Equal(2, (await AskAsync(proxy, 34)).Count(c => c == 'B'));
    }

    [Fact]
    public async Task A_higher_priority_waits_until_the_lower_cannot_be_reached()
    {
        if (!_isHere)
            return;
        await _dns.StartAsync(Host("a"), Host("b"), Srv("b", _b, priority: 20), Srv("a", _a, priority: 10));
        await using TestProxy proxy = await DiscoverAsync();
        Assert.Equal("AAAA", await AskAsync(proxy, 4));

        await _a.DisposeAsync();

        Assert.Equal("BBBB", await AskAsync(proxy, 4));
    }

    [Fact]
    public async Task Servers_come_and_go_with_their_records()
    {
        if (!_isHere)
            return;
        await _dns.StartAsync(Host("a"), Host("b"), Srv("a", _a));
        await using TestProxy proxy = await DiscoverAsync();
        Assert.Equal("A", await AskAsync(proxy, 1));

        await _dns.StartAsync(Host("a"), Host("b"), Srv("b", _b));
        await Eventually.TrueAsync(() => AskAsync(proxy, 2).Result == "BB", "the other server is found");

        // While nobody answers, what was known stays.
        await _dns.StopAsync();
        Assert.Equal("BBBB", await AskAsync(proxy, 4));
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_503_until_it_is()
    {
        if (!_isHere)
            return;
        await using TestProxy proxy = await DiscoverAsync();
        Assert.Equal(503, (await proxy.GetAsync("/")).Status);

        await _dns.StartAsync(Host("a"));
        Assert.Equal(503, (await proxy.GetAsync("/")).Status);

        // "." says that there is no such service (RFC 2782).
        await _dns.StartAsync("--srv-host=_api._tcp.test");
        Assert.Equal(503, (await proxy.GetAsync("/")).Status);

        await _dns.StartAsync(Host("a"), Srv("a", _a));
        await Eventually.TrueAsync(() => AskAsync(proxy, 1).Result == "A", "the service is found");
    }

    [Fact]
    public async Task So_many_servers_that_they_need_tcp_are_found()
    {
        if (!_isHere)
            return;
        await _dns.StartAsync([
            Host("a"),
            Srv("a", _a, priority: 5),
            .. Enumerable.Range(0, 60).Select(i => Srv($"server-with-a-long-name-{i}", _b, priority: 9)),
        ]);
        await using TestProxy proxy = await DiscoverAsync();

        Assert.Equal("AAAA", await AskAsync(proxy, 4));
    }

    [Fact]
    public async Task A_discovered_server_is_probed()
    {
        if (!_isHere)
            return;
        await using Backend sick = Backend.Answering("HTTP/1.1 500 No\r\nContent-Length: 1\r\n\r\nS");
        await _dns.StartAsync(Host("a"), Host("b"), Srv("a", _a), Srv("b", sick));
        await using TestProxy proxy = await DiscoverAsync("health: { active: { path: /healthz, interval: 50ms } }");

        await Eventually.TrueAsync(() => AskAsync(proxy, 4).Result == "AAAA", "the sick server is left out");
    }

    [Fact]
    public async Task A_host_is_asked_for_again_when_its_time_to_live_is_over()
    {
        if (!_isHere)
            return;
        await using Backend other = new(
            c => c.ResponseAllAsync("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nO"),
            new System.Net.IPEndPoint(System.Net.IPAddress.Parse("127.0.0.2"), _a.Port)
        );
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "http://app.test:{{_a.Port}}" }]""",
            Options()
        );

        // 1. No such name, and nobody to say so: the start is not stopped.
        Assert.Equal(502, (await proxy.GetAsync("/")).Status);
        await _dns.StartAsync();
        Assert.Equal(502, (await proxy.GetAsync("/")).Status);

        // 2. It comes, and it moves.
        await _dns.StartAsync("--host-record=app.test,127.0.0.2,1");
        await Eventually.TrueAsync(() => proxy.GetAsync("/").Result.Body == "O", "the host is found");
        await _dns.StartAsync("--host-record=app.test,127.0.0.1,1");
        await Eventually.TrueAsync(() => proxy.GetAsync("/").Result.Body == "A", "the host is found where it moved to");
    }

    [Fact]
    public async Task An_alias_is_followed()
    {
        if (!_isHere)
            return;
        await _dns.StartAsync(Host("a"), "--cname=alias.test,a.test", "--cname=other.test,alias.test");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "http://other.test:{{_a.Port}}" }]""",
            Options()
        );

        Assert.Equal("A", await AskAsync(proxy, 1));
    }

    private static string Host(string name) => $"--host-record={name}.test,127.0.0.1";

    private static string Srv(string name, Backend backend, int priority = 0, int weight = 0) =>
        $"--srv-host=_api._tcp.test,{name}.test,{backend.Port},{priority},{weight}";

    private static async Task<string> AskAsync(TestProxy proxy, int count)
    {
        string all = "";
        for (int i = 0; i < count; i++)
        {
            all += (await proxy.GetAsync("/")).Body;
        }

        return all;
    }

    private ProxyOptions Options() => new() { DnsServers = [_dns.EndPoint], Notice = output.WriteLine };

    private Task<TestProxy> DiscoverAsync(string upstream = "") =>
        TestProxy.StartAsync(
            $$"""
            upstreams:
              api:
                discover: { srv: _api._tcp.test, refresh: 1s }
                {{upstream}}
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], routes: [{ path: /, proxy: api, host: upstream }] }]
            """,
            Options()
        );
}
