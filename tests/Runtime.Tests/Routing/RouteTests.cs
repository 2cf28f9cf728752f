using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Routing;

public sealed class RouteTests
{
    [Fact]
    public async Task Site_and_route_are_chosen_by_the_contract_s_rules()
    {
        await using TestProxy proxy = await TestProxy.StartAsync(
            """
            sites:
              - host: a.test
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /, respond: { body: root } }
                  - { path: /api, respond: { body: api } }
                  - { path: /api, match: { method: [PUT] }, respond: { body: put } }
                  - { exact: /api/x, respond: { body: exact } }
                  - { regex: '\.js$', respond: { body: js } }
              - { host: "*.b.test", listen: ["127.0.0.1:PORT"], routes: [{ path: /only, respond: { body: wild } }] }
            """
        );

        foreach (
            (string host, string target, string body) in new[]
            {
                ("a.test", "/", "root"),
                ("A.TEST:80", "/apifoo", "root"),
                ("a.test", "/api", "api"),
                ("a.test", "//api/y", "api"),
                ("a.test", "/api/x", "exact"),
                ("a.test", "/api/x.js", "js"),
                ("x.b.test", "/only/x", "wild"),
            }
        )
        {
            Assert.Equal(body, (await proxy.GetAsync(target, host)).Body);
        }

        Assert.Equal("put", (await proxy.AskAsync("PUT /api HTTP/1.1\r\nHost: a.test\r\n\r\n")).Body);
        Assert.Equal(404, (await proxy.GetAsync("/", "x.b.test")).Status);
        Assert.Equal(404, (await proxy.GetAsync("/", "nobody.test")).Status);
    }

    [Theory]
    [InlineData("Upgrade", "websocket", "Connection: Upgrade\r\nUpgrade: websocket\r\n")]
    [InlineData("Upgrade", "*", "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n")]
    [InlineData("Connection", "*Upgrade*", "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n")]
    [InlineData("Connection", "close", "Connection: close\r\n")]
    [InlineData("TE", "trailers", "Connection: TE\r\nTE: trailers\r\n")]
    [InlineData("X-Beta", "1", "Connection: X-Beta\r\nX-Beta: 1\r\n")]
    public async Task A_condition_on_a_hop_by_hop_field_sees_it_and_the_upstream_does_not(string name, string value, string fields)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /, match: { header: { {{name}}: "{{value}}" } }, websocket: false, proxy: "http://127.0.0.1:{{backend.Port}}" }
                  - { path: /, respond: other }
            """
        );

        Assert.Equal("other", (await proxy.GetAsync("/")).Body);
        Assert.Equal("ok", (await proxy.GetAsync("/", fields: fields)).Body);
        Assert.Empty(backend.Request.All(name));
    }

    [Fact]
    public async Task Rules_on_fields_hold_for_every_answer_errors_included()
    {
        await using Backend backend = Backend.Answering("HTTP/1.1 200 OK\r\nServer: x\r\nX-Old: 1\r\nContent-Length: 0\r\n\r\n");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                headers: { response: { set: { X-Frame-Options: DENY, X-Old: site }, remove: [Server] } }
                routes:
                  - path: /
                    proxy: http://127.0.0.1:{{backend.Port}}
                    cache_control: no-store
                    headers: { request: { set: { X-Id: "{request_id}", X-Uri: "{uri}" }, remove: [Cookie] }, response: { add: { X-Old: route } } }
                  - { path: /down, proxy: "http://127.0.0.1:{{FreePort.Next()}}" }
            """
        );

        RawResponse response = await proxy.GetAsync("/x?y", fields: "Cookie: a=b\r\nX-Id: forged\r\n");
        RawResponse error = await proxy.GetAsync("/down");

        Assert.Equal(
            ("DENY", null, "no-store"),
            (response.Field("X-Frame-Options"), response.Field("Server"), response.Field("Cache-Control"))
        );
        Assert.Equal(["site", "route"], response.All("X-Old"));
        Assert.Equal((502, "DENY"), (error.Status, error.Field("X-Frame-Options")));
        Assert.Equal(
            (32, "/x?y", null),
            (backend.Request.Field("X-Id")!.Length, backend.Request.Field("X-Uri"), backend.Request.Field("Cookie"))
        );
    }

    [Fact]
    public async Task Targets_are_rewritten_and_redirects_keep_them()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /api, proxy: "http://127.0.0.1:{{backend.Port}}", strip_prefix: true }
                  - { path: /old, redirect: { to: "https://new.test{uri}", status: 301 } }
            """
        );

        await proxy.GetAsync("//%61pi/a%2Fb//c?d");
        RawResponse moved = await proxy.GetAsync("/old/a%2Fb?c");

        Assert.Equal("/a%2Fb//c?d", backend.Request.Target);
        Assert.Equal((301, "https://new.test/old/a%2Fb?c"), (moved.Status, moved.Field("Location")));
    }

    [Fact]
    public async Task Errors_have_their_pages()
    {
        await using Backend other = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother");
        await using Backend failing = Backend.Answering("HTTP/1.1 500 No\r\nContent-Length: 3\r\n\r\nbad");
        string page = Path.GetTempFileName();
        await File.WriteAllTextAsync(page, "maintenance");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /file, proxy: "http://127.0.0.1:{{FreePort.Next()}}", errors: { 502: { file: {{page}}, status: 503 } } }
                  - { path: /other, proxy: "http://127.0.0.1:{{FreePort.Next()}}", errors: { 5xx: { proxy: "http://127.0.0.1:{{other.Port}}" } } }
                  - { path: /intercepted, proxy: "http://127.0.0.1:{{failing.Port}}", errors: { 5xx: { body: sorry }, intercept: [5xx] } }
                  - { path: /passed, proxy: "http://127.0.0.1:{{failing.Port}}", errors: { 5xx: { body: sorry } } }
            """
        );

        RawResponse file = await proxy.GetAsync("/file");
        RawResponse elsewhere = await proxy.AskAsync("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
        RawResponse intercepted = await proxy.GetAsync("/intercepted");
        RawResponse passed = await proxy.GetAsync("/passed");
        File.Delete(page);

        Assert.Equal((503, "maintenance"), (file.Status, file.Body));
        Assert.Equal((200, "other", "body"), (elsewhere.Status, elsewhere.Body, other.Request.Body));
        Assert.Equal((500, "sorry"), (intercepted.Status, intercepted.Body));
        Assert.Equal((500, "bad"), (passed.Status, passed.Body));
    }

    [Fact]
    public async Task Plain_requests_for_a_site_with_TLS_are_sent_to_https()
    {
        using var certificates = new Certificates();
        (string cert, string key) = certificates.Issue("a.test");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - { host: a.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, redirect_http: { port: PORT2 }, routes: [{ path: /, respond: { body: a } }] }
            """
        );
        using RawClient client = RawClient.To(proxy.Port2);
        await client.SendAsync("GET /x%2Fy?z HTTP/1.1\r\nHost: a.test:80\r\n\r\n");

        RawResponse response = await client.ReadResponseAsync();

        Assert.Equal((308, $"https://a.test:{proxy.Port}/x%2Fy?z"), (response.Status, response.Field("Location")));
    }
}
