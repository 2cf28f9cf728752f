using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Tls;

public sealed class TlsTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task The_certificate_is_chosen_by_the_name_asked_for()
    {
        await using TestProxy proxy = await StartTwoAsync();
        foreach (
            (string? asked, string shown) in new[]
            {
                ("a.test", "a.test"),
                ("b.test", "b.test"),
                ("B.TEST", "b.test"),
                ("c.test", "a.test"),
                (null, "a.test"),
            }
        )
        {
            var (client, certificate, _) = await TlsClients.ConnectAsync(proxy.Port, asked);
            Assert.Equal("CN=" + shown, certificate.Subject);
            client.Dispose();
        }
    }

    [Theory]
    [InlineData("a.test", "a.test", 200)]
    [InlineData("a.test", "A.test:443", 200)]
    [InlineData("a.test", "b.test", 421)]
    [InlineData("unknown.test", "b.test", 200)]
    [InlineData(null, "b.test", 200)]
    [InlineData("a.test", "nobody.test", 404)]
    public async Task A_connection_made_for_another_site_is_421(string? asked, string host, int status)
    {
        await using TestProxy proxy = await StartTwoAsync();
        var (client, _, _) = await TlsClients.ConnectAsync(proxy.Port, asked);
        await client.SendAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");

        Assert.Equal(status, (await client.ReadResponseAsync()).Status);
        client.Dispose();
    }

    [Fact]
    public async Task Requests_over_TLS_are_https_to_the_upstream()
    {
        await using Backend backend = new();
        (string cert, string key) = _certificates.Issue("a.test");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - { host: a.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, redirect_http: false, proxy: "http://127.0.0.1:{{backend.Port}}" }
            """
        );
        var (client, _, _) = await TlsClients.ConnectAsync(proxy.Port, "a.test");
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
        Assert.Equal("https", backend.Request.Field("X-Forwarded-Proto"));
        client.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_cookie_of_a_balance_is_for_TLS_alone_where_it_was_given_over_TLS(bool isTls)
    {
        await using Backend backend = new();
        (string cert, string key) = _certificates.Issue("a.test");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            upstreams: { app: { servers: ["http://127.0.0.1:{{backend.Port}}", "http://127.0.0.1:9"], balance: { cookie: lb } } }
            sites:
              - { host: a.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, redirect_http: false, proxy: app }
              - { host: a.test, listen: ["127.0.0.1:PORT2"], proxy: app }
            """
        );
        using RawClient client = isTls ? (await TlsClients.ConnectAsync(proxy.Port, "a.test")).Client : RawClient.To(proxy.Port2);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        string cookie = (await client.ReadResponseAsync()).Field("Set-Cookie")!;

        Assert.Equal("; Path=/; HttpOnly; SameSite=Lax" + (isTls ? "; Secure" : ""), cookie[cookie.IndexOf(';')..]);
    }

    [Theory]
    [InlineData("a.test", -10, -1, "expired at")]
    [InlineData("a.test", 1, 10, "not valid before")]
    [InlineData("other.test", -1, 10, "not for 'a.test'")]
    [InlineData("a.test", -1, 10, null)]
    public async Task A_certificate_that_clients_refuse_is_used_with_a_warning(string name, int from, int until, string? warning)
    {
        (string cert, string key) = _certificates.Issue(name, from: from, until: until);
        var warnings = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites: [{ host: a.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, redirect_http: false, respond: ok }]
            """,
            new ProxyOptions { Warning = warnings.Enqueue }
        );
        var (client, shown, _) = await TlsClients.ConnectAsync(proxy.Port, "a.test");
        client.Dispose();

        Assert.Equal("CN=" + name, shown.Subject);
        Assert.Equal(warning is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, w => Assert.Contains($"{cert}: the certificate", w, StringComparison.Ordinal));
        Assert.All(warnings, w => Assert.Contains(warning!, w, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_renewed_certificate_is_served_without_a_restart()
    {
        (string cert, string key) = _certificates.Issue("a.test");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - { host: a.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}} }, redirect_http: false, routes: [{ path: /, respond: { body: a } }] }
            """
        );
        var (first, before, _) = await TlsClients.ConnectAsync(proxy.Port, "a.test");
        first.Dispose();
        _certificates.Issue("a.test");

        string after = before.SerialNumber;
        for (int i = 0; i < 200 && after == before.SerialNumber; i++)
        {
            var (client, certificate, _) = await TlsClients.ConnectAsync(proxy.Port, "a.test");
            after = certificate.SerialNumber;
            client.Dispose();
            await Task.Delay(50);
        }

        Assert.NotEqual(before.SerialNumber, after);
    }

    [Fact]
    public async Task Without_a_client_certificate_of_the_authority_nothing_passes_by_any_name()
    {
        (string cert, string key) = _certificates.Issue("a.test");
        (string openCert, string openKey) = _certificates.Issue("open.test");
        (string ownCert, string ownKey) = _certificates.Issue("client", client: true);
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - { host: open.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{openCert}}, key: {{openKey}} }, redirect_http: false, routes: [{ path: /, respond: { body: open } }] }
              - { host: a.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}}, client_ca: {{_certificates.Authority}} }, redirect_http: false, routes: [{ path: /, respond: { body: secret } }] }
            """
        );

        // No certificate: the handshake ends.
        var refused = await Record.ExceptionAsync(async () =>
        {
            var (client, _, _) = await TlsClients.ConnectAsync(proxy.Port, "a.test");
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            await client.ReadResponseAsync();
        });
        Assert.NotNull(refused);

        // Around the handshake, by no name and by the other site's.
        foreach (string? name in new[] { null, "open.test", "unknown.test" })
        {
            var (client, _, _) = await TlsClients.ConnectAsync(proxy.Port, name);
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Assert.Equal(421, (await client.ReadResponseAsync()).Status);
            client.Dispose();
        }

        using var pem = X509Certificate2.CreateFromPemFile(ownCert, ownKey);
        using X509Certificate2 own = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pfx), null);
        var (trusted, _, _) = await TlsClients.ConnectAsync(proxy.Port, "a.test", own);
        await trusted.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.Equal("secret", (await trusted.ReadResponseAsync()).Body);
        trusted.Dispose();
    }

    [Fact]
    public async Task The_local_authority_is_made_once_and_kept()
    {
        var options = new ProxyOptions { StateDirectory = Path.Combine(_certificates.Directory, "state") };
        string spec = """
            sites:
              - { host: [a.test, "*.b.test", 127.0.0.1], listen: ["127.0.0.1:PORT"], tls: internal, redirect_http: false, routes: [{ path: /, respond: { body: a } }] }
            """;
        string authority = Path.Combine(_certificates.Directory, "state", "local-authority.crt");
        string? first = null;
        for (int run = 0; run < 2; run++)
        {
            await using TestProxy proxy = await TestProxy.StartAsync(spec, options);
            first ??= await File.ReadAllTextAsync(authority);
            Assert.Equal(first, await File.ReadAllTextAsync(authority));

            // Verified for each of its names, by the authority alone.
            foreach (string name in new[] { "a.test", "x.b.test", "127.0.0.1" })
            {
                using var handler = new SocketsHttpHandler
                {
                    ConnectCallback = async (_, _) =>
                    {
                        await Task.Yield();
                        return RawClient.To(proxy.Port).Stream;
                    },
                };
                handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                };
                handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(authority));
                using var client = new HttpClient(handler);
                using HttpResponseMessage response = await client.GetAsync(new Uri($"https://{name}/"));
                Assert.Equal(200, (int)response.StatusCode);
            }
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.ChangeExtension(authority, ".key")));
        }
    }

    [Fact]
    public async Task An_older_version_than_allowed_is_refused()
    {
        (string cert, string key) = _certificates.Issue("a.test");
        await using TestProxy proxy = await TestProxy.StartAsync(
            $$"""
            sites:
              - { host: a.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{cert}}, key: {{key}}, min_version: "1.3" }, redirect_http: false, routes: [{ path: /, respond: { body: a } }] }
            """
        );
        using RawClient plain = RawClient.To(proxy.Port);
        using var tls = new SslStream(plain.Stream, true, (_, shown, _, _) => shown is not null);

        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync("a.test", null, SslProtocols.Tls12, false));
    }

    [Fact]
    public async Task Everything_that_stands_against_the_start_is_told_at_once()
    {
        await using Backend taken = new();
        await using var server = new ProxyServer(new ProxyOptions());

        var failures = await server.ServeAsync(
            Specs.Read(
                $$"""
                sites:
                  - { host: a.test, listen: ["127.0.0.1:{{taken.Port}}"], routes: [{ path: /, respond: { body: a } }] }
                  - { host: b.test, listen: ["127.0.0.1:{{FreePort.Next()}}"], tls: { cert: /nowhere.pem, key: /nowhere.key }, redirect_http: false, routes: [{ path: /, respond: { body: a } }] }
                  - { host: _, listen: ["127.0.0.1:{{FreePort.Next()}}"], tls: auto, redirect_http: false, routes: [{ path: /, respond: { body: a } }] }
                """
            )
        );

        Assert.Contains(failures, f => f.Message.Contains("another program listens", StringComparison.Ordinal) && f.At.Line == 2);
        Assert.Contains(failures, f => f.Message.Contains("b.test", StringComparison.Ordinal) && f.At.Line == 3);
        Assert.Contains(failures, f => f.Message.Contains("hosts without a name", StringComparison.Ordinal) && f.At.Line == 4);
    }

    private Task<TestProxy> StartTwoAsync()
    {
        (string certA, string keyA) = _certificates.Issue("a.test");
        (string certB, string keyB) = _certificates.Issue("b.test");
        return TestProxy.StartAsync(
            $$"""
            sites:
              - { host: a.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{certA}}, key: {{keyA}} }, redirect_http: false, routes: [{ path: /, respond: { body: a } }] }
              - { host: b.test, listen: ["127.0.0.1:PORT"], tls: { cert: {{certB}}, key: {{keyB}} }, redirect_http: false, routes: [{ path: /, respond: { body: b } }] }
            """
        );
    }
}
