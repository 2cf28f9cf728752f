using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Snapshots;

namespace Confgen.Targets.Tests.Experts;

/// <summary>
/// What confgen writes beside the constant files is about as long as what an expert writes by hand for the same: <c>expert/nginx.conf</c>
/// and <c>expert/Caddyfile</c> beside the snapshots of a case. Lines of code are counted: no empty ones, no comments, no braces that close
/// a block.
/// </summary>
public sealed class ExpertTests
{
    private const double Budget = 1.25;

    /// <summary>Where the contract needs more lines than that, and why.</summary>
    private static readonly Dictionary<(string Case, string Target), (int Lines, string Why)> _more = new()
    {
        [("examples/many-apps", "caddy")] = (
            43,
            "before 2.8 Caddy does not compute the client address behind trusted proxies, so each site and each proxy needs its own lines"
        ),
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (SnapshotCase one in SnapshotCase.All)
            {
                foreach (string target in ExpertFile.Names.Keys.Where(target => one.IsExample || File.Exists(ExpertFile.Of(one, target))))
                {
                    data.Add(one.Name, target);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_output_is_within_the_budget(string name, string target)
    {
        SnapshotCase one = SnapshotCase.Named(name);
        if (Ours(one, target) is { } ours)
        {
            Assert.True(File.Exists(ExpertFile.Of(one, target)), $"{ExpertFile.Of(one, target)} is missing");
            int expert = LinesOf(File.ReadAllText(ExpertFile.Of(one, target)));
            double most = _more.TryGetValue((name, target), out (int Lines, string Why) more) ? more.Lines : Budget * expert;
            Assert.True(ours <= most, $"{ours} lines of code, an expert's has {expert}, and the budget is {most}");
        }
    }

    [Theory]
    [InlineData("short-form", "nginx", 28)]
    [InlineData("examples/lobechat", "nginx", 48)]
    [InlineData("two-tls-sites", "nginx", 50)]
    [InlineData("one-api", "nginx", 29)]
    [InlineData("short-form", "caddy", 6.4)] // Three lines of an expert: the budget is eight.
    [InlineData("examples/lobechat", "caddy", 16)]
    [InlineData("two-tls-sites", "caddy", 12)]
    [InlineData("one-api", "caddy", 8)]
    public void The_output_is_within_the_budget_of_the_shortest_that_serves(string name, string target, double expert)
    {
        int? ours = Ours(SnapshotCase.Named(name), target);
        Assert.True(ours <= Budget * expert, $"{ours} lines of code, the budget is {Budget * expert}");
    }

    private static int? Ours(SnapshotCase one, string target)
    {
        IReadOnlyList<RenderedFile> files = one.Compile().Render(TargetCatalogue.All.Single(t => t.Name == target), Layout.Complete).Files;
        return files.SingleOrDefault(file => file.Path == ExpertFile.Names[target]) is { } main ? LinesOf(main.Text) : null;
    }

    private static int LinesOf(string text) =>
        text.Split('\n').Select(line => line.Trim()).Count(line => line.Length > 0 && line[0] != '#' && line != "}");
}
