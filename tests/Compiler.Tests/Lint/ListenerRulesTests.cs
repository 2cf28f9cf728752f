using static Confgen.Compiler.Tests.Support.Findings;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>Which sites can stand side by side.</summary>
public sealed class ListenerRulesTests
{
    private const string P = "proxy: \"http://127.0.0.1:3000\"";

    [Theory]
    [InlineData("host: a.test, listen: 80", "host: a.test, listen: 81")]
    [InlineData("host: \"*.a.test\"", "host: b.a.test")]
    [InlineData("host: _", "host: a.test")]
    [InlineData("host: a.test, listen: \"10.0.0.1:80\"", "host: a.test, listen: \"10.0.0.2:80\"")]
    [InlineData("host: a.test, tls: internal, redirect_http: false", "host: a.test")]
    [InlineData("host: a.test, tls: internal", "host: b.test")]
    [InlineData("host: a.test, tls: internal, redirect_http: { port: 8080 }", "host: a.test")]
    [InlineData("host: a.test, tls: internal", "host: a.test, listen: 8448, tls: internal, redirect_http: false")]
    [InlineData("host: \"*.a.test\", tls: internal", "host: b.a.test, listen: 80")]
    [InlineData("host: a.test, listen: \"0.0.0.0:80\"", "host: b.test, listen: \"[::1]:80\"")]
    [InlineData("host: a.test, listen: \"unix:/run/a.sock\"", "host: b.test, listen: \"unix:/run/b.sock\"")]
    [InlineData("host: a.test, tls: internal, http2: false", "host: b.test, listen: 8443, tls: internal")]
    [InlineData("host: a.test, tls: { from: internal, min_version: \"1.3\" }", "host: b.test, listen: 8443, tls: internal")]
    public void Sites_that_differ_in_host_or_listener_stand_side_by_side(string one, string two) =>
        Assert.DoesNotContain(
            Codes($"sites:\n  - {{ {one}, {P} }}\n  - {{ {two}, {P} }}\n"),
            c => c.StartsWith("CFG02", StringComparison.Ordinal)
        );

    [Theory]
    [InlineData("CFG0200", "host: [a.test, A.test]", "host: b.test")]
    [InlineData("CFG0200", "host: a.test, listen: [80, 81]", "host: a.test, listen: [81, 82]")]
    [InlineData("CFG0200", "host: _", "host: [b.test, _]")]
    [InlineData("CFG0201", "host: a.test, listen: 443", "host: b.test, tls: internal, redirect_http: false")]
    [InlineData("CFG0202", "host: a.test, listen: [80, 80]", "host: b.test")]
    [InlineData("CFG0202", "host: a.test, listen: \"127.0.0.1:80\"", "host: b.test")]
    [InlineData("CFG0202", "host: a.test, listen: \"127.0.0.1:80\"", "host: b.test, listen: \"0.0.0.0:80\"")]
    [InlineData("CFG0202", "host: a.test, listen: \"[::]:80\"", "host: b.test")]
    [InlineData("CFG0203", "host: a.test, tls: internal, listen: 80", "host: b.test, listen: 81")]
    [InlineData(
        "CFG0203",
        "host: a.test, tls: internal, redirect_http: { port: 8443 }",
        "host: b.test, tls: internal, listen: 8443, redirect_http: false"
    )]
    [InlineData("CFG0203", "host: a.test, tls: internal", "host: a.test, tls: internal, listen: 8443")]
    [InlineData("CFG0203", "host: _, tls: internal", "host: _")]
    [InlineData("CFG0204", "host: a.test, tls: internal, http3: true", "host: b.test, tls: internal")]
    public void Sites_that_take_the_same_requests_are_errors(string code, string one, string two) =>
        Assert.Equal(
            [code],
            Codes($"sites:\n  - {{ {one}, {P} }}\n  - {{ {two}, {P} }}\n").Where(c => c.StartsWith("CFG02", StringComparison.Ordinal))
        );

    [Fact]
    public void Errors_of_the_whole_model_are_shown_beside_those_of_single_values() =>
        Assert.Equal(
            ["CFG0200", "CFG0110"],
            Codes(
                $"""
                sites:
                  - host: a.test
                    {P}
                  - host: a.test
                    {P}
                    timeouts: {"{ read: 60 }"}
                """
            )
        );

    [Fact]
    public void Advice_waits_for_a_spec_without_errors() =>
        Assert.Equal(
            ["CFG0110"],
            Codes($"upstreams: {{ unused: \"http://127.0.0.1:1\" }}\nsites:\n  - {{ host: a.test, {P}, timeouts: {{ read: 60 }} }}\n")
        );
}
