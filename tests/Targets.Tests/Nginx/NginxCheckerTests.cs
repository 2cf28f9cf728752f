using Confgen.Compiler.Rendering;
using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Tests.Nginx;

public sealed class NginxCheckerTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("http { server { listen 80; location / { proxy_pass http://127.0.0.1:1; } } }")]
    [InlineData(
        "http { map $http_upgrade $up { default \"\"; websocket upgrade; } server { location / { proxy_set_header Connection $up; } } }"
    )]
    [InlineData("http { server { location ~ ^/(?<name>.+)$ { return 200 $name$1; } } }")]
    [InlineData("http { server { if ($host ~ \"^(?<sub>.+)\\.x$\") { return 301 https://$sub.y$request_uri; } } }")]
    [InlineData("http { server { rewrite ^/a$ /b break; root /x/$arg_y; client_max_body_size 1g; send_timeout 1m30s; } }")]
    [InlineData(
        "http { types { text/html html htm; } geo $x { default 0; 10.0.0.0/8 1; ranges; } split_clients $remote_addr $y { 50% a; * b; } }"
    )]
    [InlineData("include modules/*.conf; http { server { return 200 $from_elsewhere; } }")]
    [InlineData("stream { server { listen 1; proxy_pass 127.0.0.1:2; } upstream u { server a:1 weight=2; } }")]
    public void What_nginx_takes_has_no_findings(string text) => Assert.Empty(Check("events {} " + text, "1.22"));

    [Theory]
    [InlineData("1.22", "http { proxy_pas x; }", "unknown directive \"proxy_pas\"")]
    [InlineData("1.22", "http { proxy_pass http://x; }", "\"proxy_pass\" directive is not allowed here")]
    [InlineData("1.22", "http { server { location / { server_name x; } } }", "\"server_name\" directive is not allowed here")]
    [InlineData("1.22", "http { sendfile; }", "invalid number of arguments in \"sendfile\" directive: it takes 1, here are 0")]
    [InlineData("1.22", "http { sendfile yes; }", "invalid value \"yes\" in \"sendfile\" directive: it takes a flag")]
    [InlineData("1.22", "http { send_timeout 1x; }", "invalid value \"1x\" in \"send_timeout\" directive: it takes a time")]
    [InlineData("1.22", "http { send_timeout 1s1m; }", "invalid value \"1s1m\" in \"send_timeout\" directive: it takes a time")]
    [InlineData("1.22", "http { satisfy some; }", "invalid value \"some\" in \"satisfy\" directive: it takes all, any")]
    [InlineData(
        "1.22",
        "http { proxy_next_upstream error http_501; }",
        "invalid value \"error\" in \"proxy_next_upstream\" directive: it takes error, timeout, invalid_header, non_idempotent, http_500, "
            + "http_502, http_503, http_504, http_403, http_404, http_429, updating, off"
    )]
    [InlineData("1.22", "http { server; }", "directive \"server\" has no opening \"{\"")]
    [InlineData("1.22", "http { sendfile on {} }", "directive \"sendfile\" is not terminated by \";\"")]
    [InlineData("1.22", "http { sendfile on; sendfile off; }", "\"sendfile\" directive is duplicate")]
    [InlineData("1.22", "http { server { location / { } location / { } } }", "duplicate location \"/\"")]
    [InlineData("1.22", "http { upstream a { server b; } upstream a { server c; } }", "duplicate upstream \"a\"")]
    [InlineData("1.22", "http { server { return 200 $nothing; } }", "unknown \"nothing\" variable")]
    [InlineData("1.22", "http { server { return 200 \"a$ b\"; } }", "invalid variable name")]
    [InlineData("1.22", "http { map $host $x { a { } } }", "unexpected \"{\"")]
    [InlineData("1.22", "http { map $host $x { a b c; } }", "invalid number of the map parameters")]
    [InlineData("1.22", "http { server { http2 on; } }", "unknown directive \"http2\": nginx has it from 1.25.1 on, this is for 1.22")]
    [InlineData("1.25", "http { server { listen 1 quic; } }", null)]
    [InlineData("1.24", "http { server { listen 1 quic; } }", "invalid parameter \"quic\": nginx has it from 1.25 on, this is for 1.24")]
    [InlineData(
        "1.25.1",
        "http { server { listen 1 ssl http2; } }",
        "the \"listen ... http2\" directive is deprecated, use the \"http2\" directive instead"
    )]
    [InlineData("1.25.1", "http { server { ssl on; } }", "unknown directive \"ssl\": nginx has it only before 1.25.1, this is for 1.25.1")]
    [InlineData(
        "1.27.2",
        "http { upstream u { server a resolve; } }",
        "invalid parameter \"resolve\": nginx has it from 1.27.3 on, this is for 1.27.2"
    )]
    [InlineData(
        "1.29.5",
        "http { upstream u { sticky cookie a; } }",
        "unknown directive \"sticky\": nginx has it from 1.29.6 on, this is for 1.29.5"
    )]
    [InlineData("1.29.6", "http { upstream u { sticky cookie a; } }", null)]
    [InlineData("1.29.3", "http { proxy_http_version 2; }", "invalid value \"2\" in \"proxy_http_version\" directive: it takes 1.0, 1.1")]
    [InlineData("1.29.4", "http { proxy_http_version 2; }", null)]
    [InlineData("1.22", "http { brotli on; zstd on; more_clear_headers Server; }", null)]
    public void What_nginx_refuses_is_found(string version, string text, string? message) =>
        Assert.Equal(message is null ? [] : [message], Check("events {} " + text, version).Select(finding => finding.Message));

    [Fact]
    public void A_finding_names_its_place()
    {
        NginxFinding finding = Assert.Single(Check("events {}\nhttp {\n    bad on;\n}", "1.22"));
        Assert.Equal("nginx.conf:3:5: unknown directive \"bad\"", finding.ToString());
    }

    [Fact]
    public void Files_that_are_read_together_share_their_variables()
    {
        NginxSourceFile[] files =
        [
            new("http.conf", NginxParser.Parse("map $host $x { default 1; }").File!, NginxContext.Http),
            new("site.conf", NginxParser.Parse("server { return 200 $x$y; }").File!, NginxContext.Http),
        ];
        Assert.Equal(
            "site.conf:1:21: unknown \"y\" variable",
            Assert.Single(NginxChecker.Check(files, new TargetVersion(1, 22))).ToString()
        );
    }

    /// <summary>
    /// Each directive of the catalogue, in each of its contexts, with each number of arguments, is put to the real program: where it says
    /// "unknown", "not allowed here", "invalid number of arguments" or complains of the braces, so must the checker, and nowhere else.
    /// </summary>
    [Fact]
    public void The_catalogue_is_nginx_s_own()
    {
        if (!RealNginx.IsHere(output) || RealNginx.Version is not { } version)
            return;

        (NginxContext Context, string Before, string After)[] places =
        [
            (NginxContext.Main, "", ""),
            (NginxContext.Http, "http {", "}"),
            (NginxContext.Server, "http { server {", "} }"),
            (NginxContext.Location, "http { server { location / {", "} } }"),
            (NginxContext.LocationIf, "http { server { location / { if ($host) {", "} } } }"),
            (NginxContext.Upstream, "http { upstream u {", "server 127.0.0.1; } }"),
            (NginxContext.Events, "events {", "}"),
        ];

        // A sample that moves through the whole catalogue, different places and counts with each directive.
        using var home = new TemporaryFolder();
        int tried = 0;
        for (int i = 0; i < NginxCatalogue.Instance.Definitions.Count; i += 5)
        {
            NginxDefinition definition = NginxCatalogue.Instance.Definitions[i];
            (NginxContext context, string before, string after) = places[i / 5 % places.Length];
            int count = i / 5 % 4;
            string line =
                definition.Name + string.Concat(Enumerable.Repeat(" x", count)) + (i % 2 == 0 || !definition.IsBlock ? ";" : " {}");
            string text = $"{(context == NginxContext.Events ? "" : "events {} ")}{before} {line} {after}";
            string said = RealNginx.Test(home.Path, home.Write("nginx.conf", text));
            bool refused = Structural.Any(phrase => said.Contains(phrase, StringComparison.Ordinal));
            string mine = string.Join(
                '\n',
                NginxChecker.Check([new("", NginxParser.Parse(text).File!)], version).Select(finding => finding.Message)
            );
            bool found = Structural.Any(phrase => mine.Contains(phrase, StringComparison.Ordinal));

            // What this nginx was built without, it calls unknown; and a distribution may have carried a directive back to its version.
            bool carriedBack = !refused && mine.Contains("nginx has it from", StringComparison.Ordinal);
            if (
                refused != found
                && !carriedBack
                && !(refused && said.Contains("unknown directive", StringComparison.Ordinal) && !RealNginx.WasBuiltWith(definition.Name))
            )
                Assert.Fail($"{text}\nnginx: {said}\nchecker: {mine}");
            tried++;
        }

        Assert.True(tried > 100);
    }

    private static readonly string[] Structural =
    [
        "unknown directive",
        "is not allowed here",
        "invalid number of arguments",
        "has no opening",
        "is not terminated by",
    ];

    private static IReadOnlyList<NginxFinding> Check(string text, string version)
    {
        Assert.True(TargetVersion.TryParse(version, out TargetVersion parsed));
        NginxParse parse = NginxParser.Parse(text);
        Assert.Null(parse.Error);
        return NginxChecker.Check([new NginxSourceFile("nginx.conf", parse.File!)], parsed);
    }
}
