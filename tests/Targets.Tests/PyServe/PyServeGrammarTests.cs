using Confgen.Targets.PyServe.Syntax;

namespace Confgen.Targets.Tests.PyServe;

public sealed class PyServeGrammarTests
{
    private const string Good = """
        version: 2
        server:
          host: 0.0.0.0
          port: 8080
          backlog: 5
          default_root: false
          reverse_proxy:
            - { path: /api, host: 127.0.0.1, port: 3000, ssl: false }
          redirect_instructions:
            - /home: /index.html
        http:
          static_dir: ./static
          templates_dir: ./templates
        ssl:
          enabled: no
        logging:
          level: INFO
          max_log_size: 10485760
        extensions:
          - type: routing
            config:
              regex_locations:
                "=/x": { proxy_pass: "http://127.0.0.1", host: 127.0.0.1, port: 3000 }
        """;

    [Fact]
    public void A_configuration_that_PyServe_starts_with_is_good() => Assert.Empty(Check(Good));

    [Theory]
    [InlineData("  port: 8080", "  port: \"8080\"", "4:9 BadValue 'port' is a port, 1 to 65535 without quotes; this is a text")]
    [InlineData("  port: 8080", "  port: 70000", "4:9 BadValue 'port' is a port, 1 to 65535 without quotes; this is '70000'")]
    [InlineData("  port: 8080", "  port: 010", "4:9 BadValue 'port' is a port, 1 to 65535 without quotes; this is '010'")]
    [InlineData("  backlog: 5", "", "3:3 DoesNotStart 'backlog' is missing in 'server'")]
    [InlineData("  host: 0.0.0.0", "  host: 1", "3:9 BadValue 'host' is a text; this is '1'")]
    [InlineData("  host: 0.0.0.0", "  host:", "3:8 BadValue 'host' is a text; this is nothing")]
    [InlineData("level: INFO", "level: info", "17:10 DoesNotStart 'level' is one of DEBUG, INFO, WARNING, ERROR, CRITICAL; this is 'info'")]
    [InlineData("enabled: no", "enabled: \"no\"", "15:12 BadValue 'enabled' is true or false, without quotes; this is a text")]
    [InlineData("path: /api, ", "", "8:7 Missing 'path' is missing in 'reverse_proxy'")]
    [InlineData(
        "static_dir",
        "static_dirs",
        "12:3 UnknownKey unknown key 'static_dirs': PyServe ignores it",
        "12:3 DoesNotStart 'static_dir' is missing in 'http'"
    )]
    [InlineData(
        "- /home: /index.html",
        "- { /home: /index.html, /a: /b }",
        "10:7 BadValue 'redirect_instructions' is a list of maps with one pair each, as '- /old: /new'; this is a map"
    )]
    [InlineData("proxy_pass:", "proxypass:", "23:18 UnknownKey unknown key 'proxypass': PyServe ignores it")]
    public void What_PyServe_could_not_use_is_found(string good, string bad, params string[] findings) =>
        Assert.Equal(findings, Check(Good.Replace(good, bad, StringComparison.Ordinal)));

    [Fact]
    public void An_empty_list_is_never_left_blank() =>
        Assert.Contains(
            PyServeGrammar.Check(
                "config.yaml",
                Good.Replace("- { path: /api, host: 127.0.0.1, port: 3000, ssl: false }", "", StringComparison.Ordinal)
            ),
            f => f is { Fault: PyServeFault.BadValue, Hint: "an empty list is written '[]'; or leave the key out" }
        );

    [Fact]
    public void What_is_not_YAML_is_found() => Assert.StartsWith("2:", Assert.Single(Check("server: {\n  host")), StringComparison.Ordinal);

    private static string[] Check(string text) =>
        [.. PyServeGrammar.Check("config.yaml", text).Select(f => $"{f.Span.Line}:{f.Span.Column} {f.Fault} {f.Message}")];
}
