using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Nginx;

/// <summary>What nginx would read as something else is refused in the spec's own words, never found in the output.</summary>
public sealed class RefusedNamesTests
{
    [Theory]
    [InlineData("match: { header: { X.Version: a } }", "CFG0405")]
    [InlineData("headers: { request: { add: { \"X*\": a } } }", "CFG0405")]
    [InlineData("headers: { request: { set: { $host: a } } }", "CFG0405")]
    [InlineData("headers: { response: { remove: [$host] } }", "CFG0405")]
    [InlineData("rate_limit: { rate: 1/s, key: { header: X.User } }", "CFG0405")]
    [InlineData("forward_auth: { url: \"http://127.0.0.1:9/verify\", copy_headers: [Remote!User] }", "CFG0405")]
    public void A_name_that_is_no_variable_of_nginx(string field, string code) =>
        Assert.Equal(
            [code],
            Errors($"sites:\n  - host: a.test\n    routes:\n      - {{ path: /, proxy: \"http://127.0.0.1:3000\", {field} }}\n")
        );

    [Theory]
    [InlineData("/run/a.sock;stub_status")]
    [InlineData("/run/a.sock{")]
    [InlineData("/run/$host.sock")]
    [InlineData("/run/\\\"a.sock")]
    public void A_socket_whose_path_would_end_the_directive(string path) =>
        Assert.Single(Errors($"sites:\n  - {{ host: a.test, listen: \"unix:{path}\", proxy: \"http://127.0.0.1:3000\" }}\n"));

    private static string[] Errors(string spec)
    {
        RenderResult? rendered = null;
        var compiled = CompiledText.Of(spec);
        IEnumerable<Diagnostic> said = compiled.Diagnostics;
        if (compiled.Spec is not null)
        {
            rendered = compiled.Render(TargetCatalogue.All.Single(target => target.Name == "nginx"), Layout.Complete);
            said = said.Concat(rendered.Diagnostics);
        }

        Assert.True(rendered is null or { Files.Count: 0 });
        return [.. said.Where(one => one.Severity == Severity.Error).Select(one => one.Rule.Code).Distinct(StringComparer.Ordinal)];
    }
}
