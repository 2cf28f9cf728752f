using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Verifying;
using Confgen.Cli.Writing;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Building;

/// <summary>
/// One build: (1) compile the spec, (2) render it for each target, (3) where asked, let the real programs check it, (4) tell what was found,
/// and only without an error (5) write, compare or print all files.
/// </summary>
internal sealed class Build(BuildRequest request, CliEnvironment surroundings)
{
    private readonly IReportFormat _format = ReportFormats.Find(request.Format, surroundings.ErrorTerminal, surroundings);

    /// <summary>Builds once.</summary>
    /// <param name="input">The spec.</param>
    /// <param name="files">The files to read it from.</param>
    /// <returns>The exit code.</returns>
    public int Run(SpecInput input, IFileSystem files)
    {
        string? folder = request.Templates is { } templates ? surroundings.FullPath(templates) : null;
        if (new TemplateSource(files, folder).Fault() is { } fault)
        {
            return surroundings.Complain(fault);
        }

        if (TargetChoice.ByName(surroundings, request.Targets) is not { } targets)
        {
            return ExitCode.BadCall;
        }

        // 1. Compile.
        using var progress = new Progress(surroundings);
        progress.Show($"reading {input.Name}");
        Compilation compilation = input.Compile(Compilers.Create(surroundings, folder, files), surroundings);
        if (compilation.Spec is { } spec && targets.Count == 0 && (targets = TargetChoice.OfSpec(surroundings, spec)).Count == 0)
        {
            return surroundings.Complain(
                "which target?",
                $"name one or several, as '-t {string.Join(',', surroundings.Targets().Take(2).Select(t => t.Name))}', or write them under 'targets:' in the spec");
        }

        // 2. Render.
        progress.Show($"rendering {string.Join(", ", targets.Select(t => t.Name))}");
        RenderResult[] results = Render(compilation, targets);
        var found = new List<Diagnostic>([.. compilation.Diagnostics, .. results.SelectMany(r => r.Diagnostics)]);

        // 3. Verify.
        if (request.Verify && found.TrueForAll(d => d.Severity != Severity.Error))
        {
            progress.Show("asking the real programs");
            found.AddRange(new Verifier(surroundings, surroundings.Programs()).Ask(compilation, results, request.Layout));
        }

        // 4. Report.
        progress.Clear();
        var report = new Report(input.Name, found, compilation.Sources);
        _format.Write(surroundings.Error, [report]);
        int code = report.ExitCode(request.Strict);
        if (code != ExitCode.Good)
        {
            return code;
        }

        // 5. Write, compare or print.
        return request.ToStandardOutput ? Print(results) : Deliver(compilation, results);
    }

    private RenderResult[] Render(Compilation compilation, IReadOnlyList<ITarget> targets)
    {
        // Below some hundred sites a second thread costs more than it saves.
        const int Many = 200;
        RenderResult One(ITarget target) => compilation.Render(target, request.Layout, request.Side);
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

    private int Deliver(Compilation compilation, IReadOnlyList<RenderResult> results)
    {
        var root = new OutputRoot(surroundings.FullPath(request.Output), request.Output);
        OutputFile[] files = [.. results.SelectMany(r => r.Files.Select(f => new OutputFile(root, $"{r.Target.Name}/{f.Path}", Encoding.UTF8.GetBytes(f.Text), f.HoldsSecrets)))];
        foreach (OutputFile file in files)
        {
            if (OutputFolder.Fault(file) is { } fault)
            {
                return surroundings.Complain(fault, "nothing was written; remove it, or name another folder with -o");
            }
        }

        (OutputFile File, OutputState State)[] changed = [.. files.Select(f => (f, OutputFolder.StateOf(f))).Where(f => f.Item2 != OutputState.Same)];
        if (request.Diff)
        {
            foreach ((OutputFile file, OutputState state) in changed)
            {
                string? old = state == OutputState.Missing ? null : Encoding.UTF8.GetString(OutputFolder.Read(file));
                (string? before, string after) = MaskedTexts.Of(compilation.Secrets, old, Encoding.UTF8.GetString(file.Content));
                UnifiedDiff.Write(surroundings.Out, new Paint(surroundings.OutTerminal.HasColours), file.Shown, before, after);
                if (before == after)
                {
                    surroundings.Say($"{file.Shown}: {(old == Encoding.UTF8.GetString(file.Content) ? "others may read its secrets" : "only secrets differ")}");
                }
            }
        }

        if (request.Check)
        {
            Array.ForEach(changed, c => surroundings.Say($"{(c.State == OutputState.Missing ? "missing" : "differs")}: {c.File.Shown}"));
            return changed.Length > 0 ? ExitCode.Differs : ExitCode.Good;
        }

        if (!request.Diff)
        {
            new OutputTransaction(surroundings.Clock).Write([.. changed.Select(c => c.File)]);
            Array.ForEach(changed, c => surroundings.Say($"wrote {c.File.Shown}{(OutputFolder.IsClosed(c.File) ? ", with secrets: its owner alone may read it" : "")}"));
            if (changed.Length < files.Length)
            {
                surroundings.Say($"{files.Length - changed.Length} of {files.Length} files unchanged");
            }
        }

        return ExitCode.Good;
    }
}
