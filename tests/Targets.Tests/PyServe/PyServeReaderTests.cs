using Confgen.Compiler;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.PyServe;

/// <summary>PyServe's config.yaml as a spec: what its rules mean is kept.</summary>
public sealed class PyServeReaderTests
{
    [Fact]
    public void A_rule_becomes_a_route_that_cuts_its_prefix_and_passes_WebSocket()
    {
        Site site = SiteOf(
            """
            server:
              host: 0.0.0.0
              port: 8080
              backlog: 5
              reverse_proxy:
                - { path: /api, host: 127.0.0.1, port: 3001 }
                - { path: /, host: app.internal, port: 8443, ssl: true }
            http: { static_dir: ./static, templates_dir: ./templates }
            """
        );

        Assert.Equal(["0.0.0.0:8080"], site.Listen.Select(l => l.ToString()));
        Assert.Equal(["_"], site.Hosts.Select(h => h.ToString()));
        Assert.Equal(["path: /api StripPrefix http://127.0.0.1:3001", "path: /  https://app.internal:8443"], site.Routes.Select(Shown));
        Assert.All(
            site.Routes,
            r => Assert.Equal((WebSocketMode.Always, HostHeaderKind.Upstream), (r.Proxy?.WebSocket, r.Proxy?.Host.Kind))
        );
    }

    [Fact]
    public void The_first_rule_in_the_order_of_the_list_wins()
    {
        Compilation compilation = Read(
            """
            server:
              host: ""
              port: 8080
              backlog: 5
              reverse_proxy:
                - { path: /api, host: 127.0.0.1, port: 3001 }
                - { path: /api/v2, host: 127.0.0.1, port: 3002 }
                - { path: /, host: 127.0.0.1, port: 3000 }
                - { path: /docs, host: 127.0.0.1, port: 3003 }
              redirect_instructions:
                - /home: /index.html
            http: { static_dir: ./static, templates_dir: ./templates }
            """
        );

        Assert.Equal(
            ["path: /api StripPrefix http://127.0.0.1:3001", "path: /  http://127.0.0.1:3000"],
            compilation.Spec?.Sites[0].Routes.Select(Shown)
        );
        Assert.Equal(
            [
                "6:15 CFG0604 PyServe's rule for '/api' takes '/apifoo' too; here it takes whole segments",
                "7:15 CFG0603 no request reaches this rule: the rule for '/api' takes '/api/v2' before it",
                "9:15 CFG0603 no request reaches this rule: the rule for '/' takes '/docs' before it",
                "11:7 CFG0603 no request reaches this redirect: the rule for '/' takes '/home' before it",
            ],
            CompiledText.Shown(compilation.Diagnostics).Where(d => d.Contains("CFG06", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Redirects_are_exact_and_files_come_last()
    {
        Site site = SiteOf(
            """
            server:
              host: localhost
              port: 8080
              backlog: 5
              default_root: false
              reverse_proxy: []
              redirect_instructions:
                - /home: /index.html
                - "/a{b}": "https://example.com/{b}"
            http: { static_dir: ./static, templates_dir: ./templates }
            """,
            ("static/index.html", "hello")
        );

        Assert.Equal(["127.0.0.1:8080"], site.Listen.Select(l => l.ToString()));
        Assert.Equal(["exact: /home", "exact: /a{b}", "path: /", "path: /static"], site.Routes.Select(r => r.Path.ToString()));
        Assert.Equal(
            [("/index.html", 302), ("https://example.com/{b}", 302)],
            site.Routes.Select(r => r.Action)
                .OfType<RedirectAction>()
                .Select(r => (string.Concat(r.To.Parts.Select(p => p.Literal)), r.Status))
        );
        Assert.Equal(
            [("/spec/static", 0, null), ("/spec/static", 0, (PathRewriteKind?)PathRewriteKind.StripPrefix)],
            site.Routes.Where(r => r.Action is FilesAction)
                .Select(r => (((FilesAction)r.Action).Root, ((FilesAction)r.Action).Index.Count, r.Rewrite?.Kind))
        );
    }

    [Fact]
    public void Certificates_and_the_log_are_taken_over()
    {
        Site site = SiteOf(
            """
            server:
              host: "::1"
              port: 8443
              backlog: 5
              reverse_proxy: [{ path: /, host: 127.0.0.1, port: 3000 }]
            http: { static_dir: ./static, templates_dir: ./templates }
            ssl: { enabled: yes, cert_file: ./ssl/cert.pem, key_file: /etc/ssl/key.pem }
            logging: { level: INFO, log_file: ./logs/pyserve.log, structured_logs: true }
            """,
            ("ssl/cert.pem", "x")
        );

        Assert.Equal(["[::1]:8443"], site.Listen.Select(l => l.ToString()));
        Assert.Equal(("/spec/ssl/cert.pem", "/etc/ssl/key.pem", null), (site.Tls?.Cert, site.Tls?.Key, site.RedirectHttp));
        Assert.Equal((AccessLogFormat.Json, "/spec/logs/pyserve.log"), (site.Log?.Format, site.Log?.Output));
    }

    [Fact]
    public void The_routing_extension_goes_before_the_rules()
    {
        Site site = SiteOf(
            """
            version: 2
            server:
              host: ""
              port: 8080
              backlog: 5
              reverse_proxy: [{ path: /, host: 127.0.0.1, port: 3000 }]
            http: { static_dir: ./static, templates_dir: ./templates }
            extensions:
              - type: routing
                config:
                  regex_locations:
                    "/files": { proxy_pass: "http://x", host: 127.0.0.1, port: 3001, path: /files }
                    "~/\\.\\.(/|$)": { proxy_pass: "http://127.0.0.1:0", host: 127.0.0.1, port: 0 }
                    "~^/v[0-9]+/": { proxy_pass: "http://127.0.0.1:3002/ignored" }
                    "=/health": { return: "200 OK", content_type: text/plain }
            """
        );

        Assert.Equal(
            [
                "exact: /health  RespondAction",
                "regex: ^/v[0-9]+/  http://127.0.0.1:3002",
                "path: /files StripPrefix http://127.0.0.1:3001",
                "path: /  http://127.0.0.1:3000",
            ],
            site.Routes.Select(Shown)
        );
    }

    [Fact]
    public void A_later_diagnostic_points_into_the_file_itself()
    {
        Compilation compilation = Read(
            """
            server:
              host: ""
              port: 8080
              backlog: 5
              reverse_proxy:
                - path: /
                  host: not a host
                  port: 3000
            http: { static_dir: ./static, templates_dir: ./templates }
            """
        );

        Assert.StartsWith("7:13 CFG0113 ", Assert.Single(CompiledText.Shown(compilation.Diagnostics)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_looks_like_a_variable_is_text_to_PyServe()
    {
        Site site = SiteOf(
            """
            server:
              host: ""
              port: 8080
              backlog: 5
              redirect_instructions: [{ /old: "/${NEW}" }]
            http: { static_dir: ./static, templates_dir: ./templates }
            """
        );

        Assert.Equal("/${NEW}", string.Concat(((RedirectAction)site.Routes[0].Action).To.Parts.Select(p => p.Literal)));
    }

    [Theory]
    [InlineData("sites:\n  - { host: a.example.com, proxy: \"http://127.0.0.1:1\" }\nserver: {}\n", "CFG0100")]
    [InlineData("server: { host: \"\", port: 80, backlog: 5, reverse_proxy: }\nhttp: { static_dir: s, templates_dir: t }\n", "CFG0601")]
    [InlineData("serverr: { host: \"\", port: 80 }\nhttp: { static_dir: s, templates_dir: t }\n", "CFG0600", "CFG0601")]
    [InlineData("server: { host: \"\", port: 80, reverse_proxy: [{ path: api, host: h, port: 1 }] }\n", "CFG0601", "CFG0602", "CFG0602")]
    public void Mistakes_are_told_apart(string text, params string[] codes) =>
        Assert.Equal(
            codes,
            CompiledText
                .Of(text)
                .Diagnostics.Where(d => d.Severity > Model.Diagnostics.Severity.Info)
                .Select(d => d.Rule.Code)
                .Order(StringComparer.Ordinal)
        );

    private static string Shown(Route route) =>
        $"{route.Path} {route.Rewrite?.Kind.ToString()} "
        + $"{route.Proxy?.Upstream.Servers[0].Address.ToString() ?? route.Action.GetType().Name}";

    private static Compilation Read(string text, params (string Name, string Text)[] files) =>
        CompiledText.Of(text, files.ToDictionary(f => f.Name, f => f.Text, StringComparer.Ordinal), "/spec/config.yaml");

    private static Site SiteOf(string text, params (string Name, string Text)[] files)
    {
        Compilation compilation = Read(text, files);
        Assert.True(compilation.Spec is not null, string.Join("\n", CompiledText.Shown(compilation.Diagnostics)));
        return Assert.Single(compilation.Spec!.Sites);
    }
}
