using System.Net;
using System.Net.Http.Headers;
using System.Net.Quic;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Http3;

/// <summary>HTTP/3 over the platform's QUIC, where it has one; everything above it is tested without.</summary>
public sealed class QuicTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [QuicFact]
    public async Task Requests_pass_both_ways()
    {
        string large = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i:d8}"));
        await using Backend backend = new(async c =>
        {
            while (true)
            {
                BackendRequest request = await c.ReadRequestAsync();
                await c.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {request.Body.Length}\r\n\r\n{request.Body}");
            }
        });
        await using TestProxy proxy = await StartAsync(backend);
        using HttpClient client = Client();

        using HttpResponseMessage response = await client.PostAsync(new Uri($"https://localhost:{proxy.Port}/"), new StringContent(large));
        using HttpResponseMessage second = await client.GetAsync(new Uri($"https://localhost:{proxy.Port}/"));

        Assert.Equal(large, await response.Content.ReadAsStringAsync());
        Assert.Equal((200, HttpVersion.Version30), ((int)second.StatusCode, second.Version));
        Assert.True(Assert.Single(proxy.Server.Addresses).IsHttp3);
        Assert.Equal(1, proxy.Server.Http3.Count);
    }

    [Fact]
    public async Task Clients_of_other_protocols_are_told_where_it_is()
    {
        await using Backend backend = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nAlt-Svc: h3=\":1\"\r\n\r\nok");
        await using TestProxy proxy = await StartAsync(backend);
        using HttpClient client = Client(HttpVersion.Version20);
        (RawClient raw, _, _) = await TlsClients.ConnectAsync(proxy.Port, "localhost");
        using RawClient http1 = raw;
        foreach (string path in new[] { "/", "/none", "/other" })
        {
            string[] expected =
                path == "/other" ? ["clear"]
                : QuicListener.IsSupported ? [$"h3=\":{proxy.Port}\"; ma=86400"]
                : path == "/" ? ["h3=\":1\""]
                : [];
            await http1.SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
            Assert.Equal(expected, (await http1.ReadResponseAsync()).All("Alt-Svc"));

            // The platform's client takes the field apart, and leaves the usual age out.
            using HttpResponseMessage response = await client.GetAsync(new Uri($"https://localhost:{proxy.Port}{path}"));
            string[] told = response.Headers.NonValidated.TryGetValues("Alt-Svc", out HeaderStringValues values) ? [.. values] : [];
            Assert.Equal(expected.Select(e => e.Split(';')[0]), told);
        }
    }

    [QuicFact]
    public async Task A_port_that_another_program_has_is_told()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)other.LocalEndPoint!).Port;
        await using var server = new ProxyServer(new ProxyOptions());
        (string cert, string key) = _certificates.Issue("localhost");

        IReadOnlyList<StartFailure> failures = await server.ServeAsync(
            Specs.Read(
                $$"""
                sites: [{ host: localhost, listen: ["127.0.0.1:{{port}}"], tls: { cert: {{cert}}, key: {{key}} }, http3: true, redirect_http: false, respond: ok }]
                """
            )
        );

        Assert.Equal($"127.0.0.1:{port}: another program listens there already (UDP, for HTTP/3)", Assert.Single(failures).Message);
    }

    [QuicFact]
    public async Task A_reload_keeps_connections_and_takes_HTTP_3_away_and_brings_it_back()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync(backend);
        using HttpClient client = Client();
        var url = new Uri($"https://localhost:{proxy.Port}/");
        Assert.Equal("ok", await client.GetStringAsync(url));

        Assert.Empty(await proxy.Server.ServeAsync(Specs.Read(TestProxy.Fill(Spec(backend), proxy.Port, proxy.Port2))));
        Assert.Equal("ok", await client.GetStringAsync(url));
        Assert.Equal(1, proxy.Server.Http3.Count);

        Assert.Empty(await proxy.Server.ServeAsync(Specs.Read(TestProxy.Fill(Spec(backend, http3: false), proxy.Port, proxy.Port2))));
        await Eventually.TrueAsync(() => proxy.Server.Http3.Count == 0, "the connection ends");
        Assert.False(Assert.Single(proxy.Server.Addresses).IsHttp3);

        Assert.Empty(await proxy.Server.ServeAsync(Specs.Read(TestProxy.Fill(Spec(backend), proxy.Port, proxy.Port2))));
        Assert.Equal("ok", await client.GetStringAsync(url));
    }

    [QuicFact]
    public async Task A_certificate_of_the_client_is_asked_for()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await StartAsync(backend, $", client_ca: {_certificates.Authority}");
        (string cert, string key) = _certificates.Issue("somebody", client: true);
        using var own = X509Certificate2.CreateFromPemFile(cert, key);
        using HttpClient stranger = Client();
        using HttpClient known = Client(own: own);
        var url = new Uri($"https://localhost:{proxy.Port}/");

        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetStringAsync(url));
        Assert.Equal("ok", await known.GetStringAsync(url));
    }

    [QuicFact]
    public async Task A_site_without_HTTP_3_is_not_reached_by_it()
    {
        (string cert, string key) = _certificates.Issue("localhost");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - { host: localhost, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, redirect_http: false, respond: none }
              - { host: b.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, http3: true, redirect_http: false, respond: ok }
            """
        );
        using HttpClient client = Client();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(new Uri($"https://localhost:{proxy.Port}/")));
        using var named = new HttpRequestMessage(HttpMethod.Get, new Uri($"https://localhost:{proxy.Port}/"))
        {
            Version = HttpVersion.Version30,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        named.Headers.Host = "b.test";
        using HttpResponseMessage response = await client.SendAsync(named);
        Assert.Equal("ok", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Where_it_cannot_be_that_is_told()
    {
        string folder = Directory.CreateTempSubdirectory("confgen-test-").FullName;
        try
        {
            (string cert, string key) = _certificates.Issue("localhost");
            var notices = new List<string>();
            await using var server = new ProxyServer(new ProxyOptions { Notice = notices.Add });

            Assert.Empty(
                await server.ServeAsync(
                    Specs.Read(
                        $$"""
                        sites: [{ host: localhost, listen: ["unix:{{folder}}/s"], tls: { cert: {{cert}}, key: {{key}} }, http3: true, redirect_http: false, respond: ok }]
                        """
                    )
                )
            );

            Assert.Contains(QuicListener.IsSupported ? "it needs UDP" : "libmsquic", Assert.Single(notices), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HttpClient Client(Version? version = null, X509Certificate2? own = null)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null;
        if (own is not null)
        {
            handler.SslOptions.ClientCertificates = [own];
        }

        return new HttpClient(handler)
        {
            DefaultRequestVersion = version ?? HttpVersion.Version30,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    private Task<TestProxy> StartAsync(Backend backend, string tls = "") => TestProxy.StartAsync(Spec(backend, tls: tls));

    private string Spec(Backend backend, bool http3 = true, string tls = "")
    {
        (string cert, string key) = _certificates.Issue("localhost");
        return $$"""
            sites:
              - host: localhost
                listen: ["127.0.0.1:PORT"]
                tls: { cert: {{cert}}, key: {{key}}{{tls}} }
                http3: {{(http3 ? "true" : "false")}}
                redirect_http: false
                routes:
                  - { path: /, proxy: "http://127.0.0.1:{{backend.Port}}", max_body: 10MB }
                  - { path: /none, respond: { status: 404 } }
                  - { path: /other, respond: ok, headers: { response: { set: { Alt-Svc: clear } } } }
            """;
    }
}
