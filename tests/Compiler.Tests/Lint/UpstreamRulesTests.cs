using static Confgen.Compiler.Tests.Support.Findings;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>What is said of upstreams.</summary>
public sealed class UpstreamRulesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:3000")]
    [InlineData("http://10.1.2.3")]
    [InlineData("http://[fd00::1]:3000")]
    [InlineData("http://100.64.0.1")]
    [InlineData("h2c://192.168.0.1:50051")]
    [InlineData("unix:/run/app.sock")]
    public void A_plain_server_may_be_near(string url) => Assert.Empty(Codes(Upstream($"servers: [\"{url}\"]")));

    [Theory]
    [InlineData("CFG0302", "http://8.8.8.8")]
    [InlineData("CFG0302", "h2c://[2001:db8::1]:50051")]
    [InlineData("CFG0304", "http://app:3000")]
    [InlineData("CFG0304", "https://app.internal")]
    [InlineData("CFG0305", "http://localhost:3000")]
    [InlineData("CFG0305", "http://0.0.0.0:3000")]
    [InlineData("CFG0306", "http://10.0.0.1:443")]
    [InlineData("CFG0306", "http://127.0.0.1:443")]
    [InlineData("CFG0307", "https://10.0.0.1")]
    public void Something_is_said_of_this_server(string code, string url) => Assert.Equal([code], Codes(Upstream($"servers: [\"{url}\"]")));

    [Theory]
    [InlineData("servers: [\"https://10.0.0.1\"], tls: { server_name: app.internal }")]
    [InlineData("servers: [\"https://127.0.0.1:8443\"], tls: { verify: false }")]
    [InlineData("servers: [\"http://127.0.0.1:1\"], health: { passive: { max_fails: 2 } }")]
    [InlineData("servers: [\"http://127.0.0.1:1\"], health: { active: { path: /, interval: 10s, timeout: 10s } }")]
    [InlineData("servers: [\"http://127.0.0.1:1\", { url: \"http://127.0.0.1:2\", down: true }]")]
    [InlineData("servers: [\"http://127.0.0.1:1\", \"http://127.0.0.1:2\"], balance: first, health: { passive: {} }")]
    [InlineData("servers: [\"http://127.0.0.1:1\"], response_header_timeout: 60s")]
    [InlineData("servers: [\"http://127.0.0.1:1\"], retries: 0")]
    [InlineData("discover: { srv: _api._tcp.example.com }, retries: 3")]
    public void Nothing_is_said_of_this_upstream(string upstream) => Assert.Empty(Codes(Upstream(upstream)));

    [Theory]
    [InlineData("CFG0301", "servers: [\"https://10.0.0.1\"], tls: { verify: false, server_name: app.internal }")]
    [InlineData("CFG0222", "servers: [{ url: \"http://127.0.0.1:1\", down: true }]")]
    [InlineData("CFG0222", "servers: [{ url: \"http://127.0.0.1:1\", down: true }, { url: \"http://127.0.0.1:2\", backup: true }]")]
    [InlineData("CFG0224", "servers: [\"http://127.0.0.1:1\"], retries: 1")]
    [InlineData("CFG0224", "servers: [\"http://127.0.0.1:1\"], balance: ip_hash")]
    [InlineData("CFG0224", "servers: [\"https://127.0.0.1:8443\"], tls: { verify: false, ca: /etc/ca.pem }")]
    [InlineData("CFG0225", "servers: [\"h2c://127.0.0.1:1\"], tls: { server_name: a.internal }")]
    [InlineData("CFG0226", "servers: [\"http://127.0.0.1:1\"], health: { active: { path: /, interval: 1s } }")]
    [InlineData("CFG0226", "servers: [\"http://127.0.0.1:1\"], health: { passive: { max_fails: 2, latency: 2m } }")]
    [InlineData("CFG0313", "servers: [\"http://127.0.0.1:1\"], health: { passive: {} }")]
    [InlineData("CFG0314", "servers: [\"http://127.0.0.1:1\", \"http://127.0.0.1:2\"]")]
    public void Something_is_said_of_this_upstream(string code, string upstream) => Assert.Equal([code], Codes(Upstream(upstream)));

    [Theory]
    [InlineData(true, "https://api.my-company.com", "")]
    [InlineData(false, "https://api.my-company.com", ", host: upstream")]
    [InlineData(false, "https://api.my-company.com", ", host: other.my-company.com")]
    [InlineData(false, "https://app.internal", "")]
    [InlineData(false, "http://api.my-company.com", "")]
    public void Somebody_elses_server_is_asked_for_its_own_name(bool warned, string url, string more) =>
        Assert.Equal(warned, Codes(Site($"path: /, proxy: \"{url}\"{more}")).Contains("CFG0308"));

    [Theory]
    [InlineData(true, "listen: 8080", "http://127.0.0.1:8080")]
    [InlineData(true, "listen: 8080", "http://localhost:8080")]
    [InlineData(true, "listen: 8443, tls: internal", "https://127.0.0.1:8443")]
    [InlineData(true, "listen: 8443, tls: internal", "http://127.0.0.1:80")]
    [InlineData(false, "listen: 8080", "http://127.0.0.1:8081")]
    [InlineData(false, "listen: \"10.0.0.1:8080\"", "http://127.0.0.1:8080")]
    [InlineData(false, "listen: 8080, host: other.example.com", "http://10.0.0.7:8080")]
    public void A_proxy_does_not_ask_itself(bool warned, string site, string url) =>
        Assert.Equal(
            warned,
            Codes($"sites:\n  - {{ {(site.Contains("host") ? "" : "host: a.example.com, ")}{site}, proxy: \"{url}\" }}\n")
                .Contains("CFG0309")
        );

    [Fact]
    public void A_site_may_ask_another_by_its_host() =>
        Assert.DoesNotContain(
            "CFG0309",
            Codes(
                "sites:\n  - host: a.example.com\n    routes: [{ path: /, proxy: \"http://127.0.0.1:80\", host: b.example.com }]\n"
                    + "  - { host: b.example.com, respond: ok }\n"
            )
        );

    private static string Upstream(string fields) =>
        $"upstreams:\n  app: {{ {fields} }}\nsites:\n  - {{ host: a.example.com, proxy: app }}\n";
}
