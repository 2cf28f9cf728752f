using Confgen.Cli.Building;
using Confgen.Cli.Compiling;
using Confgen.Cli.Output;
using Confgen.Cli.Testing;
using Confgen.Cli.Writing;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Applying;

/// <summary>
/// Writes the files of one target, makes the running program take them, and runs the spec's tests on it. Where one of these fails, the
/// files are what they were before, and the program is made to take those.
/// </summary>
internal sealed class Deployment(BuildRequest build, ApplyRequest request, CliEnvironment surroundings) : IDelivery
{
    // A reload may return before the program has changed over: tests that pass are run once more after this time.
    private static readonly TimeSpan _settling = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    // The most that a command for a reload may take, and the same for putting things back.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly OutputPlans _output = new(build, surroundings);

    /// <inheritdoc/>
    public (int Code, IReadOnlyList<ReportedFile> Files) Deliver(
        SpecInput input,
        Compilation compilation,
        IReadOnlyList<RenderResult> results
    ) => (Apply(input, compilation, results), []);

    private int Apply(SpecInput input, Compilation compilation, IReadOnlyList<RenderResult> results)
    {
        if (results is not [var result])
        {
            return surroundings.Complain(
                $"one program is applied at a time, and there are {results.Count}: {string.Join(", ", results.Select(r => r.Target.Name))}",
                $"name it, as '-t {(results.Count > 0 ? results[0].Target.Name : "nginx")}'"
            );
        }

        string target = result.Target.Name;
        string? reload = request.Reload ?? surroundings.Programs().FirstOrDefault(p => p.Target == target)?.Reload;
        if (reload is null && !request.NoReload)
        {
            return surroundings.Complain(
                $"nothing is known of how {target} takes new files",
                "give the command with --reload, or say --no-reload"
            );
        }

        if (!PassOn(compilation, new TestPlan([], [], AnyCertificate: false), out IReadOnlyList<TestResult> failed))
        {
            Tell(input, compilation, failed);
            return ExitCode.BadSpec;
        }

        if (_output.Make(input, results) is not [var (plan, _)])
        {
            return ExitCode.BadCall;
        }

        if (!plan.IsNeeded)
        {
            surroundings.Say($"nothing to apply: {plan.Root.Shown} is what the spec says");
            return ExitCode.Good;
        }

        if (!surroundings.IsQuiet)
        {
            _output.Show(plan, compilation.Secrets);
            surroundings.Out.Flush();
        }

        if (request.DryRun)
        {
            return ExitCode.Good;
        }

        return _output.MayReplace([plan]) ? CarryOut(input, compilation, plan, target, request.NoReload ? null : reload) : ExitCode.BadCall;
    }

    private int CarryOut(SpecInput input, Compilation compilation, OutputPlan plan, string target, string? reload)
    {
        // A signal puts things back: that takes longer than the end of other commands.
        surroundings.Deadline.Extend(_patience);
        IReadOnlyList<SavedFile> before = plan.Save();
        IReadOnlyList<OutputCopy> copies = [];
        IReadOnlyList<TestResult> failed = [];
        string? problem;
        bool isInterrupted = false;
        try
        {
            copies = _output.Write(plan);
            problem = Reload(reload, surroundings.Stopping);
            if (problem is null && reload is not null)
            {
                surroundings.Say($"reloaded {target}");
            }

            problem ??= Settles(compilation, out failed) ? null : "the spec's tests fail on it";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            (isInterrupted, problem) = (e is OperationCanceledException, e is OperationCanceledException ? "interrupted" : e.Message);
        }

        if (problem is null)
        {
            surroundings.Say($"applied to {plan.Root.Shown}");
            return ExitCode.Good;
        }

        return PutBack(input, compilation, new Failure(problem, failed, isInterrupted), before, copies, target, reload);
    }

    private int PutBack(
        SpecInput input,
        Compilation compilation,
        Failure failure,
        IReadOnlyList<SavedFile> before,
        IReadOnlyList<OutputCopy> copies,
        string target,
        string? reload
    )
    {
        Tell(input, compilation, failure.Tests);
        new OutputTransaction(surroundings.Clock).PutBack(before);
        foreach (OutputCopy copy in copies)
        {
            File.Delete(copy.FullPath);
        }

        string state =
            reload is null ? "the former files are back"
            : Reload(reload, CancellationToken.None) is { } again ? $"the former files are back, but {target} was not reloaded: {again}"
            : $"the former files are back, and {target} was reloaded with them";
        surroundings.Complain(CallRules.NotApplied, $"{target} was not changed: {failure.Problem}", state);
        return failure.IsInterrupted ? ExitCode.Interrupted : ExitCode.PutBack;
    }

    private string? Reload(string? command, CancellationToken stopping) =>
        command is null ? null : Shell.Run(command, surroundings.Directory, stopping);

    // Whether the tests pass within the time that they have, and still do a second later.
    private bool Settles(Compilation compilation, out IReadOnlyList<TestResult> failed)
    {
        failed = [];
        if (request.Tests.Against.Count == 0)
        {
            return true;
        }

        long began = surroundings.Clock.GetTimestamp();
        bool hasPassed = false;
        while (true)
        {
            bool passes = PassOn(compilation, request.Tests, out failed);
            if (passes && hasPassed)
            {
                surroundings.Say($"the spec's tests pass on {string.Join(", ", request.Tests.Against)}");
                return true;
            }

            if (!passes && surroundings.Clock.GetElapsedTime(began) > request.Wait)
            {
                return false;
            }

            hasPassed = passes;
            Task.Delay(passes ? _settling : _pause, surroundings.Clock, surroundings.Stopping).GetAwaiter().GetResult();
        }
    }

    private bool PassOn(Compilation compilation, TestPlan plan, out IReadOnlyList<TestResult> failed)
    {
        using var progress = new Progress(surroundings);
        failed = compilation.Spec is { } spec
            ? [.. new TestRun(surroundings, compilation, spec).Run(plan, progress).Where(r => !r.Passed)]
            : [];
        progress.Clear();
        return failed.Count == 0;
    }

    private void Tell(SpecInput input, Compilation compilation, IReadOnlyList<TestResult> failed) =>
        new TextFormat(surroundings.ErrorTerminal).Write(
            surroundings.Error,
            [new Report(input.Name, [.. failed.SelectMany(r => r.Failures)], compilation.Sources)]
        );

    private sealed record Failure(string Problem, IReadOnlyList<TestResult> Tests, bool IsInterrupted);
}
