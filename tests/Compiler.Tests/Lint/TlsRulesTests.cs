using static Confgen.Compiler.Tests.Support.Findings;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>What is said of sites with TLS, and of those that should have it.</summary>
public sealed class TlsRulesTests
{
    private const string P = "proxy: \"http://127.0.0.1:3000\"";

    [Theory]
    [InlineData("host: a.example.com, tls: auto, hsts: true")]
    [InlineData("host: a.example.com, tls: internal")]
    [InlineData("host: a.example.com, tls: auto, listen: 8448")]
    [InlineData("host: a.example.com, tls: auto, headers: { response: { set: { strict-transport-security: max-age=60 } } }")]
    [InlineData("host: a.example.com, tls: auto, hsts: { max_age: 2y, include_subdomains: true, preload: true }")]
    [InlineData("host: \"*.example.com\", tls: { cert: /etc/a.pem, key: /etc/a.key }, hsts: true")]
    [InlineData("host: _, tls: internal")]
    [InlineData("host: 192.0.2.1")]
    [InlineData("host: app.lan")]
    [InlineData("host: shop.my-company.com, listen: \"127.0.0.1:80\"")]
    [InlineData("host: shop.my-company.com, tls: auto, hsts: true")]
    [InlineData("host: _")]
    public void Nothing_is_said_of_this_site(string site) => Assert.Empty(Codes($"sites:\n  - {{ {site}, {P} }}\n"));

    [Theory]
    [InlineData("CFG0330", "host: a.example.com, tls: { cert: /etc/a.pem, key: /etc/a.key }")]
    [InlineData("CFG0332", "host: [a.example.com, \"*.my-company.com\"]")]
    [InlineData("CFG0333", "host: _, tls: auto, hsts: true")]
    [InlineData("CFG0333", "host: \"*.example.com\", tls: auto, hsts: true")]
    [InlineData("CFG0333", "host: localhost, tls: auto, hsts: true")]
    [InlineData("CFG0336", "host: a.example.com, tls: auto, hsts: { preload: true, include_subdomains: true, max_age: 30d }")]
    [InlineData("CFG0336", "host: a.example.com, tls: auto, redirect_http: false, hsts: { preload: true, include_subdomains: true }")]
    [InlineData("CFG0362", "host: a.example.com, headers: { response: { add: { Strict-Transport-Security: max-age=60 } } }")]
    public void Something_is_said_of_this_site(string code, string site) => Assert.Equal([code], Codes($"sites:\n  - {{ {site}, {P} }}\n"));

    [Theory]
    [InlineData(true, $"{P}")]
    [InlineData(true, "files: /var/www/site")]
    [InlineData(false, "redirect: \"https://b.example.com{uri}\"")]
    [InlineData(false, "respond: gone")]
    [InlineData(
        false,
        $"routes: [{{ path: /.well-known/acme-challenge, {P} }}, {{ path: /, redirect: \"https://a.example.com{{uri}}\" }}]"
    )]
    public void A_plain_site_beside_one_with_tls_may_only_lead_there(bool warned, string plain) =>
        Assert.Equal(
            warned,
            Codes(
                    $"sites:\n  - {{ host: a.example.com, tls: internal, redirect_http: false, {P} }}\n"
                        + $"  - {{ host: a.example.com, {plain} }}\n"
                )
                .Contains("CFG0331")
        );

    [Theory]
    [InlineData("CFG0332", "host: shop.my-company.com")]
    [InlineData("CFG0362", "host: a.example.com, headers: { response: { add: { Strict-Transport-Security: max-age=60 } } }")]
    public void A_peer_in_front_may_have_the_tls(string code, string site) =>
        Assert.DoesNotContain(code, Codes($"trusted_proxies: [10.0.0.1]\nsites:\n  - {{ {site}, {P} }}\n"));
}
