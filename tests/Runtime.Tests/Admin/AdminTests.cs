using System.Net.Sockets;
using System.Text.Json;
using Confgen.Runtime.Admin;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Admin;

public sealed class AdminTests
{
    private readonly int _port = FreePort.Next();

    [Fact]
    public async Task Health_follows_the_life_of_the_proxy()
    {
        var wait = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await wait.Task;
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using var server = new ProxyServer(new ProxyOptions());
        Assert.Null(server.OpenAdmin(Address($"127.0.0.1:{_port}")));
        Assert.Equal((503, "not ready\n"), await AskAsync("/healthz"));

        int port = FreePort.Next();
        Assert.Empty(
            await server.ServeAsync(
                Specs.Read($$"""sites: [{ host: _, listen: ["127.0.0.1:{{port}}"], proxy: "http://127.0.0.1:{{backend.Port}}" }]""")
            )
        );
        Assert.Equal((200, "ok\n"), await AskAsync("/healthz"));

        using RawClient client = RawClient.To(port);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        await Eventually.TrueAsync(() => backend.Requests.Count == 1, "the request is under way");
        Task stopping = server.StopAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((503, "not ready\n"), await AskAsync("/healthz"));
        wait.SetResult();
        await stopping;
        Assert.Throws<SocketException>(() => RawClient.To(_port));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: Text/Event-Stream; charset=utf-8\r\n\r\ndata: 1\n\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")]
    public async Task Streams_are_told_from_requests(string response)
    {
        var end = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync(response);
            await end.Task;
        });
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{backend.Port}}" }]"""
        );
        Assert.Null(proxy.Server.OpenAdmin(Address($"127.0.0.1:{_port}")));
        using RawClient client = proxy.Connect();
        await client.SendAsync(
            "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        await client.ReadHeadAsync();

        string[] open = (await AskAsync("/metrics")).Body.Split('\n');
        Assert.Contains("confgen_streams_open 1", open);
        Assert.Contains("confgen_requests_in_flight 0", open);

        end.SetResult();
        client.EndSending();
        await client.ReadToEndAsync();
        string[] over = [];
        for (int i = 0; i < 200 && !over.Contains("confgen_streams_open 0"); i++)
        {
            over = (await AskAsync("/metrics")).Body.Split('\n');
        }

        Assert.Contains("""confgen_streams_total{site="_",route="path: /"} 1""", over);
        Assert.Contains("""confgen_request_duration_seconds_count{site="_",route="path: /"} 0""", over);
        Assert.Contains("confgen_requests_in_flight 0", over);
    }

    [Fact]
    public async Task Bytes_of_an_upgraded_connection_are_counted_when_it_is_over()
    {
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await c.Client.ReadAsync(5);
            await c.SendAsync("seven..");
        });
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{backend.Port}}" }]"""
        );
        Assert.Null(proxy.Server.OpenAdmin(Address($"127.0.0.1:{_port}")));
        using RawClient client = proxy.Connect();
        await client.SendAsync(
            "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        await client.ReadHeadAsync();
        await client.SendAsync("12345");
        client.EndSending();
        await client.ReadToEndAsync();

        string[] page = [];
        for (int i = 0; i < 200 && !page.Contains("confgen_streams_open 0"); i++)
        {
            page = (await AskAsync("/metrics")).Body.Split('\n');
        }

        Assert.Contains("""confgen_request_bytes_total{site="_",route="path: /"} 5""", page);
        Assert.Contains("""confgen_response_bytes_total{site="_",route="path: /"} 7""", page);
    }

    [Fact]
    public async Task Requests_upstreams_connections_and_reloads_are_counted()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(Spec(backend.Port));
        Assert.Null(proxy.Server.OpenAdmin(Address($"127.0.0.1:{_port}")));
        await proxy.GetAsync("/app", "a.test");
        await proxy.GetAsync("/app/2", "a.test");
        await proxy.GetAsync("/text", "a.test");
        await proxy.GetAsync("/dead", "a.test");
        await proxy.GetAsync("/", "a.test");
        await proxy.AskAsync("nonsense\r\n\r\n");
        Assert.Empty(await proxy.Server.ServeAsync(Specs.Read(TestProxy.Fill(Spec(backend.Port), proxy.Port, proxy.Port2))));
        Assert.Single(
            await proxy.Server.ServeAsync(Specs.Read($$"""sites: [{ host: _, listen: ["127.0.0.1:{{backend.Port}}"], respond: ok }]"""))
        );

        string page = (await AskAsync("/metrics")).Body;

        string[] expected =
        [
            """confgen_requests_total{site="a.test",route="path: /app",class="2xx"} 2""",
            """confgen_requests_total{site="a.test",route="exact: /text",class="4xx"} 1""",
            """confgen_requests_total{site="a.test",route="path: /dead",class="5xx"} 1""",
            """confgen_unrouted_requests_total{class="4xx"} 2""",
            """confgen_request_duration_seconds_bucket{site="a.test",route="path: /app",le="+Inf"} 2""",
            """confgen_request_duration_seconds_count{site="a.test",route="path: /app"} 2""",
            $$"""confgen_upstream_up{upstream="app",server="http://127.0.0.1:{{backend.Port}}"} 1""",
            $$"""confgen_upstream_requests_total{upstream="app",server="http://127.0.0.1:{{backend.Port}}"} 2""",
            """confgen_upstream_failures_total{upstream="http://127.0.0.1:9",server="http://127.0.0.1:9"} 1""",
            """confgen_time_to_first_byte_seconds_count{site="a.test",route="path: /app"} 2""",
            """confgen_request_bytes_total{site="a.test",route="path: /app"} 0""",
            """confgen_response_bytes_total{site="a.test",route="path: /app"} 4""",
            """confgen_streams_total{site="a.test",route="path: /app"} 0""",
            "confgen_streams_open 0",
            "confgen_requests_in_flight 0",
            "confgen_connections_total 6",
            """confgen_reloads_total{result="good"} 2""",
            """confgen_reloads_total{result="bad"} 1""",
            "confgen_last_reload_successful 0",
        ];
        Assert.Empty(expected.Except(page.Split('\n')));
    }

    [Fact]
    public async Task The_page_of_counts_is_what_prometheus_reads()
    {
        await using TestProxy proxy = await TestProxy.StartAsync(
            """sites: [{ host: _, listen: ["127.0.0.1:PORT"], routes: [{ regex: '"\\x', respond: ok }, { path: /, respond: ok }] }]"""
        );
        Assert.Null(proxy.Server.OpenAdmin(Address($"127.0.0.1:{_port}")));
        await proxy.GetAsync("/");

        // A request is counted when its response was sent, which its client may see before.
        string page = "";
        for (
            int i = 0;
            i < 1000 && !page.Contains("""confgen_requests_total{site="_",route="path: /",class="2xx"} 1""", StringComparison.Ordinal);
            i++
        )
        {
            page = (await AskAsync("/metrics")).Body;
        }

        var families = new HashSet<string>();
        string? type = null;
        foreach (string line in page.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                type = line.Split(' ')[2];
                Assert.True(families.Add(type), "one block a family: " + type);
            }
            else if (!line.StartsWith('#'))
            {
                Assert.Matches("""^[a-z_]+(\{[a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*\})? [0-9.E+-]+$""", line);
                Assert.StartsWith(type!, line, StringComparison.Ordinal);
            }
        }

        // A histogram's buckets include the ones before.
        double[] buckets =
        [
            .. page.Split('\n')
                .Where(l =>
                    l.StartsWith("confgen_request_duration_seconds_bucket{", StringComparison.Ordinal)
                    && l.Contains("path: /", StringComparison.Ordinal)
                )
                .Select(l => double.Parse(l.Split(' ')[^1])),
        ];
        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal(1, buckets[^1]);
    }

    [Fact]
    public async Task What_is_served_is_shown_without_its_secrets()
    {
        await using TestProxy proxy = await TestProxy.StartAsync(
            """
            upstreams:
              app: { servers: ["http://127.0.0.1:3000"] }
            sites:
              - host: a.test
                listen: ["127.0.0.1:PORT"]
                routes:
                  - path: /
                    redirect: { to: "https://x.test/?access_token=CANARY1&a=1", status: 302 }
                    match: { header: { X-Api-Key: CANARY2 }, query: { token: CANARY3 } }
                    basic_auth: { users: { alice: "$2y$10$CANARY4CANARY4CANARY4CANARY4CANARY4CANARY4CANARY4CANA" } }
                    headers:
                      request: { set: { Authorization: "Bearer CANARY5", X-Plain: "CANARY6abcdefghij0123456789", X-Custom: "Bearer CANARY11abcdefghij012345", X-Auth: CANARY12, X-Shown-Too: "max-age=31536000; includeSubDomains", X-Shown: "a value" } }
                      response: { add: { Set-Cookie: "session=1", X-Note: "ghp_CANARY7CANARY7CANARY7CANARY" } }
                    forward_auth: { url: "http://127.0.0.1:9091/verify?key=CANARY8&x=1" }
                  - { path: /app, proxy: app }
            tunnels:
              home: { portal: { listen: 1024, public: tunnel.test }, bridge: { forward: "http://127.0.0.1:80" }, secret: CANARY9CANARY9CANARY9, id: "1f3c3f9e-0000-4000-8000-0123456789ab" }
            tests:
              - { get: "http://a.test/", headers: { Authorization: CANARY10 }, expect: { status: 302 } }
            """
        );
        Assert.Null(proxy.Server.OpenAdmin(Address($"127.0.0.1:{_port}")));

        (int status, string body) = await AskAsync("/config");

        Assert.Equal(200, status);
        Assert.DoesNotContain("CANARY", body, StringComparison.Ordinal);
        Assert.DoesNotContain("1f3c3f9e", body, StringComparison.Ordinal);
        Assert.DoesNotContain(" = ", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Confgen.", body, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(body);
        JsonElement route = json.RootElement.GetProperty("sites")[0].GetProperty("routes")[0];
        Assert.Equal("https://x.test/?access_token=***&a=1", route.GetProperty("action").GetProperty("to").GetString());
        Assert.Contains("\"max-age=31536000; includeSubDomains\"", body, StringComparison.Ordinal);
        Assert.Contains("\"a value\"", body, StringComparison.Ordinal);
        Assert.Contains("\"read\": \"1m\"", body, StringComparison.Ordinal);
        Assert.Contains("\"127.0.0.1:", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404)]
    [InlineData("POST /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n", 405)]
    [InlineData("GET /config HTTP/1.1\r\nHost: evil.test\r\n\r\n", 403)]
    [InlineData("GET /config HTTP/1.1\r\nHost: evil.test:9180\r\n\r\n", 403)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: LOCALHOST:9180\r\n\r\n", 200)]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: [::1]:9180\r\n\r\n", 200)]
    [InlineData("GET /healthz HTTP/1.1\r\n\r\n", 400)]
    public async Task Nothing_else_is_answered(string request, int status)
    {
        await using TestProxy proxy = await TestProxy.StartAsync("""sites: [{ host: _, listen: ["127.0.0.1:PORT"], respond: ok }]""");
        Assert.Null(proxy.Server.OpenAdmin(Address($"127.0.0.1:{_port}")));
        using RawClient client = RawClient.To(_port);

        await client.SendAsync(request);

        Assert.Equal(status, (await client.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task A_unix_socket_is_for_its_owner_and_one_in_use_is_left_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        string path = Path.Combine(Directory.CreateTempSubdirectory("confgen-test-").FullName, "admin.sock");
        await using TestProxy proxy = await TestProxy.StartAsync("""sites: [{ host: _, listen: ["127.0.0.1:PORT"], respond: ok }]""");
        Assert.Null(proxy.Server.OpenAdmin(Address("unix:" + path)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        using var client = new RawClient(new NetworkStream(socket), socket);
        await client.SendAsync("GET /healthz HTTP/1.1\r\nHost: anything\r\n\r\n");
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);

        // 1. One in use is left alone.
        await using var second = new ProxyServer(new ProxyOptions());
        Assert.Contains("another program listens there", second.OpenAdmin(Address("unix:" + path))!.Message, StringComparison.Ordinal);

        // 2. A file is no socket.
        string file = path + ".txt";
        await File.WriteAllTextAsync(file, "");
        Assert.NotNull(second.OpenAdmin(Address("unix:" + file)));
        Assert.True(File.Exists(file));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static AdminAddress Address(string text) =>
        AdminAddress.TryParse(text, out AdminAddress? address, out string? problem)
            ? address
            : throw new InvalidOperationException(problem);

    private static string Spec(int port) =>
        $$"""
            upstreams: { app: { servers: ["http://127.0.0.1:{{port}}"] } }
            sites:
              - host: a.test
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /app, proxy: app }
                  - { exact: /text, respond: { status: 404 } }
                  - { path: /dead, proxy: "http://127.0.0.1:9" }
            """;

    private async Task<(int Status, string Body)> AskAsync(string target)
    {
        using RawClient client = RawClient.To(_port);
        await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{_port}\r\n\r\n");
        RawResponse response = await client.ReadResponseAsync();
        return (response.Status, response.Body);
    }
}
