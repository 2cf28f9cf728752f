using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Attacks;

/// <summary>A client that says itself what only a proxy or an auth server may say.</summary>
public sealed class ForgedIdentityTests
{
    [Fact]
    public async Task An_auth_server_hears_of_the_request_from_the_proxy_alone()
    {
        await using Backend auth = new();
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(
            backend,
            $$"""forward_auth: { url: "http://127.0.0.1:{{auth.Port}}/verify" }"""
        );

        await proxy.AskAsync(
            "DELETE /private HTTP/1.1\r\nHost: a.test\r\nX-Forwarded-Uri: /public\r\nX_Forwarded_Uri: /public\r\n"
                + "X-Forwarded-Method: GET\r\nx_forwarded-method: GET\r\nConnection: X-Forwarded-Uri, X-Forwarded-Method\r\n\r\n"
        );

        Assert.Equal("/private", Assert.Single(auth.Request.All("X-Forwarded-Uri")));
        Assert.Equal("DELETE", Assert.Single(auth.Request.All("X-Forwarded-Method")));
        Assert.DoesNotContain("/public", auth.Request.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("GET\r\n", auth.Request.Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nRemote-User: bob\r\nContent-Length: 0\r\n\r\n", "bob")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", null)]
    public async Task Nobody_but_the_auth_server_says_who_the_user_is(string response, string? user)
    {
        await using Backend auth = Backend.Answering(response);
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(
            backend,
            $$"""forward_auth: { url: "http://127.0.0.1:{{auth.Port}}/verify", copy_headers: [Remote-User] }"""
        );

        await proxy.GetAsync("/", fields: "Remote-User: root\r\nRemote_User: root\r\nREMOTE_USER: root\r\nConnection: Remote-User\r\n");

        Assert.Equal(user, backend.Request.Field("Remote-User"));
        Assert.DoesNotContain("root", backend.Request.Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-Port")]
    [InlineData("X-Forwarded-Ssl")]
    [InlineData("X-Forwarded-Scheme")]
    [InlineData("X-Forwarded-Prefix")]
    [InlineData("X-Forwarded-Server")]
    [InlineData("Front-End-Https")]
    public async Task What_proxies_say_beside_the_address_is_a_trusted_one_s_alone(string name)
    {
        await using Backend backend = new();
        await using TestProxy stranger = await TestProxy.BeforeAsync(backend);
        await using TestProxy trusted = await TestProxy.StartAsync(
            $$"""
            trusted_proxies: [127.0.0.1]
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{backend.Port}}" }]
            """
        );
        string fields = $"{name}: forged\r\n{name.ToLowerInvariant().Replace('-', '_')}: forged\r\n";

        await stranger.GetAsync("/", fields: fields);
        await trusted.GetAsync("/", fields: fields + $"Connection: {name}\r\n");

        Assert.Equal(2, backend.Requests.Count);
        Assert.DoesNotContain("forged", backend.Requests.First().Head, StringComparison.Ordinal);
        Assert.Equal("forged", backend.Requests.Last().Field(name));
        Assert.DoesNotContain("_", backend.Requests.Last().Head, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connection: Remote-User\r\n")]
    [InlineData("Connection: X-Set, Authorization, close\r\n")]
    public async Task No_client_removes_what_a_rule_sets(string fields)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(
            backend,
            "headers: { request: { set: { X-Set: mine, Remote-User: nobody } } }"
        );

        await proxy.GetAsync("/", fields: fields);

        Assert.Equal(("mine", "nobody"), (backend.Request.Field("X-Set"), backend.Request.Field("Remote-User")));
    }

    [Theory]
    [InlineData("http://a.test/", "b.test")]
    [InlineData("http://a.test:80/", "evil.test, a.test")]
    [InlineData("HTTP://A.TEST/", "b.test")]
    public async Task The_host_that_was_routed_by_is_the_host_that_the_upstream_sees(string target, string host)
    {
        await using Backend a = new();
        await using Backend b = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - { host: a.test, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{a.Port}}" }
              - { host: b.test, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{b.Port}}" }
            """
        );

        RawResponse response = await proxy.GetAsync(target, host);

        Assert.Empty(b.Requests);
        Assert.True(
            response.Status == 400 || a.Request.All("Host").Single().StartsWith("a.test", StringComparison.OrdinalIgnoreCase),
            response.Head
        );
    }
}
