using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Nginx;

/// <summary>
/// Names that are no token never pass: before 1.21.1 nginx lets <c>Transfer-Encoding :</c> through with the directive off, and before
/// 1.30.3 it is a part of the configuration of CVE-2026-42055.
/// </summary>
public sealed class HeaderNamesTests
{
    [Theory]
    [InlineData("1.18")]
    [InlineData("1.22")]
    [InlineData("1.30")]
    public void Invalid_names_are_dropped(string version)
    {
        string text = CompiledText
            .Render(
                $"targets: {{ nginx: {{ version: \"{version}\" }} }}\nsites:\n  - {{ host: a.test, proxy: \"http://127.0.0.1:3000\" }}\n",
                "nginx"
            )
            .Files.Select(file => file.Text)
            .Aggregate(string.Concat);
        Assert.DoesNotContain("ignore_invalid_headers off", text, StringComparison.Ordinal);
    }
}
