using System.Net;
using Confgen.Compiler.Tests.Support;
using Confgen.Model;
using Confgen.Model.Rules;

namespace Confgen.Compiler.Tests;

/// <summary>What becomes of whole requests, by a spec as its author writes it.</summary>
public sealed class EvaluatorTests
{
    private const string Text = """
        trusted_proxies: [10.0.0.0/8]
        upstreams:
          app: { servers: ["http://127.0.0.1:3000", "http://127.0.0.1:3001"] }
        sites:
          - host: [a.test, "*.a.test"]
            listen: 8080
            headers: { response: { set: { X-Site: a } } }
            routes:
              - { path: /, proxy: app }
              - { path: /api, proxy: "http://127.0.0.1:4000", strip_prefix: true, host: upstream }
              - { path: /api, match: { method: POST }, proxy: app, replace_prefix: /v2 }
              - { path: /admin, proxy: app, allow: [192.0.2.0/24] }
              - { path: /secret, proxy: app, basic_auth: { users: { alice: "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy" } } }
              - { exact: /healthz, respond: "ok\n" }
              - { path: /old, redirect: "https://new.test{uri}" }
              - { path: /static, files: /srv }
              - { path: /é, match: { query: { ü: "1*" } }, redirect: "/to{path}?{query}" }
          - host: tls.test
            tls: internal
            hsts: true
            proxy: app
            websocket: true
        """;

    [Theory]
    [InlineData("GET", "http://a.test:8080/x?y=1", "upstream app /x?y=1")]
    [InlineData("GET", "http://b.a.test:8080/api/a%2Fb//c?", "upstream http://127.0.0.1:4000 /a%2Fb//c?")]
    [InlineData("GET", "http://a.test:8080//%61pi/x", "upstream http://127.0.0.1:4000 /x")]
    [InlineData("GET", "http://a.test:8080/api", "upstream http://127.0.0.1:4000 /")]
    [InlineData("GET", "http://a.test:8080/apifoo", "upstream app /apifoo")]
    [InlineData("POST", "http://a.test:8080/api/users", "upstream app /v2/users")]
    [InlineData("GET", "http://a.test:8080/admin", "403")]
    [InlineData("GET", "http://a.test:8080/%61dmin/x", "403")]
    [InlineData("GET", "http://a.test:8080/admin/a{b", "400")]
    [InlineData("GET", "http://a.test:8080/secret", "401")]
    [InlineData("DELETE", "http://a.test:8080/healthz", "200")]
    [InlineData("GET", "http://a.test:8080/old/x%2Fy?z", "308 https://new.test/old/x%2Fy?z")]
    [InlineData("POST", "http://a.test:8080/static/x", "405")]
    [InlineData("GET", "http://a.test:8080/é/x?ü=1", "308 /to/é/x?ü=1")]
    [InlineData("GET", "http://a.test:8080/%C3%A9?ü=1", "308 /to/é?ü=1")]
    [InlineData("GET", "http://a.test:8080/é?%C3%BC=1", "upstream app /é?%C3%BC=1")]
    [InlineData("GET", "http://a.test:8080/x/../y", "400")]
    [InlineData("GET", "http://a.test:8080/x/%2e%2E%2fy", "400")]
    [InlineData("TRACE", "http://a.test:8080/", "405")]
    [InlineData("GET", "http://other.test:8080/", "404")]
    [InlineData("GET", "http://c.b.a.test:8080/", "404")]
    [InlineData("GET", "http://tls.test/x?y", "308 https://tls.test/x?y")]
    [InlineData("GET", "https://tls.test/x", "upstream app /x")]
    public void A_request_gets(string method, string url, string expected)
    {
        Evaluation result = Evaluate(method, url);
        string actual =
            result.Upstream is { } upstream && result.Status is null
                ? $"upstream {upstream.Name} {result.Target}"
                : string.Join(
                    ' ',
                    new[] { result.Status?.ToString(), result.ResponseHeaders.FirstOrDefault(h => h.Key == "Location").Value }.Where(t =>
                        t is not null
                    )
                );
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void The_absolute_form_wins_over_the_host()
    {
        Spec? spec = Compile.Text(Text).Spec;
        Assert.NotNull(spec);
        var request = new EvaluatedRequest("GET", false, 8080, "evil.test", "http://a.test:8080/old/x?y", [], EvaluatedRequest.PublicPeer);
        Evaluation result = new Evaluator(spec).Evaluate(request);
        Assert.Equal(
            (308, "https://new.test/old/x?y"),
            (result.Status, result.ResponseHeaders.FirstOrDefault(h => h.Key == "Location").Value)
        );
        Assert.Equal(400, new Evaluator(spec).Evaluate(request with { Target = "*", Method = "OPTIONS" }).Status);
    }

    [Fact]
    public void A_port_that_nothing_listens_on_is_said()
    {
        Assert.Equal("nothing listens on port 81", Evaluate("GET", "http://a.test:81/").Reason);
        Assert.Equal("port 8080 doesn't speak https", Evaluate("GET", "https://a.test:8080/").Reason);
    }

    [Fact]
    public void The_upstream_sees_the_contracts_headers()
    {
        Evaluation result = Evaluate(
            "GET",
            "http://a.test:8080/",
            [
                new("X-Forwarded-For", "1.2.3.4"),
                new("Connection", "X-Gone, x-forwarded-for"),
                new("X-Gone", "1"),
                new("Forwarded", "for=1.2.3.4"),
                new("X_Forwarded_For", "9"),
                new("Accept", "*/*"),
            ]
        );
        Assert.Equal(
            [
                "Host: a.test:8080",
                "Accept: */*",
                "X-Forwarded-For: 203.0.113.7",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Host: a.test:8080",
                "X-Real-IP: 203.0.113.7",
            ],
            result.UpstreamHeaders.Select(h => $"{h.Key}: {h.Value}")
        );
        Assert.Contains(new KeyValuePair<string, string>("X-Site", "a"), result.ResponseHeaders);
    }

    [Fact]
    public void A_trusted_peer_is_believed()
    {
        Evaluation result = Evaluate(
            "GET",
            "http://a.test:8080/admin",
            [new("X-Forwarded-For", "192.0.2.9"), new("X-Forwarded-Proto", "https")],
            "10.1.1.1"
        );
        Assert.Null(result.Status);
        Assert.Equal("192.0.2.9", result.Client?.ToString());
        Assert.Contains(new KeyValuePair<string, string>("X-Forwarded-For", "192.0.2.9, 10.1.1.1"), result.UpstreamHeaders);
        Assert.Contains(new KeyValuePair<string, string>("X-Forwarded-Proto", "https"), result.UpstreamHeaders);
    }

    [Fact]
    public void An_upgrade_passes_for_websocket_alone()
    {
        Assert.Contains(
            new KeyValuePair<string, string>("Upgrade", "websocket"),
            Evaluate("GET", "https://tls.test/", [new("Upgrade", "WebSocket"), new("Connection", "upgrade")]).UpstreamHeaders
        );
        Assert.DoesNotContain(
            Evaluate("GET", "https://tls.test/", [new("Upgrade", "h2c"), new("Connection", "upgrade")]).UpstreamHeaders,
            h => h.Key is "Upgrade" or "Connection"
        );
    }

    [Fact]
    public void Each_route_that_was_passed_over_is_told()
    {
        Evaluation result = Evaluate("GET", "http://a.test:8080/api/x");
        Assert.Equal("path: /api", result.Route?.Path.ToString());
        Assert.Contains(result.PassedOver, p => p.Reason == "the method is none of POST");
        Assert.Equal("its host is 'a.test'", result.SiteReason);
    }

    private static Evaluation Evaluate(
        string method,
        string url,
        ValueList<KeyValuePair<string, string>>? headers = null,
        string peer = "203.0.113.7"
    )
    {
        Compilation compilation = Compile.Text(Text);
        Assert.NotNull(compilation.Spec);
        return new Evaluator(compilation.Spec).Evaluate(EvaluatedRequest.FromUrl(method, url, headers ?? [], IPAddress.Parse(peer)));
    }
}
