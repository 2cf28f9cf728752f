using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Upstreams;

public sealed class BalancingTests
{
    [Theory]
    [InlineData("round_robin", "AABAAB")]
    [InlineData("first", "AAAAAA")]
    public async Task Servers_are_chosen_by_policy_and_weight(string policy, string expected)
    {
        await using var servers = new Servers();
        await using TestProxy proxy = await servers.StartAsync($"balance: {policy}", "{ url: \"A\", weight: 2 }", "B");

        string chosen = await AskAsync(proxy, 6);

        Assert.Equal(expected.Count(c => c == 'A'), chosen.Count(c => c == 'A'));
    }

    [Theory]
    [InlineData("random")]
    [InlineData("least_conn")]
    public async Task Every_server_gets_its_part(string policy)
    {
        await using var servers = new Servers();
        await using TestProxy proxy = await servers.StartAsync($"balance: {policy}", "A", "B");

        string chosen = await AskAsync(proxy, 60);

        Assert.Contains('A', chosen);
        Assert.Contains('B', chosen);
    }

    [Theory]
    [InlineData("uri_hash")]
    [InlineData("{ header: X-User }")]
    public async Task A_key_stays_with_its_server(string policy)
    {
        await using var servers = new Servers();
        await using TestProxy proxy = await servers.StartAsync($"balance: {policy}", "A", "B");
        var all = new HashSet<string>();
        for (int key = 0; key < 30; key++)
        {
            string first = (await proxy.GetAsync($"/{key}", fields: $"X-User: {key}\r\n")).Body;
            Assert.Equal(first, (await proxy.GetAsync($"/{key}", fields: $"X-User: {key}\r\n")).Body);
            all.Add(first);
        }

        Assert.Equal(2, all.Count);
    }

    [Fact]
    public async Task A_client_stays_with_its_server_by_the_address_behind_trusted_proxies()
    {
        await using var servers = new Servers();
        await using TestProxy proxy = await servers.StartAsync("balance: ip_hash", "A", "B");
        var all = new HashSet<string>();
        for (int client = 0; client < 30; client++)
        {
            // Ports and the path on which it came say nothing of who it is.
            string first = (await proxy.GetAsync($"/{client}", fields: $"X-Forwarded-For: 198.51.100.{client}\r\n")).Body;
            Assert.Equal(first, (await proxy.GetAsync("/", fields: $"X-Forwarded-For: 10.1.1.1, 198.51.100.{client}\r\n")).Body);
            all.Add(first);
        }

        Assert.Equal(2, all.Count);
    }

    [Fact]
    public async Task Chance_follows_the_weights()
    {
        await using var servers = new Servers();
        await using TestProxy proxy = await servers.StartAsync(
            "balance: random",
            new ProxyOptions { Random = new Random(1) },
            "{ url: \"A\", weight: 3 }",
            "B"
        );

        string chosen = await AskAsync(proxy, 200);

        Assert.InRange(chosen.Count(c => c == 'A'), 130, 170);
    }

    [Fact]
    public async Task A_sticky_session_is_made_by_a_cookie_that_tells_no_address()
    {
        await using var servers = new Servers();
        await using TestProxy proxy = await servers.StartAsync("balance: { cookie: lb }", "A", "B");
        RawResponse first = await proxy.GetAsync("/");
        string cookie = first.Field("Set-Cookie")!.Split(';')[0];

        for (int i = 0; i < 5; i++)
        {
            RawResponse next = await proxy.GetAsync("/", fields: $"Cookie: x=y; {cookie}\r\n");
            Assert.Equal((first.Body, null), (next.Body, next.Field("Set-Cookie")));
        }

        Assert.DoesNotContain("127", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backups_wait_until_the_others_rest_and_nobody_left_is_503()
    {
        await using var servers = new Servers();
        int dead = FreePort.Next();
        await using TestProxy proxy = await servers.StartAsync(
            "health: { passive: { max_fails: 1, fail_for: 1h } }\n    retries: 0",
            $"http://127.0.0.1:{dead}",
            "{ url: \"B\", backup: true }"
        );

        Assert.Equal(502, (await proxy.GetAsync("/")).Status);
        Assert.Equal("B", (await proxy.GetAsync("/")).Body);

        await using TestProxy alone = await servers.StartAsync(
            "health: { passive: { max_fails: 1, fail_for: 1h } }",
            $"http://127.0.0.1:{dead}"
        );
        Assert.Equal(502, (await alone.GetAsync("/")).Status);
        Assert.Equal(503, (await alone.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_server_that_fails_its_probes_gets_nothing_until_it_passes_again()
    {
        bool well = false;
        await using Backend sick = new(async c =>
        {
            while (true)
            {
                BackendRequest request = await c.ReadRequestAsync();
                await c.SendAsync(
                    request.Target != "/healthz" || well
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsick"
                        : "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
                );
            }
        });
        await using var servers = new Servers();
        await using TestProxy proxy = await servers.StartAsync(
            "balance: first\n    health: { active: { path: /healthz, interval: 50ms } }",
            $"http://127.0.0.1:{sick.Port}",
            "B"
        );

        await Eventually.TrueAsync(() => proxy.GetAsync("/").Result.Body == "B", "the sick server is left out");
        well = true;
        await Eventually.TrueAsync(() => proxy.GetAsync("/").Result.Body == "sick", "the mended server is back");
    }

    [Fact]
    public async Task No_more_connections_than_allowed_are_made()
    {
        var wait = new TaskCompletionSource();
        await using Backend slow = new(async c =>
        {
            await c.ReadRequestAsync();
            await wait.Task;
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using var servers = new Servers();
        await using TestProxy proxy = await servers.StartAsync(
            "balance: first",
            $"{{ url: \"http://127.0.0.1:{slow.Port}\", max_conns: 1 }}"
        );

        Task<RawResponse> first = proxy.GetAsync("/");
        await Eventually.TrueAsync(() => slow.Requests.Count == 1, "the first request is there");
        Assert.Equal(503, (await proxy.GetAsync("/")).Status);
        wait.SetResult();
        Assert.Equal(200, (await first).Status);
    }

    private static async Task<string> AskAsync(TestProxy proxy, int count)
    {
        string all = "";
        for (int i = 0; i < count; i++)
        {
            all += (await proxy.GetAsync("/")).Body;
        }

        return all;
    }

    private sealed class Servers : IAsyncDisposable
    {
        private readonly Backend _a = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nA");
        private readonly Backend _b = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nB");

        public Task<TestProxy> StartAsync(string upstream, params string[] servers) => StartAsync(upstream, new ProxyOptions(), servers);

        public Task<TestProxy> StartAsync(string upstream, ProxyOptions options, params string[] servers) =>
            TestProxy.StartAsync(
                $$"""
                trusted_proxies: [127.0.0.0/8]
                upstreams:
                  app:
                    servers: [{{string.Join(", ", servers.Select(Url))}}]
                    {{upstream}}
                sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
                """,
                options
            );

        public async ValueTask DisposeAsync()
        {
            await _a.DisposeAsync();
            await _b.DisposeAsync();
        }

        private string Url(string server) =>
            server == "A" ? $"\"http://127.0.0.1:{_a.Port}\""
            : server == "B" ? $"\"http://127.0.0.1:{_b.Port}\""
            : server.StartsWith("http", StringComparison.Ordinal) ? $"\"{server}\""
            : server.Replace("\"A\"", $"\"http://127.0.0.1:{_a.Port}\"").Replace("\"B\"", $"\"http://127.0.0.1:{_b.Port}\"");
    }
}
