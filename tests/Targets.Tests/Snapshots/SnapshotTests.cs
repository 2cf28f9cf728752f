using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;

namespace Confgen.Targets.Tests.Snapshots;

/// <summary>
/// Every case is compiled, linted and rendered for every target, and compared with what is kept:
/// <c>diagnostics.verified.txt</c> for the spec, and for each target the files below <c>TARGET/</c>, with a <c>diagnostics.verified.txt</c>
/// of its own where the target has something to say. Files that are the same for every spec are kept once, in <c>docs/TARGET-files.md</c>.
/// </summary>
public sealed class SnapshotTests
{
    private const string Listing = "diagnostics.txt";

    public static TheoryData<string> Cases => [.. SnapshotCase.All.Select(c => c.Name)];

    public static TheoryData<string, string> CasesAndTargets
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (SnapshotCase one in SnapshotCase.All)
            {
                foreach (ITarget target in TargetCatalogue.All)
                {
                    data.Add(one.Name, target.Name);
                }
            }

            return data;
        }
    }

    [Fact]
    public void There_are_cases()
    {
        Assert.Contains(SnapshotCase.All, c => c.IsExample);
        Assert.Contains(SnapshotCase.All, c => !c.IsExample);
    }

    [Fact]
    public void Every_folder_of_snapshots_belongs_to_a_case_and_a_target()
    {
        string root = Path.Combine(Repository.Root, "tests", "snapshots");
        string listing = Snapshot.Named(Listing, "verified");
        string[] orphans =
        [
            .. Directory
                .GetFiles(root, "*.verified.*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(root, f).Replace('\\', '/'))
                .Where(f =>
                    !SnapshotCase.All.Any(c =>
                        f == $"{c.Name}/{listing}"
                        || TargetCatalogue.All.Any(t => f.StartsWith($"{c.Name}/{t.Name}/", StringComparison.Ordinal))
                    )
                ),
        ];
        Assert.True(orphans.Length == 0, "no case, or no target: " + string.Join(", ", orphans));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_diagnostics_are_as_kept(string name)
    {
        SnapshotCase one = SnapshotCase.Named(name);
        Compilation compilation = one.Compile();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Listing] = DiagnosticsListing.Of(compilation, compilation.Diagnostics),
        };
        string differences = Snapshot.Compare(one.Snapshots, texts, recursive: false);
        Assert.True(differences.Length == 0, differences);
        Assert.False(one.IsExample && compilation.Diagnostics.Any(d => d.Severity == Severity.Error), "an example has errors");
    }

    [Theory]
    [MemberData(nameof(CasesAndTargets))]
    public void The_output_is_as_kept(string name, string target)
    {
        SnapshotCase one = SnapshotCase.Named(name);
        Compilation compilation = one.Compile();
        RenderResult result = compilation.Render(TargetCatalogue.All.Single(t => t.Name == target), Layout.Complete);
        var texts = result.Files.Where(f => !f.IsConstant).ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal);
        if (result.Diagnostics.Any(d => d.Span.IsSome))
        {
            texts[Listing] = DiagnosticsListing.Of(compilation, result.Diagnostics);
        }

        string differences = Snapshot.Compare(Path.Combine(one.Snapshots, target), texts, recursive: true);
        Assert.True(differences.Length == 0, differences);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_output_is_the_same_from_run_to_run(string name)
    {
        string[] runs = [.. Enumerable.Range(0, 2).Select(_ => AllOutput(SnapshotCase.Named(name).Compile()))];
        Assert.Equal(runs[0], runs[1]);
    }

    private static string AllOutput(Compilation compilation) =>
        string.Join(
            '\n',
            TargetCatalogue.All.SelectMany(t => compilation.Render(t, Layout.Complete).Files.Select(f => $"{t.Name}/{f.Path}\n{f.Text}"))
        );
}
