using System.Text.RegularExpressions;
using Confgen.Compiler.Tests.Support;

namespace Confgen.Compiler.Tests.Docs;

/// <summary>The index of the examples lists each of them.</summary>
public sealed partial class ExamplesIndexTests
{
    [Fact]
    public void Every_example_is_listed()
    {
        string folder = Path.Combine(Repository.Root, "examples");
        string[] specs =
        [
            .. Directory
                .GetFiles(folder, "confgen.yaml", SearchOption.AllDirectories)
                .Append(Path.Combine(folder, "pyserve-gateway", "config.yaml"))
                .Select(f => Path.GetRelativePath(folder, f))
                .Order(StringComparer.Ordinal),
        ];
        string[] listed =
        [
            .. Link()
                .Matches(File.ReadAllText(Path.Combine(folder, "README.md")))
                .Select(m => m.Groups[1].Value)
                .Order(StringComparer.Ordinal),
        ];
        Assert.Equal(specs, listed);
    }

    [GeneratedRegex(@"\]\(([^)]+\.yaml)\)")]
    private static partial Regex Link();
}
