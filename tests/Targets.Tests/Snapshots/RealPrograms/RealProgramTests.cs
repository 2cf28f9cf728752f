using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Nginx;
using Xunit.Abstractions;

namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary>What is rendered for each case is shown to the real program.</summary>
public sealed class RealProgramTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cases => [.. SnapshotCase.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_real_programs_accept_the_output(string name)
    {
        Compilation compilation = SnapshotCase.Named(name).Compile();
        string said = string.Concat(ProgramCatalogue.All.Select(program => Check(compilation, program)));
        Assert.True(said.Length == 0, said);
    }

    private string Check(Compilation compilation, IRealProgram program)
    {
        if (compilation.Spec is not { } spec || TargetCatalogue.All.FirstOrDefault(t => t.Name == program.Target) is not { } target)
        {
            return "";
        }

        RenderResult result = compilation.Render(target, Layout.Complete);
        if (result.Files.Count == 0 || !program.IsHere(output))
        {
            return "";
        }

        TargetVersion version = TargetVersion.TryParse(spec.SettingsOf(target.Name).Text("version") ?? "", out TargetVersion asked) ? asked : target.DefaultVersion;
        if (!program.Reads(version))
        {
            output.WriteLine($"rendered for {target.Name} {version}, which the installed one does not read");
            return "";
        }

        using var folder = new TemporaryFolder();
        foreach (RenderedFile file in result.Files)
        {
            folder.Write(file.Path, StandInFiles.Redirect(spec, file.Text, folder.Path + "/stand-in"));
        }

        string said = program.Check(folder.Path);
        return said.Length == 0 ? "" : $"{target.Name}: {said}\n" + string.Concat(result.Files.Select(f => $"--- {f.Path}\n{File.ReadAllText(Path.Combine(folder.Path, f.Path))}\n"));
    }
}
