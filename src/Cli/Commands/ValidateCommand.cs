using System.CommandLine;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model;

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
        var verb = new Verb("validate", "Check specs and tell everything that is wrong with them.")
        {
            Examples =
            [
                new("confgen validate", "check confgen.yaml"),
                new("confgen validate sites/*.yaml --strict", "several specs; warnings fail too"),
                new("confgen validate -t nginx,caddy", "also what nginx and Caddy can't do"),
                new("confgen validate --format sarif > confgen.sarif", "for code scanning"),
                new("cat chat.yaml | confgen validate -", "from standard input"),
            ],
        };
        verb.Add(specs);
        foreach (Option option in new Option[] { targets, format, strict, templates })
        {
            verb.Add(option);
        }

        verb.SetAction(call => Run(surroundings, call.GetValue(specs) ?? [], call.GetValue(targets) ?? [], call.GetValue(format) ?? "text", call.GetValue(strict), call.GetValue(templates)));
        return verb;
    }

    private static int Run(CliEnvironment surroundings, string[] specs, string[] targetNames, string format, bool strict, string? templates)
    {
        string? folder = templates is null ? null : surroundings.FullPath(templates);
        if (new TemplateSource(surroundings.Files, folder).Fault() is { } fault)
        {
            return surroundings.Complain(fault);
        }

        if (TargetChoice.ByName(surroundings, targetNames) is not { } targets)
        {
            return ExitCode.BadCall;
        }

        var inputs = new List<SpecInput>();
        foreach (string? spec in specs.Length == 0 ? new string?[] { null } : specs)
        {
            if (SpecInput.Find(surroundings, spec) is not { } input)
            {
                return ExitCode.BadCall;
            }

            inputs.Add(input);
        }

        CompilerHost host = Compilers.Create(surroundings, folder);
        var reports = new List<Report>();
        using var progress = new Progress(surroundings);
        foreach (SpecInput input in inputs)
        {
            progress.Show($"checking {input.Name}");
            Compilation compilation = input.Compile(host, surroundings);
            reports.Add(new Report(input.Name, [.. compilation.Diagnostics, .. targets.SelectMany(t => compilation.Render(t, Layout.Complete).Diagnostics)], compilation.Sources));
            if (format == "text" && compilation.Spec is { } valid && reports[^1].Errors == 0)
            {
                progress.Clear();
                surroundings.Say($"{input.Name}: valid, {Contents(valid)}");
            }
        }

        progress.Clear();

        // A document for a program is what was asked for; text for people goes where people look, beside everything else said to them.
        ReportFormats.Find(format, surroundings.ErrorTerminal, surroundings).Write(format == "text" ? surroundings.Error : surroundings.Out, reports);
        return reports.Max(r => r.ExitCode(strict));
    }

    private static string Contents(Spec spec) =>
        $"{Count(spec.Sites.Count, "site")}, {Count(spec.Sites.Sum(s => s.Routes.Count), "route")}, {Count(spec.Upstreams.Count, "named upstream")}";

    private static string Count(int count, string noun) => string.Create(null, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
