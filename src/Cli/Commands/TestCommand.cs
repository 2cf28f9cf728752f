using System.CommandLine;
using System.Text;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Testing;
using Confgen.Cli.Writing;
using Confgen.Compiler;

namespace Confgen.Cli.Commands;

/// <summary><c>confgen test</c>.</summary>
internal static class TestCommand
{
    public static Command Create(Surroundings surroundings)
    {
        Argument<string?> spec = Parameters.Spec();
        Option<string> format = Parameters.Format();
        var junit = new Option<string?>("--junit") { HelpName = "FILE", Description = "Also write the results as JUnit XML." };
        var verb = new Verb("test", "Run the spec's own tests on the model: offline, in milliseconds.")
        {
            Examples =
            [
                new("confgen test", "run the tests of confgen.yaml"),
                new("confgen test --format github", "annotate a pull request"),
                new("confgen test --junit results.xml", "for a CI system that reads JUnit"),
            ],
        };
        verb.Add(spec);
        verb.Add(format);
        verb.Add(junit);
        verb.SetAction(call => Run(surroundings, call.GetValue(spec), call.GetValue(format) ?? "text", call.GetValue(junit)));
        return verb;
    }

    private static int Run(Surroundings surroundings, string? given, string format, string? junit)
    {
        if (SpecInput.Find(surroundings, given) is not { } input)
        {
            return ExitCode.BadCall;
        }

        Compilation compilation = input.Compile(Compilers.Create(surroundings), surroundings);
        if (compilation.Spec is not { } valid)
        {
            return Tell(surroundings, format, new Report(input.Name, compilation.Diagnostics, compilation.Sources));
        }

        var runner = new ModelRunner(valid);
        TestResult[] results = [.. valid.Tests.Select(runner.Run)];
        if (junit is not null)
        {
            var root = new OutputRoot(Path.GetDirectoryName(surroundings.FullPath(junit)) ?? surroundings.Directory, Path.GetDirectoryName(junit) ?? "");
            var file = new OutputFile(root, Path.GetFileName(junit), Encoding.UTF8.GetBytes(JunitReport.Of(input.Name, results)), HoldsSecrets: false);
            if (OutputFolder.Fault(file) is { } fault)
            {
                return surroundings.Complain(fault);
            }

            new OutputTransaction(surroundings.Clock).Write([file]);
        }

        int code = Tell(surroundings, format, new Report(input.Name, [.. results.SelectMany(r => r.Failures)], compilation.Sources));
        foreach (TestResult result in results.Where(r => r.Undecided.Count > 0))
        {
            surroundings.Say($"{result.Name}: {string.Join(", ", result.Undecided)} depends on the files of the machine, and was not checked");
        }

        int passed = results.Count(r => r.Passed);
        surroundings.Say(results.Length == 0 ? $"{input.Name} has no tests; add some under 'tests:'" : string.Create(null, $"{passed} passed, {results.Length - passed} failed"));
        return code;
    }

    private static int Tell(Surroundings surroundings, string format, Report report)
    {
        ReportFormats.Find(format, surroundings.ErrorTerminal, surroundings).Write(format == "text" ? surroundings.Error : surroundings.Out, [report]);
        return report.ExitCode(strict: false);
    }
}
