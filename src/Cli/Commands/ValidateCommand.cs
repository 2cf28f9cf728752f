using System.CommandLine;
using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Fixing;
using Confgen.Cli.Output;
using Confgen.Cli.Writing;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen validate</c>.</summary>
internal static class ValidateCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        var specs = new Argument<string[]>("SPEC")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "The specs' files; - is standard input. confgen.yaml or confgen.yml of this folder unless given.",
        };
        Option<string[]> targets = Parameters.Targets(surroundings, "Also report what these programs can't do, or do with a difference.");
        Option<string> format = Parameters.Format();
        Option<bool> strict = Parameters.Strict();
        Option<string?> templates = Parameters.Templates();
        Option<bool> fix = Parameters.Flag("--fix", "Apply the edits of diagnostics that have only one way out, then check.");
        Option<string?> baseline = Parameters.Baseline();
        var writeBaseline = new Option<string?>("--write-baseline")
        {
            HelpName = "FILE",
            Description = "Write the warnings that there are now to FILE.",
        };
        var verb = new Verb("validate", "Check specs and tell everything that is wrong with them.")
        {
            Examples =
            [
                new("confgen validate", "check confgen.yaml"),
                new("confgen validate sites/*.yaml --strict", "several specs; warnings fail too"),
                new("confgen validate -t nginx,caddy", "also what nginx and Caddy can't do"),
                new("confgen validate --format sarif > confgen.sarif", "for code scanning"),
                new("confgen validate --fix", "write what the advice says, where it has only one way out"),
                new("confgen validate --baseline known.json --strict", "in CI: no warning that is not in the file"),
                new("cat chat.yaml | confgen validate -", "from standard input"),
            ],
        };
        verb.Add(specs);
        foreach (Option option in new Option[] { targets, format, strict, templates, fix, baseline, writeBaseline })
        {
            verb.Add(option);
        }

        verb.SetAction(call =>
            Run(
                surroundings,
                new Request(
                    call.GetValue(specs) ?? [],
                    call.GetValue(targets) ?? [],
                    call.GetValue(format) ?? "text",
                    call.GetValue(strict),
                    call.GetValue(templates),
                    call.GetValue(fix),
                    call.GetValue(baseline),
                    call.GetValue(writeBaseline)
                )
            )
        );
        return verb;
    }

    private static int Run(CliEnvironment surroundings, Request request)
    {
        var reports = new List<Report>();
        int code = Check(surroundings, request, reports);
        if (surroundings.Complaints.Count > 0)
        {
            reports.Add(
                new Report(
                    request.Specs.FirstOrDefault() ?? "confgen.yaml",
                    [.. surroundings.Complaints],
                    new Dictionary<string, SourceText>(StringComparer.Ordinal)
                )
            );
        }

        // A document for a program is what was asked for; text for people goes where people look, beside everything else said to them.
        if (request.Format != "text")
        {
            ReportFormats.Find(request.Format, surroundings.ErrorTerminal, surroundings).Write(surroundings.Out, reports);
        }
        else if (surroundings.Complaints.Count == 0)
        {
            ReportFormats.Find("text", surroundings.ErrorTerminal, surroundings).Write(surroundings.Error, reports);
        }

        return code;
    }

    private static int Check(CliEnvironment surroundings, Request request, List<Report> reports)
    {
        string? folder = request.Templates is null ? null : surroundings.FullPath(request.Templates);
        if (new TemplateSource(surroundings.Files, folder).Fault() is { } fault)
        {
            return surroundings.Complain(CallRules.BadTemplates, fault);
        }

        if (TargetChoice.ByName(surroundings, request.Targets) is not { } targets)
        {
            return ExitCode.BadCall;
        }

        var inputs = new List<SpecInput>();
        foreach (string? spec in request.Specs.Length == 0 ? new string?[] { null } : request.Specs)
        {
            if (SpecInput.Find(surroundings, spec) is not { } input)
            {
                return ExitCode.BadCall;
            }

            inputs.Add(input);
        }

        Baseline? baseline = request.Baseline is { } known ? BaselineFile.Read(surroundings, known) : null;
        if (surroundings.Complaints.Count > 0)
        {
            return ExitCode.BadCall;
        }

        CompilerHost host = Compilers.Create(surroundings, folder);
        using var progress = new Progress(surroundings);
        foreach (SpecInput input in inputs)
        {
            progress.Show($"checking {input.Name}");
            if (request.Fix && !input.IsStandardInput && SpecFixer.Fix(surroundings, host, input) is > 0 and var followed)
            {
                progress.Clear();
                surroundings.Say($"{input.Name}: {Count(followed, "correction")} written");
            }

            Compilation compilation = input.Compile(host, surroundings);
            Diagnostic[] whole = IncludedBy.Find(surroundings, host, input, compilation) is { } part ? [part] : [];
            var report = new Report(
                input.Name,
                [.. whole, .. compilation.Diagnostics, .. targets.SelectMany(t => compilation.Render(t, Layout.Complete).Diagnostics)],
                compilation.Sources
            );
            reports.Add(baseline?.Apply(report) ?? report);
            if (request.Format == "text" && compilation.Spec is { } valid && reports[^1].Errors == 0)
            {
                progress.Clear();
                surroundings.Say($"{input.Name}: valid, {Contents(valid)}");
            }
        }

        progress.Clear();
        if (request.WriteBaseline is { } file)
        {
            string full = surroundings.FullPath(file);
            var root = new OutputRoot(Path.GetDirectoryName(full) ?? surroundings.Directory, Path.GetDirectoryName(file) ?? "");
            new OutputTransaction(surroundings.Clock).Write([
                new OutputFile(root, Path.GetFileName(full), Encoding.UTF8.GetBytes(Baseline.Of(reports)), HoldsSecrets: false),
            ]);
            surroundings.Say($"wrote {file}");
            return reports.Max(r => r.ExitCode(strict: false));
        }

        return reports.Max(r => r.ExitCode(request.Strict));
    }

    private static string Contents(Spec spec) =>
        $"{Count(spec.Sites.Count, "site")}, {Count(spec.Sites.Sum(s => s.Routes.Count), "route")}, "
        + $"{Count(spec.Upstreams.Count, "named upstream")}";

    private static string Count(int count, string noun) => string.Create(null, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private sealed record Request(
        string[] Specs,
        string[] Targets,
        string Format,
        bool Strict,
        string? Templates,
        bool Fix,
        string? Baseline,
        string? WriteBaseline
    );
}
