using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Targets.Tests.Nginx;

namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary>What is rendered for each case is shown to the real program.</summary>
public sealed class RealProgramTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (IRealProgram program in ProgramCatalogue.All)
            {
                foreach (SnapshotCase one in SnapshotCase.All)
                {
                    data.Add(one.Name, program.Target);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Every_program_judges_some_output() =>
        Assert.All(
            ProgramCatalogue.All,
            p => Assert.Contains(SnapshotCase.All, c => c.Compile().Render(TargetOf(p), Layout.Complete).Files.Count > 0)
        );

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_real_program_accepts_the_output(string name, string target)
    {
        IRealProgram program = ProgramCatalogue.All.Single(p => p.Target == target);
        Compilation compilation = SnapshotCase.Named(name).Compile();
        if (compilation.Spec is { } spec)
        {
            string said = Check(compilation, spec, program, TargetOf(program), singleFile: false);
            Assert.True(said.Length == 0, said);
            said = Check(compilation, spec, program, TargetOf(program), singleFile: true);
            Assert.True(said.Length == 0, said);
        }
    }

    private static ITarget TargetOf(IRealProgram program) => TargetCatalogue.All.Single(t => t.Name == program.Target);

    private string Check(Compilation compilation, Spec spec, IRealProgram program, ITarget target, bool singleFile)
    {
        RenderResult result = compilation.Render(target, Layout.Complete, singleFile: singleFile);
        if (result.Files.Count == 0 || !program.IsHere(output))
        {
            return "";
        }

        TargetVersion version = TargetVersion.TryParse(spec.SettingsOf(target.Name).Text("version") ?? "", out TargetVersion asked)
            ? asked
            : target.DefaultVersion;
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
        return said.Length == 0
            ? ""
            : $"{target.Name}: {said}\n"
                + string.Concat(result.Files.Select(f => $"--- {f.Path}\n{File.ReadAllText(Path.Combine(folder.Path, f.Path))}\n"));
    }
}
