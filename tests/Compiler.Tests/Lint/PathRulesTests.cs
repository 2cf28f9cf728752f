using static Confgen.Compiler.Tests.Support.Findings;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>Paths, regexes, conditions, redirects and files that mean something else than they seem to.</summary>
public sealed class PathRulesTests
{
    private const string P = "proxy: \"http://127.0.0.1:3000\"";

    [Theory]
    [InlineData("CFG0380", $"regex: '^/(a|a)*b$', {P}")]
    [InlineData("CFG0380", $"path: /, {P}, rewrite: {{ regex: '^/(x+x+)+y', to: / }}")]
    [InlineData("CFG0381", $"regex: '.js$', {P}")]
    [InlineData("CFG0381", $"regex: '^/static/.*.(?:png|jpe?g)$', {P}")]
    [InlineData("CFG0382", $"regex: '/api/', {P}")]
    [InlineData("CFG0382", $"regex: '/v1', {P}")]
    [InlineData("CFG0384", $"regex: '^/[a-zA-z]+', {P}")]
    [InlineData("CFG0384", $"path: /, {P}, rewrite: {{ regex: '^/([A-z])', to: /$1 }}")]
    [InlineData("CFG0385", $"path: \"/a/{{id}}\", {P}")]
    [InlineData("CFG0385", $"path: /a/.+, {P}")]
    [InlineData("CFG0385", $"exact: /a$, {P}")]
    [InlineData("CFG0386", $"path: /, {P}, match: {{ query: {{ a: \"(x|y)\" }} }}")]
    [InlineData("CFG0386", $"path: /, {P}, match: {{ header: {{ X-A: 'v\\d' }} }}")]
    [InlineData("CFG0387", "path: /x, match: { method: POST }, redirect: { to: \"https://b.example.com{uri}\", status: 302 }")]
    [InlineData("CFG0388", "path: /out, redirect: \"https://b.example.com{query}\"")]
    [InlineData("CFG0388", "path: /out, redirect: \"//{query}\"")]
    [InlineData("CFG0388", "path: /, match: { query: { a: b } }, redirect: \"{path}\"")]
    [InlineData("CFG0388", "regex: 'x$', redirect: \"{path}/\"")]
    [InlineData("CFG0388", "path: /out, redirect: \"{query.next}\"")]
    [InlineData("CFG0388", "regex: '^/out/(.*)$', redirect: \"/{path.1}\"")]
    [InlineData("CFG0388", "regex: '^/out/(.*)$', redirect: \"https://{path.1}\"")]
    [InlineData("CFG0388", "path: /out, redirect: \"https://{header.X-Host}/\"")]
    [InlineData("CFG0388", "path: /out, redirect: \"https://b.example.com{cookie.path}\"")]
    [InlineData("CFG0389", "path: /, respond: \"<html><body>hi</body></html>\"")]
    [InlineData("CFG0389", $"path: /, {P}, errors: {{ 502: {{ body: '{{\"error\": 1}}' }} }}")]
    [InlineData("CFG0390", "path: /, files: /")]
    [InlineData("CFG0390", "path: /, files: { root: /etc/nginx }")]
    [InlineData("CFG0390", "path: /, files: /home/bob/")]
    [InlineData("CFG0392", "path: /, files: { root: /var/www/site, browse: true }")]
    [InlineData("CFG0394", "path: /static/docs, files: /var/www/static/docs/")]
    [InlineData("CFG0395", $"path: /, {P}, errors: {{ 5xx: {{ body: sorry, status: 200 }} }}")]
    public void Something_is_said_of_this_route(string code, string route) => Assert.Contains(code, Codes(Site(route)));

    [Theory]
    [InlineData($"regex: '\\.js$', {P}")]
    [InlineData($"regex: '^/([a-z]+/)*x$', {P}")]
    [InlineData($"regex: '^/.*$', {P}")]
    [InlineData($"regex: '^/a.b$', {P}")]
    [InlineData($"regex: '[.]js$', {P}")]
    [InlineData($"regex: '^/api/', {P}")]
    [InlineData($"regex: '/feed$', {P}")]
    [InlineData($"regex: '/\\.', respond: 404")]
    [InlineData($"regex: '^/[A-Za-z]+-z', {P}")]
    [InlineData($"path: /a(b), {P}")]
    [InlineData($"path: /a:b, {P}")]
    [InlineData($"path: /@user/a.b, {P}")]
    [InlineData($"path: /, {P}, match: {{ query: {{ price: \"$\" }} }}")]
    [InlineData($"path: /, {P}, match: {{ header: {{ User-Agent: \"*(iPhone*\" }} }}")]
    [InlineData("path: /api, match: { method: [GET, HEAD] }, redirect: { to: \"https://b.example.com{uri}\", status: 301 }")]
    [InlineData("path: /blog, redirect: { to: \"https://b.example.com{uri}\", status: 301 }")]
    [InlineData("path: /a, redirect: \"https://b.example.com{path}\"")]
    [InlineData("exact: /a, redirect: \"{path}/\"")]
    [InlineData("path: /a, redirect: \"https://b.example.com/?{query}\"")]
    [InlineData("path: /a, redirect: \"{scheme}://b.example.com{uri}\"")]
    [InlineData("path: /, respond: \"{not json}\"")]
    [InlineData("path: /, respond: { body: \"[1]\", content_type: application/json }")]
    [InlineData("path: /, files: /srv/site/public")]
    [InlineData("path: /docs, files: /var/www/docs, strip_prefix: true")]
    [InlineData("path: /docs, files: /var/www/mydocs")]
    [InlineData("path: /, files: { root: /var/www/site, browse: true }, deny: [10.0.0.0/8]")]
    [InlineData($"path: /, {P}, errors: {{ 404: {{ file: /var/www/index.html, status: 200 }}, intercept: [404] }}")]
    public void Nothing_is_said_of_this_route(string route) => Assert.Empty(Codes(Site(route)));

    [Theory]
    [InlineData(true, $"regex: '\\.(js|css)$', {P}", "path: /docs, files: /var/www")]
    [InlineData(true, $"regex: '\\.php', {P}", "path: /docs, proxy: \"http://127.0.0.1:4000\"")]
    [InlineData(false, $"regex: '\\.(js|css)$', {P}", $"path: /docs, {P}")]
    [InlineData(false, "regex: '\\.php', respond: 404", $"path: /docs, {P}")]
    [InlineData(false, $"regex: '^/assets/.*\\.js', {P}", "path: /docs, files: /var/www")]
    [InlineData(false, $"regex: '\\.(js|css)$', {P}, match: {{ header: {{ X-A: \"1\" }} }}", "path: /docs, files: /var/www")]
    [InlineData(false, $"regex: '\\.(js|css)$', {P}", "path: /, files: /var/www")]
    public void A_regex_may_take_another_applications_files(bool told, string regex, string path) =>
        Assert.Equal(told, Codes(Site(regex, path)).Contains("CFG0383"));

    [Theory]
    [InlineData(true, "path: /, files: /var/www/checkout", ".git/HEAD")]
    [InlineData(true, "path: /x, strip_prefix: true, files: /var/www/checkout", ".env")]
    [InlineData(false, "path: /x, files: /var/www/checkout", ".env")]
    [InlineData(false, "path: /, files: /var/www/checkout", "index.html")]
    [InlineData(false, "path: /, files: /var/www/checkout }\n      - { path: /.git, respond: 404", ".git/HEAD")]
    public void Hidden_files_are_looked_for_where_the_directory_is(bool warned, string route, string file) =>
        Assert.Equal(
            warned,
            Codes(Site(route), new Dictionary<string, string> { ["/var/www/checkout/" + file] = "x" }).Contains("CFG0391")
        );

    [Theory]
    [InlineData("CFG0370", $"path: /_matrix, {P}", $"path: /, {P}")]
    [InlineData("CFG0370", $"path: /_matrix, {P}", $"path: /_palpo, {P}")]
    [InlineData("CFG0371", $"path: /_matrix/client, strip_prefix: true, rewrite_response: off, {P}", "path: /, respond: 404")]
    [InlineData(
        "CFG0372",
        $"path: /_matrix, {P}, headers: {{ response: {{ add: {{ access-control-allow-origin: \"*\" }} }} }}",
        "path: /x, respond: 404"
    )]
    [InlineData("CFG0373", $"path: /_matrix, {P}, max_body: 10MB", "path: /x, respond: 404")]
    [InlineData(
        "CFG0375",
        "exact: /.well-known/matrix/client, respond: { body: '{}', content_type: application/json }",
        "path: /x, respond: 404"
    )]
    public void A_homeserver_has_needs_of_its_own(string code, string one, string two) => Assert.Equal([code], Codes(Site(one, two)));

    [Theory]
    [InlineData($"path: /_matrix, {P}", "path: /, proxy: \"http://127.0.0.1:4000\"")]
    [InlineData($"path: /_matrix, {P}", $"path: /_synapse, {P}, allow: [10.0.0.0/8]")]
    [InlineData($"path: /, {P}", $"path: /x, {P}")]
    [InlineData(
        "exact: /.well-known/matrix/client, respond: { body: '{}', content_type: application/json }, cors: { origins: [\"*\"] }",
        "path: /x, respond: 404"
    )]
    public void A_homeserver_that_is_fenced_is_well(string one, string two) => Assert.Empty(Codes(Site(one, two)));
}
