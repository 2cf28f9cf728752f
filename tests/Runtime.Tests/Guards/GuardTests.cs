using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Guards;

public sealed class GuardTests
{
    private const string Hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"; // U*U

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Basic YWxpY2U6VSpV", 200)] // alice:U*U
    [InlineData("basic YWxpY2U6VSpV", 200)]
    [InlineData("Basic YWxpY2U6VSpW", 401)] // alice:U*V
    [InlineData("Basic Ym9iOlUqVQ==", 401)] // bob:U*U
    [InlineData("Basic !!!", 401)]
    [InlineData("Bearer YWxpY2U6VSpV", 401)]
    public async Task Basic_auth_asks_for_a_user_and_a_password(string? authorization, int status)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(
            backend,
            $$"""basic_auth: { realm: the realm, users: { alice: "{{Hash}}" } }"""
        );

        for (int i = 0; i < 2; i++)
        {
            RawResponse response = await proxy.GetAsync("/", fields: authorization is null ? "" : $"Authorization: {authorization}\r\n");

            Assert.Equal(status, response.Status);
            Assert.Equal(status == 401 ? "Basic realm=\"the realm\"" : null, response.Field("WWW-Authenticate"));
        }

        Assert.Equal(status == 200 ? 2 : 0, backend.Requests.Count);
    }

    /// <summary>Spellings that some upstream could take for /private, each against the guard of /private and nothing before /.</summary>
    [Theory]
    [InlineData("/private")]
    [InlineData("/private/")]
    [InlineData("/private/x")]
    [InlineData("//private")]
    [InlineData("/./private")]
    [InlineData("/%70rivate")]
    [InlineData("/private%2Fx")]
    [InlineData("/%2Fprivate")]
    [InlineData("/%2e/private")]
    [InlineData("/a/../private")]
    [InlineData("/a/%2e%2e/private")]
    [InlineData("/a/..%2fprivate")]
    [InlineData("/a\\..\\private")]
    [InlineData("/private?x")]
    [InlineData("/private;x")]
    [InlineData("http://a.test/private")]
    [InlineData("http://a.test//private")]
    public async Task A_guard_holds_for_every_spelling_of_its_path(string target)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /, proxy: "http://127.0.0.1:{{backend.Port}}" }
                  - { path: /private, proxy: "http://127.0.0.1:{{backend.Port}}", deny: [127.0.0.0/8] }
                  - { path: "/private;x", proxy: "http://127.0.0.1:{{backend.Port}}", deny: [127.0.0.0/8] }
            """
        );

        RawResponse response = await proxy.GetAsync(target);

        Assert.Contains(response.Status, new[] { 400, 403 });
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task Addresses_are_the_client_s_behind_trusted_proxies()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            trusted_proxies: [127.0.0.0/8]
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes: [{ path: /, proxy: "http://127.0.0.1:{{backend.Port}}", allow: [10.0.0.0/8] }]
            """
        );

        Assert.Equal(200, (await proxy.GetAsync("/", fields: "X-Forwarded-For: 1.1.1.1, 10.1.2.3\r\nX-Forwarded-Proto: https\r\n")).Status);
        Assert.Equal(403, (await proxy.GetAsync("/", fields: "X-Forwarded-For: 10.1.2.3, 1.1.1.1\r\n")).Status);
        Assert.Equal(403, (await proxy.GetAsync("/", fields: "X_Forwarded_For: 10.1.2.3\r\n")).Status);
        Assert.Equal(403, (await proxy.GetAsync("/")).Status);

        Assert.Equal(
            ("1.1.1.1, 10.1.2.3, 127.0.0.1", "10.1.2.3", "https"),
            (backend.Request.Field("X-Forwarded-For"), backend.Request.Field("X-Real-IP"), backend.Request.Field("X-Forwarded-Proto"))
        );
    }

    [Fact]
    public async Task Burst_and_one_pass_at_once_for_each_key()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "rate_limit: { rate: 1/h, burst: 2, key: { header: X-Key } }");
        using RawClient client = proxy.Connect();
        var statuses = new List<int>();
        foreach (string key in new[] { "a", "a", "a", "a", "b", "" })
        {
            await client.SendAsync($"GET / HTTP/1.1\r\nHost: a\r\nX-Key: {key}\r\n\r\n");
            statuses.Add((await client.ReadResponseAsync()).Status);
        }

        Assert.Equal([200, 200, 200, 429, 200, 200], statuses);
    }

    [Fact]
    public async Task An_auth_server_passes_requests_with_its_own_fields()
    {
        await using Backend auth = Backend.Answering("HTTP/1.1 200 OK\r\nRemote-User: alice\r\nContent-Length: 3\r\n\r\nyes");
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(
            backend,
            $$"""forward_auth: { url: "http://127.0.0.1:{{auth.Port}}/verify?a", copy_headers: [Remote-User, Remote-Groups] }"""
        );

        for (int i = 0; i < 2; i++)
        {
            RawResponse response = await proxy.AskAsync(
                "POST /x?y HTTP/1.1\r\nHost: a.test\r\nCookie: c=1\r\nRemote-User: forged\r\nRemote-Groups: admin\r\nContent-Length: 4\r\n"
                    + "\r\nbody"
            );
            Assert.Equal("ok", response.Body);
        }

        BackendRequest asked = auth.Requests.First();
        Assert.Equal(
            ("GET /verify?a HTTP/1.1", "c=1", "POST", "/x?y", "a.test", "http", "127.0.0.1"),
            (
                asked.Line,
                asked.Field("Cookie"),
                asked.Field("X-Forwarded-Method"),
                asked.Field("X-Forwarded-Uri"),
                asked.Field("X-Forwarded-Host"),
                asked.Field("X-Forwarded-Proto"),
                asked.Field("X-Forwarded-For")
            )
        );
        Assert.Null(asked.Field("Content-Length"));
        BackendRequest passed = backend.Requests.First();
        Assert.Equal(("alice", null, "body"), (passed.Field("Remote-User"), passed.Field("Remote-Groups"), passed.Body));
        Assert.Equal(1, auth.Connections);
    }

    [Fact]
    public async Task What_an_auth_server_says_otherwise_is_relayed_whole()
    {
        await using Backend auth = Backend.Answering(
            "HTTP/1.1 302 Found\r\nLocation: https://login.test/\r\nSet-Cookie: s=1\r\nContent-Length: 5\r\n\r\nlogin"
        );
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(
            backend,
            $$"""forward_auth: { url: "http://127.0.0.1:{{auth.Port}}/verify" }"""
        );

        RawResponse response = await proxy.GetAsync("/");

        Assert.Equal(
            (302, "https://login.test/", "s=1", "login"),
            (response.Status, response.Field("Location"), response.Field("Set-Cookie"), response.Body)
        );
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task An_auth_server_that_is_down_lets_nobody_pass()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(
            backend,
            $$"""forward_auth: { url: "http://127.0.0.1:{{FreePort.Next()}}/verify" }"""
        );

        Assert.Equal(502, (await proxy.GetAsync("/")).Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task Preflights_are_answered_and_origins_told()
    {
        await using Backend backend = Backend.Answering("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n");
        await using TestProxy proxy = await TestProxy.BeforeAsync(
            backend,
            """cors: { origins: ["https://app.test"], methods: [GET, PUT], headers: [X-A], credentials: true, max_age: 1h }"""
        );

        RawResponse preflight = await proxy.AskAsync(
            "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://app.test\r\nAccess-Control-Request-Method: PUT\r\n\r\n"
        );
        RawResponse simple = await proxy.GetAsync("/", fields: "Origin: https://app.test\r\n");
        RawResponse foreign = await proxy.AskAsync(
            "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://app.test.evil\r\nAccess-Control-Request-Method: PUT\r\n\r\n"
        );

        Assert.Equal(
            (204, "https://app.test", "GET, PUT", "X-A", "true", "3600"),
            (
                preflight.Status,
                preflight.Field("Access-Control-Allow-Origin"),
                preflight.Field("Access-Control-Allow-Methods"),
                preflight.Field("Access-Control-Allow-Headers"),
                preflight.Field("Access-Control-Allow-Credentials"),
                preflight.Field("Access-Control-Max-Age")
            )
        );
        Assert.Equal("https://app.test", simple.Field("Access-Control-Allow-Origin"));
        Assert.Null(foreign.Field("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", simple.Field("Vary"));
    }
}
