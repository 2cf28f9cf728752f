using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Verifying;
using Confgen.Cli.Writing;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Masking;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Cli.Building;

/// <summary>
/// One build: (1) compile the spec, (2) render it for each target, (3) where asked, let the real programs check it, (4) tell what was
/// found, and only without an error (5) write, compare or print all files.
/// </summary>
internal sealed class Build(BuildRequest request, CliEnvironment surroundings)
{
    private readonly IReportFormat _format = ReportFormats.Find(request.Format, surroundings.ErrorTerminal, surroundings);
    private readonly List<ReportedFile> _files = [];
    private Report? _report;

    // For people the diagnostics come before what is done; a document for programs comes at the end, and holds everything.
    private bool IsText => request.Format == "text";

    /// <summary>Builds once.</summary>
    /// <param name="input">The spec.</param>
    /// <param name="files">The files to read it from.</param>
    /// <returns>The exit code.</returns>
    public int Run(SpecInput input, IFileSystem files)
    {
        surroundings.Complaints.Clear();
        _files.Clear();
        _report = null;
        int code = RunOnce(input, files);
        WriteDocument(input.Name);
        return code;
    }

    /// <summary>Writes the document for programs, where one is asked for.</summary>
    /// <param name="spec">The spec's name.</param>
    public void WriteDocument(string spec)
    {
        if (!IsText)
        {
            Report report = _report ?? new Report(spec, [], new Dictionary<string, SourceText>(StringComparer.Ordinal));
            Diagnostic[] drift =
            [
                .. _files
                    .Where(f => f.State is "missing" or "differs" or "obsolete")
                    .Select(f => new Diagnostic(CallRules.Drift, new SourceSpan(f.Path, 0, 0, 0, 0), $"'{f.Path}' {Drift(f.State)}")
                    {
                        Hint = "run 'confgen build'",
                    }),
            ];
            report = report.With([.. report.Diagnostics, .. surroundings.Complaints, .. request.Check ? drift : []]) with
            {
                Files = [.. _files],
            };
            _format.Write(request.ToStandardOutput ? surroundings.Error : surroundings.Out, [report]);
        }
    }

    private int RunOnce(SpecInput input, IFileSystem files)
    {
        string? folder = request.Templates is { } templates ? surroundings.FullPath(templates) : null;
        if (new TemplateSource(files, folder).Fault() is { } fault)
        {
            return surroundings.Complain(CallRules.BadTemplates, fault);
        }

        if (TargetChoice.ByName(surroundings, request.Targets, toRender: true) is not { } targets)
        {
            return ExitCode.BadCall;
        }

        // 1. Compile.
        using var progress = new Progress(surroundings);
        progress.Show($"reading {input.Name}");
        CompilerHost host = Compilers.Create(surroundings, folder, files);
        Compilation compilation = input.Compile(host, surroundings);
        if (compilation.Spec is { } spec && targets.Count == 0 && (targets = TargetChoice.OfSpec(surroundings, spec)).Count == 0)
        {
            return surroundings.Complain(
                CallRules.NoTarget,
                "no target is named",
                $"name one or several, as '-t "
                    + $"{string.Join(',', surroundings.Targets().OfType<IRenderingTarget>().Take(2).Select(t => t.Name))}', or write them "
                    + $"under 'targets:' in the spec"
            );
        }

        // 2. Render.
        progress.Show($"rendering {string.Join(", ", targets.Select(t => t.Name))}");
        RenderResult[] results = Render(compilation, targets);
        Diagnostic[] whole = IncludedBy.Find(surroundings, host, input, compilation) is { } part ? [part] : [];
        var found = new List<Diagnostic>([.. whole, .. compilation.Diagnostics, .. results.SelectMany(r => r.Diagnostics)]);

        // 3. Verify.
        if (request.Verify && found.TrueForAll(d => d.Severity != Severity.Error))
        {
            progress.Show("asking the real programs");
            found.AddRange(
                compilation.WithSeverities(
                    new Verifier(surroundings, surroundings.Programs()).Ask(compilation, results, request.Layout, request.Side)
                )
            );
        }

        // 4. Report.
        progress.Clear();
        var report = new Report(input.Name, found, compilation.Sources);
        if (request.Baseline is { } baseline)
        {
            report = BaselineFile.Read(surroundings, baseline) is { } known ? known.Apply(report) : report;
            if (surroundings.Complaints.Count > 0)
            {
                return ExitCode.BadCall;
            }
        }

        _report = report;
        if (IsText)
        {
            _format.Write(surroundings.Error, [report]);
        }

        int code = report.ExitCode(request.Strict);
        if (code != ExitCode.Good)
        {
            return code;
        }

        // 5. Write, compare or print.
        return request.ToStandardOutput ? Print(results) : Deliver(input, compilation, results);
    }

    private RenderResult[] Render(Compilation compilation, IReadOnlyList<ITarget> targets)
    {
        // Below some hundred sites a second thread costs more than it saves.
        const int Many = 200;
        RenderResult One(ITarget target) =>
            compilation.Render(target, request.Layout, request.Side, request.SingleFile || request.ToStandardOutput);
        return compilation.Spec?.Sites.Count >= Many && targets.Count > 1
            ? [.. targets.AsParallel().AsOrdered().WithCancellation(surroundings.Stopping).Select(One)]
            : [.. targets.Select(One)];
    }

    private int Print(IReadOnlyList<RenderResult> results)
    {
        bool several = results.Sum(r => r.Files.Count) > 1;
        foreach (RenderResult result in results)
        {
            foreach (RenderedFile file in result.Files)
            {
                if (several)
                {
                    surroundings.Out.Write($"# ==> {result.Target.Name}/{file.Path} <==\n");
                }

                surroundings.Out.Write(file.Text);
            }
        }

        return ExitCode.Good;
    }

    private int Deliver(SpecInput input, Compilation compilation, IReadOnlyList<RenderResult> results)
    {
        var plans = new List<OutputPlan>();
        foreach (RenderResult result in results)
        {
            var root = new OutputRoot(
                Path.Combine(surroundings.FullPath(request.Output), result.Target.Name),
                Path.Combine(request.Output, result.Target.Name)
            );
            OutputFile[] files =
            [
                .. result.Files.Select(f => new OutputFile(root, f.Path, Encoding.UTF8.GetBytes(f.Text), f.HoldsSecrets)),
            ];
            string? fault = FaultOf(root, files);
            OutputPlan? plan = fault is null ? OutputPlan.Make(root, files, NameOf(input, root), out fault) : null;
            if (plan is null)
            {
                return surroundings.Complain(
                    CallRules.CannotWrite,
                    fault ?? "",
                    "nothing was written; remove it, or name another folder with -o"
                );
            }

            plans.Add(plan);
            Note(plan, files);
        }

        if (request.Diff && IsText)
        {
            plans.ForEach(p => Show(p, compilation.Secrets));
        }

        if (request.Check)
        {
            plans.ForEach(p =>
                p.Changed.ToList()
                    .ForEach(c => surroundings.Say($"{(c.State == OutputState.Missing ? "missing" : "differs")}: {c.File.Shown}"))
            );
            plans.ForEach(p => p.Obsolete.ToList().ForEach(f => surroundings.Say($"obsolete: {f.Shown}")));
            return plans.Exists(p => p.Changed.Count > 0 || p.Obsolete.Count > 0) ? ExitCode.Differs : ExitCode.Good;
        }

        if (!request.Diff)
        {
            if (!request.Force && plans.SelectMany(p => p.Foreign).ToArray() is { Length: > 0 } foreign)
            {
                _files.Clear();
                (OutputFile file, bool edited) = foreign[0];
                string others = foreign.Length > 1 ? $" (and {foreign.Length - 1} more)" : "";
                return surroundings.Complain(
                    CallRules.CannotWrite,
                    edited
                        ? $"'{file.Shown}' was edited after confgen wrote it{others}"
                        : $"'{file.Shown}' was not written by confgen{others}",
                    "nothing was written; --diff shows what would change, --force replaces it and keeps a copy as *.bak"
                );
            }

            plans.ForEach(Write);
            (int unchanged, int all) = (plans.Sum(p => p.Unchanged), results.Sum(r => r.Files.Count));
            if (unchanged > 0)
            {
                surroundings.Say($"{unchanged} of {all} files unchanged");
            }
        }

        return ExitCode.Good;
    }

    // What becomes of each file, or would without --check and --diff.
    private void Note(OutputPlan plan, IReadOnlyList<OutputFile> files)
    {
        bool writes = !request.Check && !request.Diff;
        HashSet<string> changed = [.. plan.Changed.Select(c => c.File.Path)];
        _files.AddRange(files.Where(f => !changed.Contains(f.Path)).Select(f => new ReportedFile(f.Shown, "unchanged")));
        _files.AddRange(
            plan.Changed.Select(c => new ReportedFile(
                c.File.Shown,
                writes ? "written"
                    : c.State == OutputState.Missing ? "missing"
                    : "differs"
            ))
        );
        _files.AddRange(plan.Obsolete.Select(f => new ReportedFile(f.Shown, writes ? "removed" : "obsolete")));
    }

    // Below the folder that the caller named, what stands in the way is a fault, and so is the target's own folder.
    private string? FaultOf(OutputRoot root, IReadOnlyList<OutputFile> files)
    {
        var named = new OutputRoot(surroundings.FullPath(request.Output), request.Output);
        return files
            .Select(f => OutputFolder.Fault(f with { Root = named, Path = Path.GetFileName(root.FullPath) + "/" + f.Path }))
            .FirstOrDefault(f => f is not null);
    }

    // By its name from the output on, so that a checkout elsewhere is the same spec. The sides of tunnels may be built one after the other.
    private string NameOf(SpecInput input, OutputRoot root)
    {
        string name = input.IsStandardInput
            ? input.Name
            : Path.GetRelativePath(root.FullPath, surroundings.FullPath(input.Name)).Replace('\\', '/');
        return request.Side is { } side ? $"{name} --side {side}" : name;
    }

    private void Show(OutputPlan plan, SecretMask secrets)
    {
        var paint = new Paint(surroundings.OutTerminal.HasColours);
        foreach ((OutputFile file, OutputState state) in plan.Changed)
        {
            string? old = state == OutputState.Missing ? null : Encoding.UTF8.GetString(OutputFolder.Read(file));
            (string? before, string after) = MaskedTexts.Of(secrets, old, Encoding.UTF8.GetString(file.Content));
            UnifiedDiff.Write(surroundings.Out, paint, file.Shown, before, after);
            if (before == after)
            {
                surroundings.Say(
                    $"{file.Shown}: "
                        + $"{(old == Encoding.UTF8.GetString(file.Content) ? "others may read its secrets" : "only secrets differ")}"
                );
            }
        }

        foreach (OutputFile file in plan.Obsolete)
        {
            // The spec no longer has the secrets of such a file, so that nothing could mask them.
            if (OutputFolder.IsForOwnerAlone(file))
            {
                surroundings.Say($"{file.Shown}: would be removed; it may hold secrets, so it is not shown");
                continue;
            }

            UnifiedDiff.Write(
                surroundings.Out,
                paint,
                file.Shown,
                MaskedTexts.Of(secrets, Encoding.UTF8.GetString(OutputFolder.Read(file)), "").Item1,
                null
            );
        }
    }

    private static string Drift(string state) =>
        state switch
        {
            "missing" => "is missing",
            "obsolete" => "is no longer given by the spec",
            _ => "is not what the spec compiles to",
        };

    private void Write(OutputPlan plan)
    {
        bool[] closed = [.. plan.Changed.Select(c => OutputFolder.IsClosed(c.File))];
        foreach ((OutputFile file, string copy) in plan.CarryOut(new OutputTransaction(surroundings.Clock)))
        {
            surroundings.Say($"kept {file.Shown} as {copy}");
        }

        for (int i = 0; i < closed.Length; i++)
        {
            surroundings.Say($"wrote {plan.Changed[i].File.Shown}{(closed[i] ? ", with secrets: its owner alone may read it" : "")}");
        }

        foreach (OutputFile file in plan.Obsolete)
        {
            surroundings.Say($"removed {file.Shown}: the spec no longer gives it");
        }
    }
}
