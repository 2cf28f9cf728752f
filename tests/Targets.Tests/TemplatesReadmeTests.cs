using System.Text.RegularExpressions;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.InMemory;
using Confgen.Targets.Tests.Snapshots;

namespace Confgen.Targets.Tests;

/// <summary>The example of <c>templates/README.md</c> gives what it says.</summary>
public sealed class TemplatesReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "templates/README.md"));

    [Fact]
    public void The_example_restyles_the_output()
    {
        string template = Regex.Match(Text, @"`mine/(\S+\.scriban)`").Groups[1].Value;
        Assert.Contains(template, EmbeddedTemplates.Names);
        var files = new Dictionary<string, string>(StringComparer.Ordinal) { ["templates/" + template] = Block("scriban") };
        Compilation compilation = CompiledText.Of(Block("yaml"), files);
        RenderResult result = compilation.Render(TargetCatalogue.All.Single(t => t.Name == "nginx"), Layout.Complete);
        Assert.Contains(Trimmed(Block("nginx")), Trimmed(result.Files.First(f => f.Path == "nginx.conf").Text), StringComparison.Ordinal);
    }

    private static string Block(string language) =>
        Regex.Match(Text, $@"^```{language}\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;

    // The group stands in the http block, and so further to the right.
    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(l => l.Trim()));
}
