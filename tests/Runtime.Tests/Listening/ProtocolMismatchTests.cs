using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Listening;

/// <summary>Clients that speak something else than the listener expects get a response that a person can read, at once.</summary>
public sealed class ProtocolMismatchTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("get / HTTP/1.0\r\n\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public async Task Plain_HTTP_on_a_TLS_port_is_400(string request)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync(request);

        RawResponse response = await client.ReadResponseAsync();
        Assert.Equal((400, "close"), (response.Status, response.Field("Connection")));
        Assert.NotNull(response.Field("Date"));
        Assert.Empty(backend.Requests);
        var (tls, _, _) = await TlsClients.ConnectAsync(proxy.Port, "a.test");
        await tls.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.Equal(200, (await tls.ReadResponseAsync()).Status);
        tls.Dispose();
    }

    [Theory]
    [InlineData("\u0016\u0003\u0001\u0000\u0005hello")]
    [InlineData("\u0080\u0000\u0001")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public async Task What_is_neither_ends_the_connection(string bytes)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync(backend);
        using RawClient client = proxy.Connect();

        await client.SendAsync(bytes);
        client.EndSending();

        Assert.DoesNotContain("HTTP", await client.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("GET /\r\n", 400)]
    [InlineData("GET / \r\n", 400)]
    [InlineData("GET\r\n", 400)]
    [InlineData("GET / HTTP/2.0\r\n", 505)]
    [InlineData("GET / HTTP/1.1 x\r\n", 400)]
    [InlineData("G(T / HTTP/1.1\r\n", 400)]
    [InlineData("CONNECT a.test:443 HTTP/1.1\r\n", 400)]
    public async Task A_first_line_that_no_field_could_save_is_refused_at_once(string line, int status)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);
        using RawClient client = proxy.Connect();

        // No empty line follows, so that a server that reads a whole head first would wait for it.
        await client.SendAsync(line);

        Assert.Equal(status, (await client.ReadResponseAsync()).Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task An_upstream_that_is_discovered_does_not_keep_the_proxy_from_ending()
    {
        await using TestProxy proxy = await TestProxy.StartAsync(
            """
            upstreams: { app: { discover: { srv: _api._tcp.example.test } } }
            sites: [{ host: _, listen: ["127.0.0.1:PORT"], proxy: app }]
            """,
            new ProxyOptions { DnsServers = [new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, FreePort.Next())] }
        );

        // As at SIGTERM: an end that may take a while, and then the end of the program.
        await proxy.Server.StopAsync(TimeSpan.FromSeconds(1));
        await proxy.Server.DisposeAsync();
    }

    private Task<TestProxy> StartAsync(Backend backend)
    {
        (string cert, string key) = _certificates.Issue("a.test");
        return TestProxy.StartAsync(
            $$"""
            sites: [{ host: a.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, redirect_http: false, hsts: true, proxy: "http://127.0.0.1:{{backend.Port}}" }]
            """
        );
    }
}
