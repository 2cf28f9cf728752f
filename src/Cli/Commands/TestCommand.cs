using System.CommandLine;
using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Testing;
using Confgen.Cli.Testing.OnPrograms;
using Confgen.Cli.Writing;
using Confgen.Compiler;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen test</c>.</summary>
internal static class TestCommand
{
    public static Command Create(CliEnvironment surroundings)
    {
        Argument<string?> spec = Parameters.Spec();
        Option<string> format = Parameters.Format();
        var junit = new Option<string?>("--junit") { HelpName = "FILE", Description = "Also write the results as JUnit XML." };
        Option<string[]> on = Parameters.List(
            "--on",
            "NAME,...",
            "Also run them on these programs, started here on free ports with stand-ins for the upstreams.",
            () => ProgramChoice.Names(surroundings)
        );
        Option<string[]> against = Parameters.List(
            "--against",
            "URL,...",
            "Also run those of the URL's scheme on what answers there: status, location and headers.",
            () => []
        );
        Option<bool> insecure = Parameters.Flag("--insecure", "With --against: take any certificate.");
        var verb = new Verb("test", "Run the spec's own tests: on the model, in milliseconds, or on real programs.")
        {
            Examples =
            [
                new("confgen test", "run the tests of confgen.yaml"),
                new("confgen test --on nginx,caddy,serve", "and watch three proxies give the same responses"),
                new("confgen test --against https://192.0.2.10", "a deployment, before its names point to it"),
                new("confgen test --format github", "annotate a pull request"),
                new("confgen test --junit results.xml", "for a CI system that reads JUnit"),
            ],
        };
        verb.Add(spec);
        foreach (Option option in new Option[] { on, against, insecure, format, junit })
        {
            verb.Add(option);
        }

        verb.SetAction(call =>
            Run(
                surroundings,
                call.GetValue(spec),
                new TestPlan(call.GetValue(on) ?? [], call.GetValue(against) ?? [], call.GetValue(insecure)),
                call.GetValue(format) ?? "text",
                call.GetValue(junit)
            )
        );
        return verb;
    }

    private static int Run(CliEnvironment surroundings, string? given, TestPlan plan, string format, string? junit)
    {
        if (plan.Fault(surroundings) is var (problem, wayOut))
        {
            return surroundings.Complain(problem, wayOut);
        }

        if (SpecInput.Find(surroundings, given) is not { } input)
        {
            return ExitCode.BadCall;
        }

        Compilation compilation = input.Compile(Compilers.Create(surroundings), surroundings);
        if (compilation.Spec is not { } valid)
        {
            return Tell(surroundings, format, new Report(input.Name, compilation.Diagnostics, compilation.Sources));
        }

        using var progress = new Progress(surroundings);
        IReadOnlyList<TestResult> results = new TestRun(surroundings, compilation, valid).Run(plan, progress);
        progress.Clear();
        if (junit is not null)
        {
            var root = new OutputRoot(
                Path.GetDirectoryName(surroundings.FullPath(junit)) ?? surroundings.Directory,
                Path.GetDirectoryName(junit) ?? ""
            );
            var file = new OutputFile(
                root,
                Path.GetFileName(junit),
                Encoding.UTF8.GetBytes(JunitReport.Of(input.Name, results)),
                HoldsSecrets: false
            );
            if (OutputFolder.Fault(file) is { } fault)
            {
                return surroundings.Complain(CallRules.CannotWrite, fault);
            }

            new OutputTransaction(surroundings.Clock).Write([file]);
        }

        int code = Tell(surroundings, format, new Report(input.Name, [.. results.SelectMany(r => r.Failures)], compilation.Sources));
        TestSummary.Say(surroundings, input.Name, results);
        return code;
    }

    private static int Tell(CliEnvironment surroundings, string format, Report report)
    {
        ReportFormats
            .Find(format, surroundings.ErrorTerminal, surroundings)
            .Write(format == "text" ? surroundings.Error : surroundings.Out, [report]);
        return report.ExitCode(strict: false);
    }
}
