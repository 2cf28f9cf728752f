using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Upstreams;

/// <summary>
/// Responses to HEAD, and those of 204 and 304, have no body whoever they come from: with one, the client would read it as the next
/// response on its connection. Each source that an upstream feeds, by each protocol of the upstream.
/// </summary>
public sealed class BodilessResponseTests
{
    public static TheoryData<string, string, string, int> All
    {
        get
        {
            var grid = new TheoryData<string, string, string, int>();
            foreach (string way in ScriptedServer.Ways)
            {
                foreach (string source in new[] { "relay", "auth", "intercept", "error upstream" })
                {
                    foreach (
                        (string method, int status) in new[]
                        {
                            ("HEAD", 200),
                            ("HEAD", 403),
                            ("GET", 204),
                            ("GET", 304),
                            ("HEAD", 304),
                            ("POST", 204),
                        }
                    )
                    {
                        // An auth server has a URL, and its 2xx passes; what is intercepted gets a page of its own.
                        if (
                            !(source == "auth" && way == "unix")
                            && !(source == "auth" && status < 300)
                            && !(source is "intercept" && status is 204 or 304)
                        )
                        {
                            grid.Add(way, source, method, status);
                        }
                    }
                }
            }

            return grid;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task It_has_no_body_and_the_next_response_is_whole(string way, string source, string method, int status)
    {
        await using ScriptedServer server = ScriptedServer.Start(
            way,
            s => s.RespondAsync(status, status is 204 or 304 ? "" : "a body of some length", [])
        );
        await using ScriptedServer good = ScriptedServer.Answering("http", 200, "next");
        string down = $"http://127.0.0.1:{FreePort.Next()}";
        string route = source switch
        {
            "auth" => $$"""{ path: /, forward_auth: { url: "{{server.Url}}/check" }, respond: { status: 200, body: secret } }""",
            "intercept" =>
                $$"""{ path: /, proxy: "{{server.Url}}", errors: { intercept: [2xx, 4xx], "2xx": { body: "the page" }, "4xx": { body: "the page" } } }""",
            "error upstream" => $$"""{ path: /, proxy: "{{down}}", errors: { "5xx": { proxy: "{{server.Url}}" } } }""",
            _ => $$"""{ path: /, proxy: "{{server.Url}}" }""",
        };
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /next, proxy: "{{good.Url}}" }
                  - {{route}}
            """
        );
        using RawClient client = proxy.Connect();

        for (int i = 0; i < 2; i++)
        {
            await client.SendAsync(
                $"{method} / HTTP/1.1\r\nHost: a\r\n{(method == "POST" ? "Content-Length: 0\r\n" : "")}\r\nGET /next HTTP/1.1\r\n"
                    + $"Host: a\r\n\r\n"
            );
            Assert.Equal(status, (await client.ReadResponseAsync(isHead: true)).Status);
            Assert.Equal((200, "next"), await client.ReadResponseAsync() is var next ? (next.Status, next.Body) : default);
        }
    }

    [Theory]
    [InlineData("http")]
    [InlineData("h2c")]
    public async Task An_auth_server_that_refuses_is_relayed_whole_on_a_connection_that_goes_on(string way)
    {
        await using ScriptedServer auth = ScriptedServer.Answering(
            way,
            401,
            "log in",
            ("WWW-Authenticate", "Basic realm=\"a\""),
            ("X-Own", "1")
        );
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes: [{ path: /, forward_auth: { url: "{{auth.Url}}/check" }, respond: { status: 200, body: secret } }]
            """
        );
        using RawClient client = proxy.Connect();

        foreach (string method in new[] { "GET", "POST", "HEAD", "GET" })
        {
            await client.SendAsync($"{method} / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            RawResponse response = await client.ReadResponseAsync(isHead: method == "HEAD");
            Assert.Equal(
                (401, "Basic realm=\"a\"", "1", "6"),
                (response.Status, response.Field("WWW-Authenticate"), response.Field("X-Own"), response.Field("Content-Length"))
            );
            Assert.Equal(method == "HEAD" ? "" : "log in", response.Body);
        }
    }

    [Theory]
    [InlineData("http")]
    [InlineData("h2c")]
    public async Task An_intercepted_401_keeps_its_challenges(string way)
    {
        await using ScriptedServer server = ScriptedServer.Answering(
            way,
            401,
            "own page",
            ("WWW-Authenticate", "Bearer"),
            ("WWW-Authenticate", "Basic realm=\"a\""),
            ("X-Own", "1")
        );
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes: [{ path: /, proxy: "{{server.Url}}", errors: { intercept: [401], "401": { body: "the page" } } }]
            """
        );

        RawResponse response = await proxy.GetAsync("/");

        Assert.Equal((401, "the page", 0), (response.Status, response.Body, response.All("X-Own").Length));
        Assert.Equal(["Bearer", "Basic realm=\"a\""], response.All("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("POST", "", "0")]
    [InlineData("PUT", "", "0")]
    [InlineData("PATCH", "", "0")]
    [InlineData("POST", "Content-Length: 0\r\n", "0")]
    [InlineData("GET", "", null)]
    [InlineData("DELETE", "", null)]
    public async Task A_request_without_a_body_says_so_where_its_method_has_one(string method, string fields, string? length)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        Assert.Equal(200, (await proxy.AskAsync($"{method} / HTTP/1.1\r\nHost: a\r\n{fields}\r\n")).Status);

        Assert.Equal((length, null), (backend.Request.Field("Content-Length"), backend.Request.Field("Transfer-Encoding")));
    }

    [Fact]
    public async Task An_offer_to_upgrade_is_passed_with_101_alone()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nUpgrade: h2,h2c\r\nConnection: Upgrade\r\nContent-Length: 2\r\n\r\nok"
        );
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        RawResponse response = await proxy.GetAsync("/");

        Assert.Equal((0, 0), (response.All("Upgrade").Length, response.All("Connection").Length));
    }
}
