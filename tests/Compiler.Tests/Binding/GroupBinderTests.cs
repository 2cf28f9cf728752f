using Confgen.Compiler.Tests.Support;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Tests.Binding;

/// <summary>Which groups <c>{path.NAME}</c> may name: those of the regex of its route.</summary>
public sealed class GroupBinderTests
{
    [Theory]
    [InlineData("regex: '^/a/(.*)$', redirect: \"https://b.example.com/{path.1}\"")]
    [InlineData("regex: '^/a/(?P<id>.*)$', redirect: \"https://b.example.com/{path.id}{path.0}\"")]
    [InlineData("regex: ['^/a/(.*)$', '^/b/(.)'], redirect: \"https://b.example.com/{path.1}\"")]
    [InlineData("regex: '^/(a)', respond: ok, headers: { response: { set: { X-A: \"{path.1}\" } } }")]
    public void It_names_a_group_of_the_routes_regex(string route) => Assert.Empty(Errors(Findings.Site(route)));

    [Theory]
    [InlineData(
        "regex: '^/a/.*$', redirect: \"https://b.example.com/{path.1}\"",
        "{path.1}: the regex has no group '1': put what shall be kept in parentheses"
    )]
    [InlineData(
        "regex: '^/(?P<user>.*)$', redirect: \"https://b.example.com/{path.usr}\"",
        "{path.usr}: the regex has no group 'usr': did you mean {path.user}?"
    )]
    [InlineData(
        "path: /a, redirect: \"https://b.example.com/{path.1}\"",
        "{path.1}: the route has no regex with groups: write its path as 'regex'"
    )]
    [InlineData(
        "regex: ['^/a/(.)', '^/b'], redirect: \"https://b.example.com/{path.1}\"",
        "{path.1}: the regex has no group '1': put what shall be kept in parentheses"
    )]
    [InlineData(
        "regex: '^/((a*)*)$', respond: ok, headers: { response: { add: { X-A: \"{path.1}\" } } }",
        "{path.1}: the regex repeats '(a*)', which can be empty: programs disagree on what it matches then"
    )]
    public void It_names_no_other(string route, string expected) => Assert.Equal([expected], Errors(Findings.Site(route)));

    [Fact]
    public void A_site_has_no_regex() =>
        Assert.Equal(
            ["{path.1}: a site has no regex with groups: write the rule in the route"],
            Errors(
                "sites:\n  - host: a.example.com\n    headers: { request: { set: { X-A: \"{path.1}\" } } }\n"
                    + "    proxy: http://127.0.0.1:3000\n"
            )
        );

    private static string[] Errors(string yaml) =>
        [.. Compile.Text(yaml).Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.Message)];
}
