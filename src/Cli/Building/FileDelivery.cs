using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Writing;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Building;

/// <summary>Writes all files of a build or none; or compares them with what is on disk.</summary>
internal sealed class FileDelivery(BuildRequest request, CliEnvironment surroundings) : IDelivery
{
    private readonly OutputPlans _output = new(request, surroundings);

    private bool Writes => !request.Check && !request.Diff;

    /// <inheritdoc/>
    public (int Code, IReadOnlyList<ReportedFile> Files) Deliver(
        SpecInput input,
        Compilation compilation,
        IReadOnlyList<RenderResult> results
    )
    {
        if (_output.Make(input, results) is not { } planned)
        {
            return (ExitCode.BadCall, []);
        }

        OutputPlan[] plans = [.. planned.Select(p => p.Plan)];
        ReportedFile[] files = [.. planned.SelectMany(p => StatesOf(p.Plan, p.Files))];
        if (request.Diff && request.Format == "text")
        {
            Array.ForEach(plans, p => _output.Show(p, compilation.Secrets));
        }

        if (request.Check)
        {
            foreach ((OutputFile file, OutputState state) in plans.SelectMany(p => p.Changed))
            {
                surroundings.Say($"{(state == OutputState.Missing ? "missing" : "differs")}: {file.Shown}");
            }

            foreach (OutputFile file in plans.SelectMany(p => p.Obsolete))
            {
                surroundings.Say($"obsolete: {file.Shown}");
            }

            return (Array.Exists(plans, p => p.IsNeeded) ? ExitCode.Differs : ExitCode.Good, files);
        }

        if (!Writes)
        {
            return (ExitCode.Good, files);
        }

        if (!_output.MayReplace(plans))
        {
            return (ExitCode.BadCall, []);
        }

        foreach (OutputPlan plan in plans)
        {
            _output.Write(plan);
        }

        if (plans.Sum(p => p.Unchanged) is > 0 and var unchanged)
        {
            surroundings.Say($"{unchanged} of {results.Sum(r => r.Files.Count)} files unchanged");
        }

        return (ExitCode.Good, files);
    }

    // What becomes of each file, or would without --check and --diff.
    private IEnumerable<ReportedFile> StatesOf(OutputPlan plan, IReadOnlyList<OutputFile> files)
    {
        HashSet<string> changed = [.. plan.Changed.Select(c => c.File.Path)];
        return
        [
            .. files.Where(f => !changed.Contains(f.Path)).Select(f => new ReportedFile(f.Shown, "unchanged")),
            .. plan.Changed.Select(c => new ReportedFile(
                c.File.Shown,
                Writes ? "written"
                    : c.State == OutputState.Missing ? "missing"
                    : "differs"
            )),
            .. plan.Obsolete.Select(f => new ReportedFile(f.Shown, Writes ? "removed" : "obsolete")),
        ];
    }
}
