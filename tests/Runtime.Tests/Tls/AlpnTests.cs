using System.Net.Security;
using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http2RawClient;

namespace Confgen.Runtime.Tests.Tls;

/// <summary>The protocol is agreed on within the handshake (RFC 7301).</summary>
public sealed class AlpnTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Clients_that_know_HTTP_2_get_it()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync($"http://127.0.0.1:{backend.Port}");
        var (_, _, tls) = await TlsClients.ConnectAsync(
            proxy.Port,
            "a.test",
            null,
            SslApplicationProtocol.Http2,
            SslApplicationProtocol.Http11
        );
        Assert.Equal(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);
        using Http2RawClient client = await OverAsync(tls);

        await client.SendAsync(
            Headers,
            EndHeaders | EndStream,
            1,
            Block((":method", "GET"), (":scheme", "https"), (":authority", "a.test"), (":path", "/a%2Fb?"))
        );

        Assert.Equal(200, await client.StatusAsync(1));
        Assert.Equal(
            ("GET /a%2Fb? HTTP/1.1", "a.test", "https"),
            (backend.Request.Line, backend.Request.Field("Host"), backend.Request.Field("X-Forwarded-Proto"))
        );
    }

    [Fact]
    public async Task A_request_for_another_site_on_the_same_connection_is_421()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync($"http://127.0.0.1:{backend.Port}");
        var (_, _, tls) = await TlsClients.ConnectAsync(proxy.Port, "a.test", null, SslApplicationProtocol.Http2);
        using Http2RawClient client = await OverAsync(tls);

        await client.SendAsync(
            Headers,
            EndHeaders | EndStream,
            1,
            Block((":method", "GET"), (":scheme", "https"), (":authority", "b.test"), (":path", "/"))
        );

        Assert.Equal(421, await client.StatusAsync(1));
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("http/1.1")]
    [InlineData("")]
    public async Task Others_get_HTTP_1_1(string offered)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync($"http://127.0.0.1:{backend.Port}");
        var (client, _, tls) = await TlsClients.ConnectAsync(
            proxy.Port,
            "a.test",
            null,
            offered.Length > 0 ? [new SslApplicationProtocol(offered)] : []
        );
        Assert.NotEqual(SslApplicationProtocol.Http2, tls.NegotiatedApplicationProtocol);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        client.Dispose();
    }

    [Fact]
    public async Task GRPC_reaches_a_server_behind_https_with_its_trailers()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nTrailer: grpc-status\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n"
                + "\0\0\0\0\0\r\n0\r\ngrpc-status: 0\r\n\r\n"
        );
        await using TestProxy server = await StartAsync($"http://127.0.0.1:{backend.Port}");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams:
              app: { servers: ["https://127.0.0.1:{{server.Port}}"], tls: { ca: {{_certificates.Authority}}, server_name: a.test } }
            sites:
              - { host: _, listen: ["127.0.0.1:PORT"], http2: true, proxy: app }
            """
        );
        using Http2RawClient client = await ToAsync(proxy.Port);

        await client.SendAsync(
            Headers,
            EndHeaders,
            1,
            Request("/pkg.Service/Call", "POST", more: [("content-type", "application/grpc"), ("te", "trailers")])
        );
        await client.SendAsync(Data, EndStream, 1, [0, 0, 0, 0, 0]);
        Frame head = (await client.NextAsync(Headers, Reset))!;
        Frame trailers = (await client.NextAsync(Headers, Reset))!;

        Assert.Equal((Headers, 200), (head.Type, StatusOf(head.Payload)));
        Assert.Equal(Headers, trailers.Type);
        Assert.Contains("grpc-status", System.Text.Encoding.Latin1.GetString(trailers.Payload), StringComparison.Ordinal);
        Assert.Equal(("POST /pkg.Service/Call HTTP/1.1", "https"), (backend.Request.Line, backend.Request.Field("X-Forwarded-Proto")));
    }

    private Task<TestProxy> StartAsync(string server)
    {
        (string cert, string key) = _certificates.Issue("a.test");
        (string otherCert, string otherKey) = _certificates.Issue("b.test");
        return TestProxy.StartAsync(
            $$"""
            sites:
              - { host: [a.test, 127.0.0.1], listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, redirect_http: false, proxy: "{{server}}" }
              - { host: b.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{otherCert}}, key: {{otherKey}} }, redirect_http: false, proxy: "{{server}}" }
              - { host: _, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, redirect_http: false, proxy: "{{server}}" }
            """
        );
    }
}
