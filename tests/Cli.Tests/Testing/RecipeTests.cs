using System.Text.RegularExpressions;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Testing;

/// <summary>Every recipe of docs/recipes.md is valid for nginx, Caddy and serve, and its own tests pass.</summary>
public sealed partial class RecipeTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "docs/recipes.md"));

    public static TheoryData<string, string> Recipes =>
        new(Recipe().Matches(_page).Select(m => (_page[..m.Index].Split("\n## ")[^1].Split('\n')[0], m.Groups["spec"].Value)));

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipe_does_what_its_tests_say(string title, string spec)
    {
        using var session = new Session { Targets = null }.With("confgen.yaml", spec);
        session.Run("validate", "-t", "nginx,caddy,serve").Gives(0);
        Assert.Matches("[1-9][0-9]* passed, 0 failed", session.Run("test").Gives(0).Error);
        Assert.Contains($"(#{title.ToLowerInvariant().Replace(' ', '-')})", _page, StringComparison.Ordinal);
    }

    [GeneratedRegex("^```yaml\n(?<spec>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Recipe();
}
