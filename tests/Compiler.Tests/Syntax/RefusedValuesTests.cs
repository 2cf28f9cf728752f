using Confgen.Compiler.Tests.Support;

namespace Confgen.Compiler.Tests.Syntax;

/// <summary>Values that look right and are not: each is an error, with what was probably meant.</summary>
public sealed class RefusedValuesTests
{
    private const string P = "proxy: \"http://127.0.0.1:3000\"";

    [Theory]
    [InlineData("listen: \"8080:80\"", "CFG0116", "write 8080 alone")]
    [InlineData("listen: \":8080\"", "CFG0116", "write 8080")]
    [InlineData("listen: \"127.1:80\"", "CFG0116", "as 8080")]
    [InlineData("listen: []", "CFG0103", "leave it out")]
    [InlineData("log: { output: access.log }", "CFG0103", null)]
    [InlineData("cors: { origins: [] }", "CFG0103", "list the origins")]
    [InlineData("errors: { 502: { file: /a.html, content_type: text/html } }", "CFG0103", "the file's name")]
    [InlineData("errors: { 502: { proxy: \"http://127.0.0.1:1\", status: 503 } }", "CFG0103", "the upstream's own")]
    [InlineData("errors: { 5xx: { body: a }, 5XX: { body: b } }", "CFG0004", "keep one")]
    public void A_site_with_this_field_is_refused(string field, string code, string? hint) =>
        AssertOnly(code, hint, $"sites:\n  - {{ host: a.test, {P}, {field} }}\n");

    [Theory]
    [InlineData("path: /a%20b, " + P, "CFG0118", "write '/a b'")]
    [InlineData("path: /api*, " + P, "CFG0118", "without the '*'")]
    [InlineData("path: /, match: { method: [] }, " + P, "CFG0103", "leave it out")]
    [InlineData("path: /, match: { header: { X-Debug: } }, " + P, "CFG0101", "is any value")]
    [InlineData("path: /, respond: 99", "CFG0103", "200 to 599")]
    [InlineData("path: /, respond: 600", "CFG0103", "200 to 599")]
    public void A_route_with_this_field_is_refused(string route, string code, string hint) => AssertOnly(code, hint, Findings.Site(route));

    [Theory]
    [InlineData("sites:\n  - { host: [], respond: ok }\n")]
    [InlineData(
        "upstreams: { a: { servers: [\"http://127.0.0.1:1\"], health: { active: { path: /, status: [] } } } }\nsites:\n"
            + "  - { host: a.test, proxy: a }\n"
    )]
    public void An_empty_list_is_refused_where_it_means_nothing(string spec) => AssertOnly("CFG0103", null, spec);

    [Theory]
    [InlineData("listen: \"[::1]:80\"")]
    [InlineData("log: true")]
    [InlineData("allow: []")]
    [InlineData("errors: { 502: { file: /a.html, status: 503 } }")]
    public void And_this_is_not(string field) => Assert.Empty(Findings.Codes($"sites:\n  - {{ host: a.test, {P}, {field} }}\n"));

    [Fact]
    public void A_sites_limits_keep_what_the_defaults_say()
    {
        Confgen.Model.Spec? spec = Compile
            .Text($"defaults: {{ limits: {{ head: 8KiB }} }}\nsites:\n  - {{ host: a.test, {P}, limits: {{}} }}\n")
            .Spec;
        Assert.Equal(8192, spec?.Sites[0].Limits.Head);
    }

    private static void AssertOnly(string code, string? hint, string spec)
    {
        Model.Diagnostics.Diagnostic only = Assert.Single(Compile.Text(spec).Diagnostics);
        Assert.Equal(code, only.Rule.Code);
        Assert.Contains(hint ?? "", only.Hint ?? "");
    }
}
