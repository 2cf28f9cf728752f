using System.Net.Sockets;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Routing;

/// <summary>Whom the proxy believes, and what it makes of what it is told.</summary>
public sealed class TrustTests
{
    [Theory]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("10.1.2.3:5555", "10.1.2.3")]
    [InlineData("[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1")]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3")]
    [InlineData("::FFFF:0a01:0203", "10.1.2.3")]
    [InlineData("[::ffff:10.1.2.3]:1", "10.1.2.3")]
    [InlineData("9.9.9.9, 10.1.2.3 , 127.0.0.1", "10.1.2.3")]
    [InlineData("unknown", "127.0.0.1")]
    [InlineData("10.1.2.3:x", "127.0.0.1")]
    [InlineData("10.1", "127.0.0.1")]
    public async Task An_address_means_the_same_in_every_spelling(string list, string client)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            trusted_proxies: [127.0.0.1]
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /, proxy: "http://127.0.0.1:{{backend.Port}}" }
                  - { path: /denied, proxy: "http://127.0.0.1:{{backend.Port}}", deny: [10.0.0.0/8, "2001:db8::/32"] }
            """
        );

        await proxy.GetAsync("/", fields: $"X-Forwarded-For: {list}\r\n");
        RawResponse denied = await proxy.GetAsync("/denied", fields: $"X-Forwarded-For: {list}\r\n");

        Assert.Equal(client, backend.Requests.First().Field("X-Real-IP"));
        Assert.Equal(client == "127.0.0.1" ? 200 : 403, denied.Status);
    }

    [Theory]
    [InlineData("[unix]", true)]
    [InlineData("unix", true)]
    [InlineData("[unix, 10.0.0.0/8]", true)]
    [InlineData("[127.0.0.1]", false)]
    [InlineData("[\"::1\", 127.0.0.0/8]", false)]
    [InlineData("[]", false)]
    public async Task A_peer_on_a_unix_socket_is_believed_where_the_spec_says_unix(string trusted, bool isBelieved)
    {
        string folder = Directory.CreateTempSubdirectory("confgen-unix-").FullName;
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            trusted_proxies: {{trusted}}
            sites: [{ host: _, listen: ["unix:{{folder}}/s"], proxy: "http://127.0.0.1:{{backend.Port}}" }]
            """
        );
        using RawClient client = RawClient.To(new UnixDomainSocketEndPoint(folder + "/s"));

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nX-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\n\r\n");

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Equal(
            isBelieved ? ("9.9.9.9", "https") : (null, "http"),
            (backend.Request.Field("X-Real-IP"), backend.Request.Field("X-Forwarded-Proto"))
        );
        Assert.Equal(isBelieved ? "9.9.9.9" : null, backend.Request.Field("X-Forwarded-For"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_peer_with_an_address_is_not_believed_for_unix()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            trusted_proxies: unix
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: "http://127.0.0.1:{{backend.Port}}" }]
            """
        );

        await proxy.GetAsync("/", fields: "X-Forwarded-For: 9.9.9.9\r\n");

        Assert.Equal("127.0.0.1", backend.Request.Field("X-Real-IP"));
    }
}
