using System.Text.RegularExpressions;

namespace Confgen.Runtime.Tests;

/// <summary>
/// The folders of the built-in proxy form layers: from no folder do dependencies lead back to it. What is in none of them, the options and
/// what puts everything together, may be used by, and use, each.
/// </summary>
public sealed partial class LayerTests
{
    [Fact]
    public void Folders_depend_on_each_other_without_cycles()
    {
        Dictionary<string, HashSet<string>> uses = Uses();
        Assert.True(uses.Count > 15, "the sources are found");

        // A folder that uses no other one which is left is a layer of those; what remains is a cycle.
        while (uses.FirstOrDefault(f => !f.Value.Any(uses.ContainsKey)).Key is { } layer)
        {
            uses.Remove(layer);
        }

        Assert.Empty(uses.Select(f => $"{f.Key} -> {string.Join(", ", f.Value.Where(uses.ContainsKey))}"));
    }

    private static Dictionary<string, HashSet<string>> Uses()
    {
        string root = Path.Combine(Root(), "src/Runtime");
        string[] folders = [.. Directory.GetDirectories(root).Select(d => Path.GetFileName(d)).Where(n => n is not ("bin" or "obj"))];
        return folders.ToDictionary(
            f => f,
            f =>
                Directory
                    .GetFiles(Path.Combine(root, f), "*.cs", SearchOption.AllDirectories)
                    .SelectMany(file => Name().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value))
                    .Where(used => used != f && folders.Contains(used))
                    .ToHashSet()
        );
    }

    [GeneratedRegex(@"Confgen\.Runtime\.(\w+)")]
    private static partial Regex Name();

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Confgen.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside of a checkout");
    }
}
