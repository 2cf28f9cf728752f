using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Routing;

/// <summary><c>cache_control</c> holds for what may be kept: an error page that a browser keeps for a year outlives its cause.</summary>
public sealed class CacheControlTests
{
    [Theory]
    [InlineData(200, "max-age=9")]
    [InlineData(201, "max-age=9")]
    [InlineData(204, "max-age=9")]
    [InlineData(206, "max-age=9")]
    [InlineData(301, "max-age=9")]
    [InlineData(304, "max-age=9")]
    [InlineData(308, "max-age=9")]
    [InlineData(300, "private")]
    [InlineData(400, "private")]
    [InlineData(404, "private")]
    [InlineData(500, "private")]
    [InlineData(503, "private")]
    public async Task It_holds_for_success_and_redirects_alone(int status, string expected)
    {
        await using Backend backend = Backend.Answering(
            $"HTTP/1.1 {status} X\r\nCache-Control: private\r\n{(status is 204 or 304 ? "" : "Content-Length: 0\r\n")}\r\n"
        );
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "cache_control: max-age=9");

        Assert.Equal(expected, (await proxy.GetAsync("/")).Field("Cache-Control"));
    }

    [Fact]
    public async Task It_never_holds_for_the_proxy_s_own_errors()
    {
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - { path: /dead, proxy: "http://127.0.0.1:{{FreePort.Next()}}", cache_control: max-age=9, errors: { 502: { body: sorry } } }
                  - { path: /gone, respond: { status: 410, body: gone }, cache_control: max-age=9 }
                  - { path: /there, respond: there, cache_control: max-age=9 }
                  - { path: /moved, redirect: /there, cache_control: max-age=9 }
            """
        );

        Assert.Equal((502, null), Of(await proxy.GetAsync("/dead")));
        Assert.Equal((410, null), Of(await proxy.GetAsync("/gone")));
        Assert.Equal((200, "max-age=9"), Of(await proxy.GetAsync("/there")));
        Assert.Equal((308, "max-age=9"), Of(await proxy.GetAsync("/moved")));

        static (int, string?) Of(RawResponse response) => (response.Status, response.Field("Cache-Control"));
    }
}
