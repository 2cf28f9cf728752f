using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Nginx;

/// <summary>Before 1.21.1 nginx lets <c>Transfer-Encoding :</c> pass where it lets names of any characters pass.</summary>
public sealed class HeaderNamesTests
{
    [Theory]
    [InlineData("1.18", "on")]
    [InlineData("1.21", "on")]
    [InlineData("1.21.1", "off")]
    [InlineData("1.29", "off")]
    public void Odd_names_are_dropped_where_a_blank_could_be_one_of_their_characters(string version, string ignores)
    {
        string text = CompiledText.Render($"targets: {{ nginx: {{ version: \"{version}\" }} }}\nsites:\n  - {{ host: a.test, proxy: \"http://127.0.0.1:3000\" }}\n", "nginx").Files.Single().Text;
        Assert.Contains($"ignore_invalid_headers {ignores};", text, StringComparison.Ordinal);
    }
}
