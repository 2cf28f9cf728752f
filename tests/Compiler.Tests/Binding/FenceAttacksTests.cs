using System.Text;
using Confgen.Compiler.Tests.Support;
using Confgen.Model;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Tests.Binding;

/// <summary>
/// Files of a hostile team, put together at random from what might reach others: what compiles leaves everybody else's spec as it is
/// without the file.
/// </summary>
public sealed class FenceAttacksTests
{
    private const string Main =
        "include:\n  - { files: team.yaml, hosts: [\"*.a.test\", a.test], roots: [/srv/a] }\n"
        + "fragments: { common: { allow: [10.0.0.0/8] } }\n"
        + "trusted_proxies: [192.0.2.0/24]\n"
        + "defaults: { max_body: 2MB, timeouts: { read: 30s } }\n"
        + "acme: { email: ops@main.test }\n"
        + "upstreams: { shared: \"http://127.0.0.1:1\" }\n"
        + "sites:\n"
        + "  - { host: main.test, listen: 8080, use: common, proxy: shared }\n"
        + "  - { host: other.test, listen: 8081, files: /srv/main }\n"
        + "  - { host: _, listen: 8080, respond: 404 }\n";

    private static readonly string[] _hosts =
    [
        "a.test",
        "x.a.test",
        "\"*.a.test\"",
        "main.test",
        "MAIN.test",
        "\"*.test\"",
        "\"main.*\"",
        "_",
        "[a.test, other.test]",
        "y.x.a.test",
        "main.test.",
    ];

    private static readonly string[] _fields =
    [
        "listen: 8080",
        "listen: 8081",
        "listen: [8080, 8082]",
        "listen: \"unix:/srv/main/s\"",
        "listen: \"unix:/srv/a/s\"",
        "limits: { head: 64KiB }",
        "max_body: 0",
        "timeouts: { read: 1h }",
        "use: common",
        "log: { format: json, output: /srv/main/log }",
        "log: { format: json, output: /srv/a/log }",
        "raw: { nginx: \"autoindex on;\" }",
        "errors: { 404: { file: /srv/main/e } }",
        "errors: { 404: { proxy: shared } }",
        "basic_auth: { file: /srv/a/../main/u }",
        "allow: [0.0.0.0/0]",
        "headers: { response: { set: { X-A: \"1\" } } }",
        "x-own: { host: main.test }",
        "compress: [gzip]",
    ];

    private static readonly string[] _actions =
    [
        "respond: ok",
        "proxy: shared",
        "proxy: own",
        "proxy: \"http://127.0.0.1:9\"",
        "proxy: tunnel:t",
        "files: /srv/a/www",
        "files: /srv/main",
        "files: { root: /srv/a, try: [\"/../main/x\"] }",
        "redirect: https://main.test/",
    ];

    private static readonly string[] _roots =
    [
        "trusted_proxies: [0.0.0.0/0]",
        "defaults: { max_body: 0 }",
        "fragments: { common: { allow: [0.0.0.0/0] } }",
        "fragments: { own: { allow: [0.0.0.0/0] } }",
        "upstreams: { own: \"http://127.0.0.1:2\" }",
        "upstreams: { shared: \"http://127.0.0.1:2\" }",
        "acme: { email: team@a.test }",
        "lint: { unused-upstream: off }",
        "targets: { nginx: { user: root } }",
        "raw: { nginx: \"autoindex on;\" }",
        "streams: { s: { listen: 9000, upstream: \"tcp://127.0.0.1:1\" } }",
        "tunnels: { t: { portal: { listen: 1, public: a.test }, bridge: { forward: \"http://127.0.0.1\" }, secret: 0123456789abcdef } }",
        "tests: [{ get: \"http://a.test/\", expect: { status: 200 } }]",
        "include: { files: more.yaml, hosts: \"*.test\" }",
        "include: more.yaml",
        "version: 1",
    ];

    [Fact]
    public void What_compiles_changes_nothing_of_others()
    {
        Spec alone = Others(Compile.Text(Main, new Dictionary<string, string> { ["team.yaml"] = "tests: []\n" }).Spec!);
        int compiled = 0;
        for (int seed = 0; seed < 5000; seed++)
        {
            var random = new Random(seed);
            string team = Team(random);
            var files = new Dictionary<string, string> { ["team.yaml"] = team, ["more.yaml"] = Team(random) };
            if (Compile.Text(Main, files).Spec is { } spec)
            {
                compiled++;
                Assert.True(alone.Equals(Others(spec)), $"seed {seed}:\n{team}\n{files["more.yaml"]}");
            }
        }

        // Else nothing would be tried.
        Assert.True(compiled > 50, $"{compiled} compiled");
    }

    private static string Team(Random random)
    {
        var text = new StringBuilder();
        foreach (string root in Some(random, _roots, random.Next(3) == 0 ? 2 : 0).DistinctBy(r => r.Split(':')[0]))
        {
            text.Append(root).Append('\n');
        }

        text.Append("sites:\n");
        for (int sites = random.Next(1, 3); sites > 0; sites--)
        {
            string host = random.Next(2) == 0 ? _hosts[random.Next(3)] : _hosts[random.Next(_hosts.Length)];
            string[] fields = [.. Some(random, _fields, random.Next(3)).DistinctBy(f => f.Split(':')[0])];
            text.Append($"  - {{ host: {host}, {string.Concat(fields.Select(f => f + ", "))}{_actions[random.Next(_actions.Length)]} }}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Some(Random random, string[] of, int count) =>
        Enumerable.Range(0, count).Select(_ => of[random.Next(of.Length)]);

    // What is left without the team's own.
    private static Spec Others(Spec spec) =>
        spec with
        {
            Sites = spec.Sites.Where(site => !IsOfTeam(site)).ToValueList(),
            Upstreams = spec.Upstreams.Where(upstream => upstream.Name != "own").ToValueList(),
            Tests = [],
        };

    private static bool IsOfTeam(Site site) =>
        site.Hosts.All(host => host.Name == "a.test" || host.Name.EndsWith(".a.test", StringComparison.Ordinal));
}
