using static Confgen.Compiler.Tests.Support.Findings;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>Guards that others get around, and guards that guard nothing.</summary>
public sealed class GuardRulesTests
{
    private const string App = "proxy: \"http://127.0.0.1:3000\"";
    private const string Other = "proxy: \"http://127.0.0.1:4000\"";
    private const string Fence = "allow: [10.0.0.0/8]";

    [Theory]
    [InlineData("the rest goes to another upstream", $"path: /admin, {App}, {Fence}", $"regex: '\\.js$', {Other}")]
    [InlineData("an open page below it is an exception", $"path: /admin, {App}, {Fence}", $"path: /admin/login, {App}")]
    [InlineData("so is one by regex", $"path: /admin, {App}, {Fence}", $"regex: ^/admin/assets/, {App}")]
    [InlineData("the regex is guarded too", $"path: /admin, {App}, {Fence}", $"regex: '\\.js$', {App}, {Fence}")]
    [InlineData("the regex is anchored elsewhere", $"path: /admin, {App}, {Fence}", $"regex: '^/static/.*\\.js$', {App}")]
    [InlineData("the whole site is guarded, and a part is open on purpose", $"path: /, {App}, {Fence}", $"path: /hooks, {App}")]
    [InlineData("writing is guarded, reading is not", $"path: /api, match: {{ method: [POST, PUT] }}, {App}, {Fence}", $"path: /, {App}")]
    [InlineData("a rate limit keeps nobody out", $"path: /admin, {App}, rate_limit: {{ rate: 1/s, burst: 5 }}", $"regex: '\\.js$', {App}")]
    [InlineData("nothing is forwarded there", $"path: /admin, {App}, {Fence}", "regex: '\\.js$', respond: 404")]
    [InlineData("the slash is taken too", $"exact: /admin, {App}, {Fence}", $"exact: /admin/, {App}, {Fence}")]
    [InlineData("another prefix at the upstream", $"path: /admin, {App}, {Fence}", $"path: /panel, replace_prefix: /public, {App}")]
    public void Nobody_gets_around(string why, string guarded, string open)
    {
        Assert.NotEmpty(why);
        Assert.DoesNotContain("CFG0320", Codes(Site(guarded, open)));
    }

    [Theory]
    [InlineData($"path: /admin, {App}, {Fence}", $"regex: '\\.(css|js)$', {App}")]
    [InlineData($"path: /admin, {App}, {Fence}", $"regex: '\\.php', {App}, match: {{ method: POST }}")]
    [InlineData($"path: /admin, {App}, {Fence}", $"regex: ^/a, {App}")]
    [InlineData($"exact: /admin, {App}, {Fence}", $"path: /, {App}")]
    [InlineData($"path: /admin, {App}, {Fence}", $"path: /panel, replace_prefix: /admin, {App}")]
    [InlineData($"path: /admin, {App}, {Fence}", $"path: /app, strip_prefix: true, {App}")]
    [InlineData($"path: /admin, match: {{ method: [GET, POST] }}, {App}, {Fence}", $"path: /, {App}")]
    [InlineData($"path: /x, replace_prefix: /admin, {App}, {Fence}", $"path: /, {App}")]
    public void The_open_route_gets_around(string guarded, string open) => Assert.Contains("CFG0320", Codes(Site(guarded, open)));

    [Theory]
    [InlineData(true, "host: b.test", $"path: /, {App}")]
    [InlineData(true, "host: a.test, listen: 8080", $"path: /, {App}")]
    [InlineData(true, "host: b.test", $"path: /tools, strip_prefix: true, {App}")]
    [InlineData(false, "host: b.test, listen: \"127.0.0.1:8080\"", $"path: /, {App}")]
    [InlineData(false, "host: b.test", $"path: /admin/health, {App}")]
    [InlineData(false, "host: b.test", $"path: /public, {App}")]
    [InlineData(false, "host: b.test", $"path: /, {Other}")]
    [InlineData(false, "host: b.test", $"path: /, {App} }}, {{ path: /admin, respond: 404")]
    [InlineData(false, "host: b.test, tls: { from: internal, client_ca: /etc/ca.pem }, hsts: {}", $"path: /, {App}")]
    public void Another_site_may_get_around(bool does, string site, string route)
    {
        string[] found = Codes(
            $"sites:\n  - {{ host: a.test, routes: [{{ path: /, {App} }}, {{ path: /admin, {App}, {Fence} }}] }}\n"
                + $"  - {{ {site}, routes: [{{ {route} }}] }}\n"
        );
        Assert.Equal(does, found.Contains("CFG0320"));
    }

    [Theory]
    [InlineData("trusted_proxies: [10.0.0.1]", "host: a.test")]
    [InlineData("", "host: a.test, listen: \"127.0.0.1:80\"")]
    [InlineData("", "host: a.test, listen: \"unix:/run/a.sock\"")]
    public void Passwords_may_cross_a_wire_that_is_safe(string root, string site) =>
        Assert.DoesNotContain(
            "CFG0321",
            Codes(
                $"{root}\nsites:\n  - {{ {site}, {App}, basic_auth: {{ users: {{ a: "
                    + $"\"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\" }} }} }}\n"
            )
        );

    [Theory]
    [InlineData("CFG0322", "basic_auth: { users: { a: \"$apr1$abc$0123456789012345678901\" } }")]
    [InlineData("CFG0323", $"{Fence}, cache_control: \"max-age=60, s-maxage=60\"")]
    [InlineData("CFG0324", "forward_auth: { url: \"http://127.0.0.1:9091\" }")]
    [InlineData("CFG0303", "forward_auth: { url: \"http://8.8.8.8:9091\", copy_headers: [Remote-User] }")]
    [InlineData("CFG0311", "rate_limit: { rate: 1/s, burst: 5, key: { header: user-agent } }")]
    [InlineData("CFG0312", "headers: { request: { add: { x-forwarded-for: \"{client_ip}\" } } }")]
    [InlineData("CFG0312", "headers: { request: { set: { X-Forwarded-Proto: \"{scheme}\" } } }")]
    public void This_guard_guards_little(string code, string field) =>
        Assert.Equal([code], Codes($"sites:\n  - {{ host: a.internal, listen: \"127.0.0.1:80\", {App}, {field} }}\n"));

    [Theory]
    [InlineData("cache_control: public")]
    [InlineData($"{Fence}, cache_control: \"private, max-age=60\"")]
    [InlineData("forward_auth: { url: \"http://127.0.0.1:9091\" }, headers: { request: { remove: [remote-user] } }")]
    [InlineData("forward_auth: { url: \"http://10.0.0.8:9091\", copy_headers: [Remote-User] }")]
    [InlineData("rate_limit: { rate: 1/s, burst: 5, key: { header: X-Api-Key } }")]
    [InlineData("headers: { request: { set: { X-Forwarded-Proto: https } } }")]
    [InlineData("headers: { request: { remove: [X-Forwarded-For] } }")]
    [InlineData("basic_auth: { users: { a: \"$6$abc$0123456789012345678901\" } }")]
    public void Nothing_is_said_of_this(string field) =>
        Assert.Empty(Codes($"sites:\n  - {{ host: a.internal, listen: \"127.0.0.1:80\", {App}, {field} }}\n"));

    [Theory]
    [InlineData(true, "0.0.0.0/0")]
    [InlineData(true, "\"::/0\"")]
    [InlineData(true, "128.0.0.0/1")]
    [InlineData(false, "10.0.0.0/8")]
    [InlineData(false, "\"fc00::/7\"")]
    [InlineData(false, "173.245.48.0/20")]
    public void Trust_has_bounds(bool warned, string block) =>
        Assert.Equal(warned, Codes($"trusted_proxies: [{block}]\nsites:\n  - {{ host: a.test, {App} }}\n").Contains("CFG0310"));

    [Theory]
    [InlineData(true, $"path: /admin, match: {{ client: 10.0.0.0/8 }}, {App}", $"path: /, {App}")]
    [InlineData(true, $"exact: /admin, match: {{ client: 10.0.0.0/8 }}, {App}", $"path: /, {App}")]
    [InlineData(false, $"path: /admin, match: {{ client: 10.0.0.0/8 }}, {App}", $"path: /, {Other}")]
    [InlineData(false, $"path: /admin, match: {{ client: 10.0.0.0/8 }}, {App}", $"path: /, {App}, {Fence}")]
    [InlineData(false, $"path: /admin, match: {{ client: 10.0.0.0/8 }}, {App}", $"path: /admin, {App}, sse: true")]
    [InlineData(false, $"path: /admin, match: {{ client: 10.0.0.0/8 }}, {App}", "path: /, respond: 404")]
    [InlineData(false, $"path: /admin, match: {{ not: {{ client: 10.0.0.0/8 }} }}, {App}", $"path: /, {App}")]
    public void A_condition_on_clients_refuses_nobody(bool warned, string one, string two) =>
        Assert.Equal(warned, Codes(Site(one, two)).Contains("CFG0234"));
}
