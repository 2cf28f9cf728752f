using static Confgen.Compiler.Tests.Support.Findings;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>Routes that never answer, and redirects that never end.</summary>
public sealed class RouteRulesTests
{
    private const string P = "proxy: \"http://127.0.0.1:3000\"";

    [Theory]
    [InlineData("path: /api", "path: /api, match: { method: GET }")]
    [InlineData("path: /api, match: { header: { X-V: \"1*\" } }", "path: /api, match: { header: { X-V: \"2*\" } }")]
    [InlineData("path: /api, match: { header: { X-V: \"1\" } }", "path: /api, match: { header: { X-V: \"1*\" } }")]
    [InlineData("path: /api, match: { query: { A: \"*\" } }", "path: /api, match: { query: { a: \"1\" } }")]
    [InlineData("path: /api, match: { method: [GET] }", "path: /api, match: { method: [GET, HEAD] }")]
    [InlineData("path: /api, match: { not: { method: GET } }", "path: /api, match: { not: { method: POST } }")]
    [InlineData("path: /api, match: { client: 10.0.0.0/9 }", "path: /api, match: { client: [10.0.0.0/8] }")]
    [InlineData("path: /api, match: { not: { client: 10.0.0.0/9 } }", "path: /api, match: { not: { client: [10.0.0.0/10] } }")]
    [InlineData("path: /api, match: { not: { header: { A: \"1*\" } } }", "path: /api, match: { not: { header: { A: \"1\" } } }")]
    [InlineData("path: /api, match: { not: { method: GET } }", "path: /api, match: { method: [GET, POST] }")]
    [InlineData("path: /api", "exact: /api")]
    [InlineData("exact: /api", "exact: /api/")]
    [InlineData("regex: ^/api/v1/", "path: /api")]
    [InlineData("regex: ^/api/, match: { method: GET }", "path: /api/v2")]
    [InlineData("regex: ^/apis?/", "path: /apis/x")]
    [InlineData("regex: ^/a|/b, match: { method: GET }", "regex: ^/a/x")]
    [InlineData("regex: '\\.js\\z'", "path: /assets")]
    [InlineData("regex: ^/api/v2", "regex: ^/api/")]
    public void Both_routes_answer(string one, string two) =>
        Assert.DoesNotContain(Codes(Site($"{one}, {P}", $"{two}, {P}")), c => c is "CFG0210" or "CFG0211");

    [Theory]
    [InlineData("CFG0210", "path: /api, match: { method: [GET, POST] }", "path: /api, match: { method: POST }")]
    [InlineData("CFG0210", "path: /api, match: { header: { X-V: \"*\" } }", "path: /api, match: { header: { x-v: \"2\" } }")]
    [InlineData("CFG0210", "path: /api, match: { header: { X-V: \"2*\" } }", "path: /api, match: { header: { x-v: \"2.1\" } }")]
    [InlineData("CFG0210", "path: /api, match: { query: { a: \"*b\" } }", "path: /api, match: { query: { a: \"ab\" } }")]
    [InlineData("CFG0210", "path: /api, match: { cookie: { a: \"*\" } }", "path: /api, match: { cookie: { a: \"1\" } }")]
    [InlineData("CFG0210", "path: /api, match: { not: { cookie: { a: 1 } } }", "path: /api, match: { not: { cookie: { a: \"*\" } } }")]
    [InlineData("CFG0210", "path: /api, match: { not: { method: GET, query: { a: 1 } } }", "path: /api, match: { not: { method: GET } }")]
    [InlineData("CFG0210", "path: /api, match: { not: { method: GET } }", "path: /api, match: { method: POST }")]
    [InlineData("CFG0210", "path: /api, match: { client: [10.0.0.0/8, \"::/0\"] }", "path: /api, match: { client: [10.1.0.0/16] }")]
    [InlineData("CFG0210", "path: /api, match: { not: { client: 10.0.0.0/9 } }", "path: /api, match: { not: { client: [10.0.0.0/8] } }")]
    [InlineData("CFG0217", "path: /api", "path: /api, match: { client: 10.1.2.3, not: { client: 10.0.0.0/8 } }")]
    [InlineData("CFG0217", "path: /api", "path: /api, match: { cookie: { a: \"1\" }, not: { cookie: { a: \"*\" } } }")]
    [InlineData("CFG0210", "exact: /a", "exact: /a")]
    [InlineData("CFG0210", "regex: '\\.js$'", "regex: '\\.js$'")]
    [InlineData("CFG0211", "regex: '.*'", "path: /")]
    [InlineData("CFG0211", "regex: ^/", "path: /api, match: { method: GET }")]
    [InlineData("CFG0211", "regex: '^/api/(.*)$'", "regex: '^/api/v1/[0-9]+$'")]
    [InlineData("CFG0211", "regex: '^/api'", "path: /apis")]
    [InlineData("CFG0211", "regex: '^/a\\.b'", "path: /a.b/c")]
    public void The_second_route_never_answers(string code, string one, string two) =>
        Assert.Equal([code], Codes(Site($"{one}, {P}", $"{two}, {P}")).Where(c => c.StartsWith("CFG021", StringComparison.Ordinal)));

    [Theory]
    [InlineData("host: www.example.com, redirect: \"https://example.com{uri}\"")]
    [InlineData("host: a.example.com, redirect: \"https://{host}{uri}\"")]
    [InlineData("host: _, redirect: \"https://{host}{uri}\"")]
    [InlineData("host: a.example.com, listen: 8080, redirect: \"http://{host}{uri}\"")]
    [InlineData("host: a.example.com, routes: [{ path: /old, redirect: /new }, { path: /, respond: ok }]")]
    [InlineData("host: a.example.com, routes: [{ exact: /, redirect: /app }, { path: /, respond: ok }]")]
    [InlineData("host: a.example.com, routes: [{ path: /old, redirect: \"/new{uri}\" }, { path: /, respond: ok }]")]
    [InlineData("host: a.example.com, routes: [{ path: /, match: { query: { a: \"1\" } }, redirect: \"/\" }, { path: /, respond: ok }]")]
    public void This_redirect_ends(string site) => Assert.DoesNotContain("CFG0212", Codes($"sites:\n  - {{ {site} }}\n"));

    [Theory]
    [InlineData("host: a.example.com, redirect: \"http://{host}{uri}\"")]
    [InlineData("host: a.example.com, redirect: \"{scheme}://{host}{uri}\"")]
    [InlineData("host: a.example.com, tls: internal, redirect: \"http://a.example.com{uri}\"")]
    [InlineData("host: \"*.example.com\", redirect: \"http://www.example.com{uri}\"")]
    [InlineData("host: a.example.com, redirect: \"{uri}\"")]
    [InlineData("host: a.example.com, routes: [{ path: /old, redirect: /old/new }]")]
    [InlineData("host: a.example.com, routes: [{ path: /, redirect: \"/app{uri}\" }]")]
    [InlineData("host: a.example.com, routes: [{ path: /a, redirect: /b }, { path: /b, redirect: /a }]")]
    public void This_redirect_never_ends(string site) => Assert.Contains("CFG0212", Codes($"sites:\n  - {{ {site} }}\n"));

    [Theory]
    [InlineData("path: /, respond: { status: 204 }")]
    [InlineData("path: /, proxy: \"http://127.0.0.1:1\", errors: { 502: { body: sorry, status: 503 } }")]
    [InlineData("path: /, files: /var/www, max_body: 1MB")]
    public void Nothing_is_wrong_here(string route) =>
        Assert.DoesNotContain(Codes(Site(route)), c => c.StartsWith("CFG02", StringComparison.Ordinal));

    [Theory]
    [InlineData("CFG0223", "path: /, respond: ok, websocket: true")]
    [InlineData("CFG0223", "path: /, respond: ok, headers: { request: { set: { X-A: b } } }")]
    [InlineData("CFG0223", "path: /a, redirect: /b, strip_prefix: true")]
    [InlineData("CFG0223", "path: /, respond: close, cache_control: no-store")]
    [InlineData("CFG0223", "path: /, respond: close, headers: { response: { set: { X-A: b } } }")]
    [InlineData("CFG0215", "path: /, proxy: \"http://127.0.0.1:1\", errors: { 502: { body: sorry, status: 204 } }")]
    [InlineData("CFG0228", "path: /, proxy: \"http://127.0.0.1:1\", errors: { 5xx: { body: sorry }, intercept: [404] }")]
    public void One_thing_is_wrong_here(string code, string route) => Assert.Equal([code], Codes(Site(route)));

    [Fact]
    public void What_a_route_inherits_is_no_fault_of_the_route() =>
        Assert.Empty(
            Codes(
                "sites:\n  - host: a.example.com\n    timeouts: { read: 5m }\n    routes:\n      - { path: /a, respond: ok }\n"
                    + "      - { path: /b, proxy: \"http://127.0.0.1:1\" }\n"
            )
        );
}
