using Confgen.Compiler.Tests.Support;
using static Confgen.Compiler.Tests.Support.Findings;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>What takes a warning away, and what doesn't.</summary>
public sealed class SilencingTests
{
    private static string Spec(string before, string behind) =>
        $"upstreams:\n  app:\n    servers: [\"https://10.0.0.5\"]\n{before}    tls: {{ verify: false }}{behind}\nsites:\n"
        + $"  - {{ host: a.example.com, proxy: app }}\n";

    [Theory]
    [InlineData("", " # confgen: ignore CFG0301 because the wire is ours")]
    [InlineData("", " # confgen: ignore upstream-tls-unverified because the wire is ours")]
    [InlineData("", " # confgen: ignore CFG0302, CFG0301 because the wire is ours")]
    [InlineData("", "  #confgen: ignore CFG0301   because   the wire is ours  ")]
    [InlineData("    # confgen: ignore CFG0301 because the wire is ours\n", "")]
    [InlineData("# confgen: ignore CFG0301 because the wire is ours\n    # (see the plan)\n\n", "")]
    [InlineData("    # confgen: ignore CFG0399 because of this\n    # confgen: ignore CFG0301 because of that\n", "")]
    public void A_comment_with_a_reason_silences(string before, string behind) => Assert.Empty(Codes(Spec(before, behind)));

    [Theory]
    [InlineData("CFG0301", "", " # confgen: ignore CFG0302 because it is another rule")]
    [InlineData("CFG0301", "", " # ignore CFG0301 because nothing is said of confgen")]
    [InlineData("CFG0008", "", " # confgen: ignore CFG0301")]
    [InlineData("CFG0008", "", " # confgen: ignore CFG0301 because")]
    public void Any_other_comment_leaves_a_warning(string code, string before, string behind) =>
        Assert.Equal([code], Codes(Spec(before, behind)));

    [Fact]
    public void Errors_cannot_be_silenced() =>
        Assert.Equal(["CFG0107"], Codes("sites:\n  - { host: a.example.com, proxy: ap } # confgen: ignore CFG0107 because I say so\n"));

    [Theory]
    [InlineData("off", 0)]
    [InlineData("info", 1)]
    [InlineData("error", 3)]
    public void A_spec_sets_the_severity_of_a_rule(string severity, int expected)
    {
        var found = Compile.Text($"lint: {{ CFG0301: {severity} }}\n" + Spec("", "")).Diagnostics;
        Assert.Equal(expected, found.Count == 0 ? 0 : (int)found[0].Severity);
    }

    [Fact]
    public void What_many_sites_share_is_reported_once() =>
        Assert.Equal(
            ["3:45"],
            Places(
                "CFG0231",
                "sites:\n  - host: a.example.com\n    routes: &r [{ path: /, match: { method: [get] }, respond: ok }]\n"
                    + "  - host: b.example.com\n    routes: *r\n"
            )
        );
}
