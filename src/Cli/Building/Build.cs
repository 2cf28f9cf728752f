using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Verifying;
using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Cli.Building;

/// <summary>
/// One build: (1) compile the spec, (2) render it for each target, (3) where asked, let the real programs check it, (4) tell what was
/// found, and only without an error (5) print all files or deliver them.
/// </summary>
internal sealed class Build(BuildRequest request, CliEnvironment surroundings, IDelivery delivery)
{
    private readonly IReportFormat _format = ReportFormats.Find(request.Format, surroundings.ErrorTerminal, surroundings);
    private IReadOnlyList<ReportedFile> _files = [];
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
        _files = [];
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

        // 5. Print or deliver.
        if (request.ToStandardOutput)
        {
            return Print(results);
        }

        (code, _files) = delivery.Deliver(input, compilation, results);
        return code;
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

    private static string Drift(string state) =>
        state switch
        {
            "missing" => "is missing",
            "obsolete" => "is no longer given by the spec",
            _ => "is not what the spec compiles to",
        };
}
