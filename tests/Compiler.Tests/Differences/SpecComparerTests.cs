using Confgen.Compiler.Tests.Support;
using Confgen.Model;
using Confgen.Model.Differences;

namespace Confgen.Compiler.Tests.Differences;

/// <summary>What the comparison of two specs says of single changes: the aspect, the risk, the requests and the sentence.</summary>
public sealed class SpecComparerTests
{
    private const string Hash = "\"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\"";
    private const string OtherHash = "\"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWx\"";

    [Theory]
    [InlineData("path: /, respond: a", "path: /, respond: b", "Change Response: http://a.test gets another response", "every path")]
    [InlineData(
        "path: /, respond: 404",
        "path: /, respond: ok",
        "Exposure Response: http://a.test becomes reachable for everybody",
        "every path"
    )]
    [InlineData(
        "path: /, respond: ok, raw: { nginx: \"etag off;\" }",
        "path: /, respond: ok, raw: { nginx: \"etag on;\" }",
        "Exposure Raw: only the program itself says what these lines do: nothing is known of guards that they open or close",
        "every path"
    )]
    [InlineData("path: /, respond: ok", "path: /x, respond: ok", "Breakage Response: /* is no longer served", "/*")]
    [InlineData(
        "path: /, respond: ok, allow: [10.0.0.0/8]",
        "path: /, respond: ok, allow: [10.0.0.0/7]",
        "Exposure Access: http://a.test becomes reachable from more addresses",
        "every path"
    )]
    [InlineData(
        "path: /, respond: ok, allow: [10.0.0.0/7]",
        "path: /, respond: ok, allow: [10.0.0.0/8]",
        "Breakage Access: clients at some addresses get 403 for http://a.test",
        "every path"
    )]
    [InlineData(
        "path: /, respond: ok, deny: [10.0.0.1]",
        "path: /, respond: ok",
        "Exposure Access: http://a.test becomes reachable for everybody",
        "every path"
    )]
    [InlineData(
        $"path: /, respond: ok, basic_auth: {{ users: {{ a: {Hash} }} }}",
        "path: /, respond: ok",
        "Exposure Credentials: http://a.test becomes reachable for everybody: no password is asked for",
        "every path"
    )]
    [InlineData(
        $"path: /, respond: ok, basic_auth: {{ users: {{ a: {Hash} }} }}",
        $"path: /, respond: ok, basic_auth: {{ users: {{ a: {OtherHash} }} }}",
        "Breakage Credentials: a has another password for http://a.test",
        "every path"
    )]
    [InlineData(
        $"path: /, respond: ok, basic_auth: {{ users: {{ a: {Hash} }} }}",
        $"path: /, respond: ok, basic_auth: {{ users: {{ b: {Hash} }} }}",
        "Exposure Credentials: b may use http://a.test; a may no longer use http://a.test",
        "every path"
    )]
    [InlineData(
        "path: /, proxy: \"http://127.0.0.1:1\", forward_auth: { url: \"http://127.0.0.1:9\" }",
        "path: /, proxy: \"http://127.0.0.1:1\"",
        "Exposure AuthServer: http://a.test becomes reachable for everybody: no auth server is asked",
        "every path"
    )]
    [InlineData(
        "path: /, respond: ok, rate_limit: { rate: 10/s, burst: 5 }",
        "path: /, respond: ok",
        "Exposure RateLimit: http://a.test takes any number of requests",
        "every path"
    )]
    [InlineData(
        "path: /, respond: ok, cors: { origins: [\"https://a.test\"] }",
        "path: /, respond: ok, cors: { origins: [\"*\"] }",
        "Exposure Cors: scripts of every site may read http://a.test",
        "every path"
    )]
    [InlineData(
        "path: /, proxy: \"http://127.0.0.1:1\", max_body: 1MB",
        "path: /, proxy: \"http://127.0.0.1:1\", max_body: 2MB",
        "Change BodyLimit: larger request bodies reach http://a.test",
        "every path"
    )]
    [InlineData(
        "path: /, proxy: \"http://127.0.0.1:1\"",
        "path: /, proxy: \"http://127.0.0.1:2\"",
        "Change Servers: requests for http://a.test go to other servers",
        "every path"
    )]
    [InlineData(
        "path: /, proxy: \"http://127.0.0.1:1\"",
        "path: /, proxy: \"http://127.0.0.1:1\", timeouts: { read: 5s }",
        "Breakage Timeouts: slow responses and idle connections of http://a.test end earlier",
        "every path"
    )]
    [InlineData(
        "path: /, proxy: \"http://127.0.0.1:1\"",
        "path: /, proxy: \"http://127.0.0.1:1\", sse: true",
        "Change Streaming: responses of http://a.test are passed on in another way",
        "every path"
    )]
    [InlineData(
        "path: /, respond: ok, headers: { response: { set: { X-Frame-Options: DENY } } }",
        "path: /, respond: ok",
        "Exposure ResponseFields: http://a.test is no longer protected by X-Frame-Options",
        "every path"
    )]
    public void A_change_of_one_route_is_named(string old, string @new, string expected, string paths)
    {
        Difference[] differences = Of(Site($"      - {{ {old} }}\n"), Site($"      - {{ {@new} }}\n"));
        Assert.Contains(expected, differences.Select(d => $"{d.Risk} {d.Aspect}: {d.Consequence}"));
        Difference difference = differences.First(d => expected.EndsWith(d.Consequence, StringComparison.Ordinal));
        Assert.Equal(paths, ClassText.Paths(difference.Classes));
        Assert.NotNull(difference.Witness);
    }

    [Fact]
    public void Only_requests_that_really_get_another_route_are_reported()
    {
        Difference difference = Assert.Single(
            Of(
                Site("      - { path: /, respond: a }\n      - { path: /api, respond: b }\n"),
                Site(
                    "      - { path: /, respond: a }\n      - { path: /api, respond: b }\n"
                        + "      - { regex: \"^/api/v[0-9]+$\", match: { method: POST, header: { X-V: \"2*\" } }, respond: a }\n"
                )
            )
        );
        Assert.Equal("what matches ^/api/v[0-9]+$ below /api", ClassText.Paths(difference.Classes));
        Assert.Equal("POST, with X-V: 2*", ClassText.Conditions(difference.Classes));
        Assert.Equal(("POST", "/api/v0"), (difference.Witness!.Request.Method, difference.Witness.Request.Target));
    }

    [Theory]
    [InlineData("cookie: { beta: \"1*\", b: \"2\" }", "with cookie beta=1*, with cookie b=2")]
    [InlineData("header: { X-A: { regex: 'b+$' } }", "with X-A: { regex: b+$ }")]
    [InlineData(
        "query: { q: { regex: '^[0-9]{2}$' } }, not: { query: { q: { regex: '^1' } } }",
        "with ?q={ regex: ^[0-9]{2}$ }, without ?q={ regex: ^1 }"
    )]
    [InlineData("not: { header: { X-A: b } }", "without X-A: b")]
    [InlineData("client: [10.0.0.0/8, \"fd00::/8\"]", "from 10.0.0.0/8 or fd00::/8")]
    [InlineData("client: 10.0.0.0/8, not: { client: 10.0.0.0/9 }", "from 10.0.0.0/8, not from 10.0.0.0/9")]
    [InlineData("not: [{ header: { X-A: b } }, { cookie: { c: \"1\" } }]", "without X-A: b, without cookie c=1")]
    [InlineData("not: { method: GET, header: { X-A: b } }", "every method but GET or GET, without X-A: b")]
    [InlineData("method: POST, not: { method: [POST, GET], query: { q: \"*\" } }", "POST, without ?q=*")]
    public void A_condition_has_its_words_and_a_request_that_meets_it(string match, string words)
    {
        Difference difference = Assert.Single(
            Of(
                Site("      - { path: /, respond: a }\n"),
                Site($"      - {{ path: /, match: {{ {match} }}, respond: b }}\n      - {{ path: /, respond: a }}\n")
            )
        );
        Assert.Equal(words, ClassText.Conditions(difference.Classes));
        Assert.Equal(("a", "b"), (difference.Witness!.Old.Body, difference.Witness.New.Body));
    }

    [Theory]
    [InlineData(
        "      - { path: /a, respond: x }\n      - { path: /b, respond: y }\n",
        "      - { path: /b, respond: y }\n      - { path: /a, respond: x }\n"
    )]
    [InlineData("      - { regex: \"^/(a|b)$\", respond: x }\n", "      - { exact: /a, respond: x }\n      - { exact: /b, respond: x }\n")]
    [InlineData("      - { regex: \"^/x+$\", respond: x }\n", "      - { regex: \"^/xx*$\", respond: x }\n")]
    [InlineData("      - { path: /a, respond: x }\n", "      - { regex: \"^/a(/|$)\", respond: x }\n")]
    [InlineData("      - { path: /a, respond: x }\n      - { path: /a/b, respond: x }\n", "      - { path: /a, respond: x }\n")]
    [InlineData(
        "      - { path: /a, match: { header: { X-V: \"1*\" } }, respond: x }\n      - { path: /a, respond: x }\n",
        "      - { path: /a, respond: x }\n"
    )]
    [InlineData(
        "      - { path: /a, match: { cookie: { a: 1 } }, respond: y }\n"
            + "      - { path: /a, match: { cookie: { a: \"*\" } }, respond: y }\n",
        "      - { path: /a, match: { cookie: { a: \"*\" } }, respond: y }\n"
    )]
    [InlineData(
        "      - { path: /a, match: { client: 10.0.0.0/8, not: { client: [10.0.0.0/9, 10.128.0.0/9] } }, respond: x }\n"
            + "      - { path: /a, respond: y }\n",
        "      - { path: /a, respond: y }\n"
    )]
    [InlineData(
        "      - { path: /a, match: { cookie: { c: { regex: ^a }, d: x }, not: { cookie: { c: a* } } }, respond: x }\n"
            + "      - { path: /a, respond: y }\n",
        "      - { path: /a, respond: y }\n"
    )]
    [InlineData(
        "      - { path: /a, match: { query: { c: { regex: '^aa*$' } } }, respond: x }\n      - { path: /a, respond: y }\n",
        "      - { path: /a, match: { query: { c: { regex: '^a+$' } } }, respond: x }\n      - { path: /a, respond: y }\n"
    )]
    [InlineData(
        "      - { path: /a, match: { not: { cookie: { a: 1 } } }, respond: y }\n      - { path: /a, respond: x }\n",
        "      - { path: /a, match: { cookie: { a: 1 } }, respond: x }\n      - { path: /a, respond: y }\n"
    )]
    public void What_behaves_the_same_is_no_difference(string old, string @new) => Assert.Empty(Of(Site(old), Site(@new)));

    [Fact]
    public void Renaming_an_upstream_and_listing_hosts_apart_change_nothing() =>
        Assert.Empty(
            Of(
                "upstreams: { a: { servers: [\"http://127.0.0.1:1\", \"http://127.0.0.1:2\"] } }\nsites:\n"
                    + "  - { host: [a.test, b.test], listen: 80, proxy: a }\n",
                "upstreams: { b: { servers: [\"http://127.0.0.1:1\", \"http://127.0.0.1:2\"] } }\nsites:\n"
                    + "  - { host: b.test, listen: 80, proxy: b }\n  - { host: a.test, listen: 80, proxy: b }\n"
            )
        );

    [Theory]
    [InlineData("a.test", "_", "*", "http://*")]
    [InlineData("\"*.a.test\"", "[\"*.a.test\", x.a.test]", "", "")]
    [InlineData("\"*.a.test\"", "[\"*.a.test\", a.test]", "a.test", "http://a.test")]
    public void Hosts_are_told_apart_as_sites_are_chosen(string old, string @new, string host, string shown)
    {
        Difference[] differences = Of(
            $"sites:\n  - {{ host: {old}, listen: 80, respond: ok }}\n",
            $"sites:\n  - {{ host: {@new}, listen: 80, respond: ok }}\n"
        );
        if (host.Length == 0)
        {
            Assert.Empty(differences);
            return;
        }

        Assert.Equal((Aspect.Site, shown), (Assert.Single(differences).Aspect, ClassText.Hosts(differences[0].Classes)));
        Assert.Equal(404, differences[0].Witness!.Old.Status);
    }

    [Fact]
    public void A_listener_that_others_reach_is_an_exposure()
    {
        Difference difference = Assert.Single(
            Of("sites:\n  - { host: _, listen: \"127.0.0.1:8080\", respond: ok }\n", "sites:\n  - { host: _, listen: 8080, respond: ok }\n")
        );
        Assert.Equal(
            (Risk.Exposure, "no connection", "http://*:8080"),
            (difference.Risk, difference.Old, ClassText.Hosts(difference.Classes))
        );
    }

    [Fact]
    public void Beyond_the_bound_it_says_so()
    {
        string many = string.Concat(
            Enumerable.Range(0, 14).Select(i => $"      - {{ regex: \"^/[ab]*a[ab]{{{i + 3}}}$\", respond: x{i} }}\n")
        );
        Assert.NotEmpty(
            SpecComparer
                .Compare(Compile.Text(Site(many)).Spec!, Compile.Text(Site(many + "      - { path: /, respond: y }\n")).Spec!)
                .Limits
        );
    }

    private static string Site(string routes) => "sites:\n  - host: a.test\n    listen: 80\n    routes:\n" + routes;

    private static Difference[] Of(string old, string @new)
    {
        Spec? before = Compile.Text(old).Spec;
        Spec? after = Compile.Text(@new).Spec;
        Assert.Empty(
            before is null ? Compile.Problems(old)
            : after is null ? Compile.Problems(@new)
            : []
        );
        Assert.NotNull(before);
        Assert.NotNull(after);
        Comparison comparison = SpecComparer.Compare(before, after);
        Assert.Empty(comparison.Limits);
        return [.. comparison.Differences];
    }
}
