using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Upstreams;

/// <summary>Every way in which a server can say a status, and every kind of request: which go to the next server.</summary>
public sealed class RetryOnTests
{
    private const string Well = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwell";

    public static TheoryData<string> Refusals =>
        [
            "HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nsick",
            "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsick\r\n0\r\n\r\n",
            "HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nsick\r\n",
            "HTTP/1.1 503 No\r\nContent-Length: 100\r\n\r\nsick",
            "HTTP/1.1 103 Early\r\nLink: </x>\r\n\r\nHTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nsick",
            "HTTP/1.1 503 No\r\nConnection: close\r\n\r\nsick",
        ];

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_response_is_replaced_however_it_is_framed(string refusal)
    {
        await using Backend sick = Backend.Answering(refusal);
        await using Backend well = Backend.Answering(Well);
        await using TestProxy proxy = await StartAsync(sick, well);
        foreach (string method in (string[])["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
        {
            RawResponse response = await proxy.AskAsync($"{method} / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

            Assert.Equal((method, 200, method == "HEAD" ? "" : "well"), (method, response.Status, response.Body));
        }

        Assert.Equal((5, 5), (sick.Requests.Count, well.Requests.Count));
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData("PATCH / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")]
    [InlineData("PUT / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")]
    [InlineData("PUT / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1\r\nx\r\n0\r\n\r\n")]
    public async Task A_request_that_cannot_be_sent_again_keeps_its_response(string request)
    {
        await using Backend sick = Backend.Answering("HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nsick");
        await using Backend well = Backend.Answering(Well);
        await using TestProxy proxy = await StartAsync(sick, well);

        RawResponse response = await proxy.AskAsync(request);

        Assert.Equal((503, "sick"), (response.Status, response.Body));
        Assert.Empty(well.Requests);
    }

    [Theory]
    [InlineData(0, 503, 1)]
    [InlineData(1, 503, 2)]
    [InlineData(2, 503, 3)]
    [InlineData(9, 503, 3)]
    public async Task The_last_response_is_the_clients(int retries, int status, int requests)
    {
        await using Backend a = Backend.Answering("HTTP/1.1 503 No\r\nContent-Length: 4\r\nX-Sick: yes\r\n\r\nsick");
        await using Backend b = Backend.Answering("HTTP/1.1 503 No\r\nContent-Length: 4\r\nX-Sick: yes\r\n\r\nsick");
        await using Backend c = Backend.Answering("HTTP/1.1 503 No\r\nContent-Length: 4\r\nX-Sick: yes\r\n\r\nsick");
        await using TestProxy proxy = await StartAsync($"retries: {retries}", a, b, c);

        RawResponse response = await proxy.GetAsync("/");

        Assert.Equal((status, "sick", "yes"), (response.Status, response.Body, response.Field("X-Sick")));
        Assert.Equal(requests, a.Requests.Count + b.Requests.Count + c.Requests.Count);
    }

    [Fact]
    public async Task A_server_that_fails_behind_one_that_refuses_is_the_last_word()
    {
        await using Backend sick = Backend.Answering("HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nsick");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams:
              app:
                servers: ["http://127.0.0.1:{{sick.Port}}", "http://127.0.0.1:{{FreePort.Next()}}"]
                balance: first
                retry_on: 503
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """
        );

        Assert.Equal(502, (await proxy.GetAsync("/")).Status);
    }

    [Fact]
    public async Task Over_HTTP2_a_response_is_replaced_too()
    {
        await using Http2Backend sick = Http2Backend.Answering(503, "sick");
        await using Http2Backend well = Http2Backend.Answering(200, "well");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams:
              app:
                servers: ["h2c://127.0.0.1:{{sick.Port}}", "h2c://127.0.0.1:{{well.Port}}"]
                balance: first
                retry_on: 5xx
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """
        );

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal("well", (await proxy.GetAsync("/")).Body);
        }
    }

    private static Task<TestProxy> StartAsync(params Backend[] servers) => StartAsync("retries: 1", servers);

    private static Task<TestProxy> StartAsync(string upstream, params Backend[] servers) =>
        TestProxy.StartAsync(
            $$"""
            upstreams:
              app:
                servers: [{{string.Join(", ", servers.Select(server => $"\"http://127.0.0.1:{server.Port}\""))}}]
                balance: first
                retry_on: [503]
                {{upstream}}
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """
        );
}
