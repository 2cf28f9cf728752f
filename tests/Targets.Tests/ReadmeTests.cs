using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Snapshots;

namespace Confgen.Targets.Tests;

/// <summary>The README's first spec gives the outputs that stand below it.</summary>
public sealed class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Theory]
    [InlineData("nginx", "nginx.conf", "nginx")]
    [InlineData("caddy", "Caddyfile", "caddyfile")]
    public void The_first_spec_gives_the_output_below_it(string target, string file, string language)
    {
        RenderResult result = CompiledText.Of(Block("yaml")).Render(TargetCatalogue.All.Single(t => t.Name == target), Layout.Complete);
        Assert.Contains(Trimmed(Block(language)), Trimmed(result.Files.First(f => f.Path == file).Text), StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_how_many_cases_there_are_in_tens()
    {
        string cases = Path.Combine(Repository.Root, "tests/Conformance.Tests/cases");
        int count = Directory.GetDirectories(cases).Sum(area => Directory.GetDirectories(area).Length);
        Assert.All(Regex.Matches(Text, "([0-9]+) cases"), m => Assert.Equal(count / 10 * 10, int.Parse(m.Groups[1].ValueSpan)));
    }

    private static string Block(string language) =>
        Regex.Match(Text, $@"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;

    // The server stands in the http block, and so further to the right.
    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(l => l.Trim()));
}
