using Confgen.Cli.Serving;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Syntax;
using Confgen.Model;

namespace Confgen.Cli.Tests.Serving;

public sealed class SpecChangesTests
{
    private const string Before = """
        upstreams: { app: "http://127.0.0.1:3000", old: "http://127.0.0.1:3001" }
        sites:
          - { host: a.test, listen: [80], routes: [{ path: /, proxy: app }, { regex: "[.]js$", proxy: old }, { path: /x, respond: x }] }
          - { host: b.test, listen: [80], proxy: app }
        """;

    [Theory]
    [InlineData("", "", "nothing that is served changed")]
    [InlineData("sites:", "# a comment\nsites:", "nothing that is served changed")]
    [InlineData("3000", "3002", "upstream app changed; site a.test: route path: / changed; site b.test: route path: / changed")]
    [InlineData("path: /x, respond: x", "path: /y, respond: x", "site a.test: route path: /y added; site a.test: route path: /x removed")]
    [InlineData("respond: x", "respond: z", "site a.test: route path: /x changed")]
    [InlineData("host: b.test", "host: c.test", "site c.test added; site b.test removed")]
    [InlineData("host: b.test,", "host: b.test, compress: [gzip],", "site b.test changed")]
    [InlineData("upstreams:", "trusted_proxies: [10.0.0.0/8, unix]\nupstreams:", "trusted_proxies changed")]
    public void What_differs_is_said_in_the_words_of_the_spec(string from, string to, string expected) =>
        Assert.Equal(expected, SpecChanges.Of(Read(Before), Read(from.Length == 0 ? Before : Before.Replace(from, to))));

    [Fact]
    public void More_than_a_dozen_are_counted()
    {
        string many = string.Concat(Enumerable.Range(0, 30).Select(i => $"\n  - {{ host: s{i}.test, listen: [80], respond: ok }}"));

        Assert.EndsWith("; site s11.test added; 18 more", SpecChanges.Of(Read(Before), Read(Before + many)), StringComparison.Ordinal);
    }

    private static Spec Read(string yaml) =>
        Compilation
            .FromText(
                new CompilerHost([], new ScribanTemplates(_ => null), new DiskFileSystem(), _ => null),
                new SourceText("spec.yaml", yaml)
            )
            .Spec
        ?? throw new InvalidOperationException(yaml);
}
