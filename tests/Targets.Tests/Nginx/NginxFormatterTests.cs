using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Tests.Nginx;

public sealed class NginxFormatterTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a;b   c\n'd e' ;", "a;\nb c 'd e';\n")]
    [InlineData("a{}", "a {}\n")]
    [InlineData("a{b;c{d;}e;}", "a {\n    b;\n\n    c {\n        d;\n    }\n\n    e;\n}\n")]
    [InlineData("\n\n# x\n\n\n# y\na;#z\n\n\nb;", "# x\n\n# y\na; #z\n\nb;\n")]
    [InlineData("a {\n\n  # only\n\n}", "a {\n    # only\n}\n")]
    [InlineData("if ($a = \"b\") { return 403; }", "if ($a = \"b\") {\n    return 403;\n}\n")]
    [InlineData("a b # why\n c;", "# why\na b c;\n")]
    [InlineData("a \"x\n  y\" z;", "a \"x\n  y\" z;\n")]
    public void Layout_is_canonical(string text, string formatted) =>
        Assert.Equal(formatted, NginxFormatter.Format(NginxParser.Parse(text).File!));

    [Fact]
    public void A_long_directive_is_continued_on_the_next_line()
    {
        string names = string.Join(' ', Enumerable.Range(0, 20).Select(i => $"site{i:00}.example.com"));
        string formatted = NginxFormatter.Format(NginxParser.Parse($"server {{ server_name {names}; }}").File!);
        Assert.All(formatted.Split('\n'), line => Assert.True(line.Length <= 120));
        Assert.Contains("\n        site", formatted, StringComparison.Ordinal);
        Assert.Equal(formatted, NginxFormatter.Format(NginxParser.Parse(formatted).File!));
    }
}
