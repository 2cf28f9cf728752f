using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Tests.Snapshots;

/// <summary>
/// What confgen writes for nginx beside the constant files is about as long as what an expert writes by hand for the same: <c>expert/nginx.conf</c>
/// beside the snapshots of a case. Lines of code are counted: no empty ones, no comments, no braces that close a block.
/// </summary>
public sealed class ExpertTests
{
    private const double Budget = 1.25;

    public static TheoryData<string> Cases => [.. SnapshotCase.All.Where(one => one.IsExample || File.Exists(FileOf(one))).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_output_is_within_the_budget(string name)
    {
        SnapshotCase one = SnapshotCase.Named(name);
        RenderResult result = one.Compile().Render(TargetCatalogue.All.Single(t => t.Name == "nginx"), Layout.Complete);
        if (result.Files.Count == 0)
        {
            return;
        }

        Assert.True(File.Exists(FileOf(one)), $"{FileOf(one)} is missing");
        (int expert, int ours) = (LinesOf(File.ReadAllText(FileOf(one))), LinesOf(result.Files.Single(file => file.Path == "nginx.conf").Text));
        Assert.True(ours <= Budget * expert, $"{ours} lines of code, an expert's has {expert}");
    }

    [Theory]
    [InlineData("short-form", 28)]
    [InlineData("examples/lobechat", 48)]
    [InlineData("two-tls-sites", 50)]
    [InlineData("one-api", 29)]
    public void The_output_is_within_the_budget_of_the_shortest_that_serves(string name, int expert)
    {
        RenderResult result = SnapshotCase.Named(name).Compile().Render(TargetCatalogue.All.Single(t => t.Name == "nginx"), Layout.Complete);
        int ours = LinesOf(result.Files.Single(file => file.Path == "nginx.conf").Text);
        Assert.True(ours <= Budget * expert, $"{ours} lines of code, the budget is {Budget * expert}");
    }

    private static string FileOf(SnapshotCase one) => Path.Combine(one.Snapshots, "expert", "nginx.conf");

    private static int LinesOf(string text) => text.Split('\n').Select(line => line.Trim()).Count(line => line.Length > 0 && line[0] != '#' && line != "}");
}
