using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Importing;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Nothing is dropped in silence: every line of every Caddyfile has exactly one fate.</summary>
public sealed class CaddyImportFatesTests
{
    private static readonly string[] Lines =
    [
        "reverse_proxy 127.0.0.1:3000",
        "reverse_proxy @a https://b.example.com 10.0.0.1:80",
        "reverse_proxy /x/* {http.vars.u}",
        "reverse_proxy unix//run/x.sock h2c://127.0.0.1:1",
        "respond /a \"text\" 404",
        "respond @b 200",
        "respond {http.vars.x}",
        "redir /old /new",
        "redir https://{host}{uri} permanent",
        "redir {labels.0} 399",
        "root * /srv",
        "root /x /srv/x",
        "file_server browse",
        "try_files {path} /index.html",
        "try_files {path} =404",
        "rewrite /a /b",
        "rewrite * /p{uri}",
        "rewrite @a /q/{re.1}?x=1",
        "uri strip_prefix /s",
        "uri replace a b",
        "uri query +a b",
        "header X-A b",
        "header /p/* -Server",
        "header ?X-C d",
        "header X-D {http.vars.x}",
        "request_header X-E {header.X-F}",
        "encode gzip zstd",
        "abort @b",
        "error /gone 410",
        "php_fastcgi 127.0.0.1:9000",
        "php_fastcgi /p/* unix//run/x.sock",
        "php_server",
        "templates",
        "vars a b",
        "log_skip /healthz",
        "tls internal",
        "tls /c /k",
        "bind 127.0.0.1",
        "log",
        "method GET",
        "invoke shared",
        "import part.caddy",
        "import part x y",
        "import nothing/*.caddy",
        "import nothing",
        "frobnicate \"a b\" c",
        "{$LINES}",
        "@a path /a/* *.x",
        "@b not remote_ip 10.0.0.0/8",
        "@c expression `1 == 1`",
    ];

    private static readonly string[] Blocks =
    [
        "handle",
        "handle /h/*",
        "handle @a",
        "handle @c",
        "handle_path /i/*",
        "route",
        "route /r",
        "handle_errors",
        "handle_errors 404 5xx",
        "basic_auth /j/*",
        "forward_auth 127.0.0.1:9091",
        "reverse_proxy 127.0.0.1:1",
        "reverse_proxy @a 127.0.0.1:1 127.0.0.1:2",
        "php_fastcgi 127.0.0.1:1",
        "@a",
        "@d not",
        "log",
        "tls",
        "frobnicate",
        "import part",
    ];

    private static readonly string[] Inner =
    [
        "alice $2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG",
        "uri /verify",
        "copy_headers A B>C",
        "header_up Host {upstream_hostport}",
        "header_up X-A {header.X-B}",
        "header_down +X-C d",
        "lb_policy cookie",
        "lb_try_duration 5s",
        "health_uri /h",
        "health_body ok",
        "max_fails 3",
        "fail_duration 10s",
        "transport http",
        "transport fastcgi",
        "root /r",
        "split .php",
        "index off",
        "env A b",
        "try_files {path} {path}/index.php =404",
        "path /a",
        "method GET",
        "header X-G h*",
        "query a=b",
        "host a.example.com",
        "protocol https",
        "output file /l",
        "protocols tls1.3",
        "dns x",
        "curves x25519",
        "respond \"sorry\"",
        "reverse_proxy 127.0.0.1:5",
    ];

    private static readonly string[] Sites =
    [
        "a.example.com",
        ":80",
        "http://b.example.com, c.example.com:8443",
        "*.d.example.com",
        "e.*",
        "(part)",
        "&(shared)",
    ];

    [Fact]
    public void Every_line_has_one_fate_and_what_comes_out_compiles()
    {
        Gen<string> line = Gen.Elements(Lines).Select(s => s + "\n");
        Gen<string> any = Gen.OneOf(line, Gen.Elements(Inner).Select(s => s + "\n"));
        Gen<string> inner = Gen.Elements(Blocks).SelectMany(b => any.ArrayOf(3).Select(ls => $"{b} {{\n{string.Concat(ls)}}}\n"));
        Gen<string> block = Gen.Elements(Blocks)
            .SelectMany(b => Gen.OneOf(any, inner).ArrayOf(4).Select(ls => $"{b} {{\n{string.Concat(ls)}}}\n"));
        Gen<string> site = Gen.Elements(Sites)
            .SelectMany(s => Gen.OneOf(line, block).ArrayOf(6).Select(ls => $"{s} {{\n{string.Concat(ls)}}}\n"));
        Gen<string> file = site.ArrayOf(3)
            .Select(ss => "{\nemail a@b.example\nservers {\nprotocols h1 h2\n}\n}\n" + string.Concat(ss.DistinctBy(s => s[..4])));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tries.Or(60)), Prop.ForAll(Arb.From(file), Holds));
    }

    private static void Holds(string text)
    {
        var files = new Dictionary<string, string>
        {
            ["/c/Caddyfile"] = text,
            ["/c/part.caddy"] = "header X-P q\nreverse_proxy 127.0.0.1:5\n",
        };
        ImportResult result = CaddyTexts.Import(files);
        Assert.True(result.Error is null || result.Error.Contains("no site", StringComparison.Ordinal), result.Error);
        int written = Count(CaddyParser.Parse(text, CaddyVersion.Newest).Nodes);
        int part = result.Directives.Count(d => d.File == "/c/part.caddy");

        Assert.True(part is 0 or 2);
        ImportReport.IsWhole(result, written + part, isLine: true);
    }

    private static int Count(IEnumerable<CaddyNode> nodes) =>
        nodes.Where(n => n.Kind != CaddyNodeKind.Comment).Sum(n => 1 + Count(n.Block ?? []));
}
