using static Confgen.Compiler.Tests.Support.Findings;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>Headers that say what nobody hears, or what nobody should.</summary>
public sealed class HeaderRulesTests
{
    [Theory]
    [InlineData("CFG0360", "request: { set: { X-Api-Key: 0a1b2c3d } }")]
    [InlineData("CFG0360", "request: { add: { X-Thing: ghp_0123456789abcdefghij0123456789abcdef } }")]
    [InlineData("CFG0360", "response: { set: { X-Debug: sk-0123456789abcdefghij } }")]
    [InlineData("CFG0361", "response: { set: { Feature-Policy: camera 'none' } }")]
    [InlineData("CFG0361", "response: { set: { X-Frame-Options: ALLOW-FROM https://a.example.com } }")]
    [InlineData("CFG0363", "response: { set: { Access-Control-Allow-Origin: \"https://a.example.com, https://b.example.com\" } }")]
    [InlineData("CFG0363", "response: { set: { Access-Control-Allow-Origin: \"https://*.example.com\" } }")]
    [InlineData("CFG0367", "request: { set: { X-Host: $host } }")]
    [InlineData("CFG0367", "response: { add: { X-Up: \"at $upstream_addr\" } }")]
    [InlineData("CFG0367", "request: { set: { X-T: $http_x_token } }")]
    [InlineData("CFG0213", "request: { set: { X-A: \"1\", x-a: \"2\" } }")]
    [InlineData("CFG0368", "response: { on: success, add: { content-security-policy: \"default-src 'self'\" } }")]
    public void Something_is_said_of_this_header(string code, string headers) => Assert.Equal([code], Codes(Headers(headers)));

    [Theory]
    [InlineData("request: { set: { Authorization: \"\" } }")]
    [InlineData("request: { set: { X-Api-Key: \"${KEY:-none}\" } }")]
    [InlineData("request: { set: { X-Api-Version: \"2\" } }")]
    [InlineData("request: { remove: [Authorization, Cookie] }")]
    [InlineData("response: { set: { X-XSS-Protection: \"0\" } }")]
    [InlineData("response: { set: { X-Frame-Options: DENY } }")]
    [InlineData("response: { set: { Access-Control-Allow-Origin: \"*\" } }")]
    [InlineData("response: { set: { X-Price: \"$5 an hour\" } }")]
    [InlineData("request: { set: { X-Host: \"{host}\" } }")]
    [InlineData("response: { remove: [X-A], add: { X-A: [\"1\", \"2\"] } }")]
    [InlineData("request: { set: { X-A: \"1\" } }, response: { remove: [X-A] }")]
    public void Nothing_is_said_of_this_header(string headers) => Assert.Empty(Codes(Headers(headers)));

    [Theory]
    [InlineData("CFG0365", "public, private")]
    [InlineData("CFG0365", "no-store, max-age=60")]
    [InlineData("CFG0365", "max-age=1h")]
    [InlineData("CFG0365", "public max-age=60")]
    [InlineData("CFG0365", "immutable")]
    [InlineData("CFG0366", "max-age=31536000")]
    public void Something_is_said_of_this_cache_control(string code, string control) =>
        Assert.Contains(
            code,
            Codes($"sites:\n  - {{ host: a.example.com, proxy: \"http://127.0.0.1:3000\", cache_control: \"{control}\" }}\n")
        );

    [Theory]
    [InlineData("no-store")]
    [InlineData("no-store, max-age=0")]
    [InlineData("private, no-cache")]
    [InlineData("public, max-age=3600, stale-while-revalidate=60")]
    [InlineData("public, max-age=60, community=\"UCI\"")]
    [InlineData("No-Cache")]
    public void Nothing_is_said_of_this_cache_control(string control) =>
        Assert.Empty(Codes($"sites:\n  - {{ host: a.example.com, proxy: \"http://127.0.0.1:3000\", cache_control: '{control}' }}\n"));

    [Theory]
    [InlineData(
        "proxy: \"http://127.0.0.1:1\", headers: { response: { set: { Strict-Transport-Security: max-age=1 } } }, tls: internal, hsts: true"
    )]
    [InlineData(
        "proxy: \"http://127.0.0.1:1\", headers: { response: { set: { access-control-allow-origin: \"*\" } } }, cors: { origins: [\"*\"] }"
    )]
    [InlineData("routes: [{ path: /, respond: ok, cache_control: no-store, headers: { response: { add: { cache-control: public } } } }]")]
    public void A_field_and_a_rule_write_the_same_header(string site) =>
        Assert.Contains("CFG0214", Codes($"sites:\n  - {{ host: a.example.com, {site} }}\n"));

    [Fact]
    public void A_routes_cache_control_may_override_its_sites_header() =>
        Assert.Empty(
            Codes(
                "sites:\n  - host: a.example.com\n    headers: { response: { set: { Cache-Control: no-store } } }\n"
                    + "    routes: [{ path: /a, respond: ok, cache_control: max-age=60 }]\n"
            )
        );

    [Fact]
    public void A_tunnels_secret_comes_from_the_environment()
    {
        string Spec(string secret) =>
            $"tunnels:\n  home:\n    portal: {{ listen: 1024, public: t.example.com }}\n"
            + $"    bridge: {{ forward: \"http://127.0.0.1:80\" }}\n    secret: {secret}\nsites:\n"
            + $"  - {{ host: a.example.com, listen: 8080, proxy: \"tunnel:home\" }}\n";
        Assert.Equal(["CFG0360"], Codes(Spec("0123456789abcdef0123")));
        Assert.Empty(Codes(Spec("${SECRET:-0123456789abcdef0123}")));
        Assert.Equal(["CFG0360"], Codes(Spec("$${0123456789abcdef0123")));
    }

    private static string Headers(string headers) =>
        $"sites:\n  - {{ host: a.example.com, proxy: \"http://127.0.0.1:3000\", headers: {{ {headers} }} }}\n";
}
