using Confgen.Cli.Output;
using Confgen.Cli.Testing.OnPrograms;
using Confgen.Compiler;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Testing;

/// <summary>Runs a spec's tests wherever a plan says.</summary>
internal sealed class TestRun(CliEnvironment surroundings, Compilation compilation, Spec spec)
{
    /// <summary>The results: those on the model first, then place by place.</summary>
    public IReadOnlyList<TestResult> Run(TestPlan plan, Progress progress)
    {
        var results = new List<TestResult>(spec.Tests.Select(new ModelRunner(spec).Run));
        foreach (string name in spec.Tests.Count == 0 ? [] : plan.On.Distinct(StringComparer.Ordinal))
        {
            progress.Show($"running the tests on {name}");
            results.AddRange(OnProgram(name));
        }

        foreach (Uri url in plan.Against.Select(TestPlan.UrlOf).OfType<Uri>())
        {
            progress.Show($"running the tests against {url.Authority}");
            var runner = new DeploymentRunner(spec, url, verify: !plan.AnyCertificate);
            results.AddRange(
                spec.Tests.Where(runner.Takes).Select(t => runner.RunAsync(t, surroundings.Stopping).GetAwaiter().GetResult())
            );
        }

        return
        [
            .. results.Select(r =>
                r with
                {
                    Name = compilation.Secrets.Message(r.Name),
                    Failures = [.. r.Failures.Select(compilation.Secrets.Apply)],
                }
            ),
        ];
    }

    // A program that doesn't start fails every test: none was seen to pass.
    private IReadOnlyList<TestResult> OnProgram(string name)
    {
        try
        {
            return new ProgramRunner(surroundings, compilation, spec).RunAsync(name).GetAwaiter().GetResult();
        }
        catch (NotServedException e)
        {
            return NoneTried(name, e.Reasons);
        }
        catch (IOException e)
        {
            return NoneTried(
                name,
                [
                    new Diagnostic(
                        ExpectationRule.Failed,
                        spec.Tests[0].At.Span,
                        $"{name} could not be started, and no test was tried on it"
                    )
                    {
                        Hint = e.Message,
                    },
                ]
            );
        }
    }

    private IReadOnlyList<TestResult> NoneTried(string name, IReadOnlyList<Diagnostic> why) =>
        [.. spec.Tests.Select(t => new TestResult(t, why, []) { On = name })];
}
