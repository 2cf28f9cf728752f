using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Raw;

/// <summary>Lines under <c>raw</c>: they stay in their block, and what the program would refuse is told at their line.</summary>
public sealed class RawLinesTests
{
    [Theory]
    [InlineData("nginx", "etag off;", "")]
    [InlineData("nginx", "if ($request_method = TRACE) {\n  return 405;\n}", "")]
    [InlineData("nginx", "etag maybe;", "error CFG0406 5")]
    [InlineData("nginx", "etag off;\netag on;", "error CFG0406 6")]
    [InlineData("nginx", "\n# two lines above\nserver { }", "error CFG0406 7")]
    [InlineData("nginx", "}", "error CFG0406 5")]
    [InlineData("nginx", "return 200;\n}\nlocation /x {", "error CFG0406 6")]
    [InlineData("nginx", "set $a 'open;", "error CFG0406 5")]
    [InlineData("nginx", "etag off", "error CFG0406 5")]
    [InlineData("nginx", "large_client_header_buffers 1 8k;", "")]
    [InlineData("nginx", "vhost_traffic_status_display;", "warning CFG0407 5")]
    [InlineData("nginx", "add_header X-A $nothing_defines_it;", "error CFG0406 5")]
    [InlineData("caddy", "templates", "")]
    [InlineData("caddy", "@a path /a\nheader @a X-A b", "")]
    [InlineData("caddy", "header @undefined X-A b", "error CFG0406 5")]
    [InlineData("caddy", "}\nb.example.com {", "error CFG0406 6")]
    [InlineData("caddy", "}", "error CFG0406 5")]
    [InlineData("caddy", "header X-A \"open", "error CFG0406 5")]
    [InlineData("caddy", "templates \\", "error CFG0406 5")]
    [InlineData("caddy", "rate_limit 10r/s", "warning CFG0407 5")]
    public void A_site_s_lines_are_whole_directives_of_its_block(string target, string lines, string expected) =>
        Assert.Equal(expected, Problems(target, Spec("  ", target, lines)));

    [Theory]
    [InlineData("nginx", "gzip on;", "")]
    [InlineData("nginx", "worker_processes 4;", "error CFG0406 3")]
    [InlineData("caddy", "grace_period 3s", "")]
    [InlineData("caddy", "order rate_limit before basicauth", "")]
    [InlineData("caddy", "}\nb.example.com {\nrespond no", "error CFG0406 4")]
    public void So_are_those_beside_all_sites(string target, string lines, string expected) =>
        Assert.Equal(
            expected,
            Problems(target, $"raw:\n  {target}: |\n{Indented(lines, 4)}\nsites:\n  - {{ host: a.test, proxy: \"http://127.0.0.1:1\" }}\n")
        );

    [Fact]
    public void A_field_that_the_output_has_already_is_refused_at_the_line_of_the_spec()
    {
        const string spec =
            "sites:\n  - host: a.test\n    routes:\n      - path: /\n        proxy: http://127.0.0.1:1\n        timeouts: { read: 5m }\n"
            + "        raw: { nginx: \"proxy_read_timeout 7s;\" }\n";
        Assert.Equal("error CFG0406 7", Problems("nginx", spec));
    }

    [Theory]
    [InlineData("nginx", "haproxy", "what they do is missing here")]
    [InlineData("caddy", "nginx", "what they do is missing here")]
    [InlineData("nginx", "nginx", "no test of a spec sees what they do, and no other target does it")]
    [InlineData("caddy", "serve", "what they do is missing here")]
    public void Every_target_says_what_the_promise_does_not_hold_for(string program, string target, string said)
    {
        string lines = program == "nginx" ? "etag off;" : "templates";
        IEnumerable<string> told = CompiledText
            .Render(Spec("  ", program, lines), target)
            .Diagnostics.Where(d => d.Rule == CapabilityRules.Approximate)
            .Select(d => d.Message);
        Assert.Contains(told, message => message.Contains($"lines for `{program}`") && message.EndsWith(said, StringComparison.Ordinal));
    }

    private static string Spec(string indent, string target, string lines) =>
        $"sites:\n  - host: a.test\n    raw:\n    {indent}{target}: |\n{Indented(lines, 8)}\n    proxy: http://127.0.0.1:1\n";

    private static string Indented(string lines, int by) =>
        string.Join('\n', lines.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', by) + line));

    private static string Problems(string target, string spec) =>
        string.Join(
            ", ",
            CompiledText
                .Of(spec)
                .Diagnostics.Concat(CompiledText.Render(spec, target).Diagnostics)
                .Where(d => d.Rule != CapabilityRules.Approximate && d.Rule != CapabilityRules.ProgramDiffers)
                .Select(d => $"{d.Severity.ToString().ToLowerInvariant()} {d.Rule.Code} {d.Span.Line}")
        );
}
