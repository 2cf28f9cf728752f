using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Model.Diagnostics;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Running;

/// <summary>Runs a case on one program.</summary>
internal sealed class CaseRunner(string root, Certificates certificates)
{
    // Far more than anything ever takes, because a machine can be busy.
    private static readonly TimeSpan _ceiling = TimeSpan.FromSeconds(60);

    private static readonly ScribanTemplates _templates = new(EmbeddedTemplates.Find);

    /// <summary>What is said of a spec that doesn't compile.</summary>
    public const string WrongSpec = "the spec is wrong";

    /// <summary>How long a step may take that says nothing else.</summary>
    public TimeSpan StepCeiling { get; init; } = _ceiling;

    /// <summary>Whether the steps after one that failed are left out.</summary>
    public bool StopsAtFailure { get; init; }

    /// <summary>Sets a case against the model, without any program.</summary>
    public async Task<CaseOutcome> CheckModelAsync(string folder)
    {
        await using var stage = new Stage(ConformanceCase.Read(root, folder, static _ => "1"), certificates);
        var outcome = new CaseOutcome { Program = "model", Neutral = stage.Neutral };
        Compilation compiled = Compile(stage.Spec, stage.Variable);
        if (compiled.Spec is null)
        {
            return outcome.Failed(WrongSpec, compiled.Diagnostics.Select(Show));
        }

        ModelCheck.Run(ConformanceCase.Read(root, folder, stage.Variable), compiled.Spec, stage, outcome);
        return outcome;
    }

    public async Task<CaseOutcome> RunAsync(string folder, IProxy proxy, CancellationToken stop)
    {
        var sketch = ConformanceCase.Read(root, folder, static _ => "1");
        await using var stage = new Stage(sketch, certificates);
        var outcome = new CaseOutcome { Program = proxy.Name, Neutral = stage.Neutral };
        Compilation compiled = Compile(stage.Spec, stage.Variable);
        if (compiled.Spec is null)
        {
            return outcome.Failed(WrongSpec, compiled.Diagnostics.Select(Show));
        }

        if (proxy.Missing?.StartsWith("there is no target", StringComparison.Ordinal) == true)
        {
            outcome.Skipped = proxy.Missing;
            return outcome;
        }

        PreparedProxy prepared = proxy.Prepare(compiled);
        outcome.Config =
            prepared.Files.Count > 0
                ? string.Concat(prepared.Files.Select(f => $"--- {f.Path}\n{f.Text}"))
                : await File.ReadAllTextAsync(stage.Spec, stop);
        Diagnostic[] errors = [.. prepared.Diagnostics.Where(d => d.Severity == Severity.Error)];
        string? refusal = sketch.Unsupported.GetValueOrDefault(proxy.Name);
        if (errors.Length > 0)
        {
            if (proxy.MayRefuse && refusal is null && errors.All(static error => error.Rule.Code is "CFG0400" or "CFG0405"))
            {
                outcome.Skipped = "the compiler refuses the spec";
                return outcome;
            }

            return Refused(outcome, refusal, errors.Select(Show));
        }

        if (proxy.Missing is not null)
        {
            outcome.Skipped = proxy.Missing;
            return outcome;
        }

        if (sketch.Services.Count > 0 && NameServer.Missing is { } missing)
        {
            outcome.Skipped = missing;
            return outcome;
        }

        if (sketch.Php && PhpServer.Missing is { } noPhp)
        {
            outcome.Skipped = noPhp;
            return outcome;
        }

        // The case's own file can name ports that nobody listens at, so they are counted before it is read.
        int[] ports = [.. stage.Listening];
        var told = ConformanceCase.Read(root, folder, stage.Variable);
        string work = Directory.CreateDirectory(Path.Combine(stage.Folder, "." + proxy.Name)).FullName;
        using var ceiling = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ceiling.CancelAfter(_ceiling);
        int? dns = told.Services.Count > 0 ? FreePort.Next() : null;
        await using ProxyProcess? names = dns is { } port ? await NameServer.StartAsync(told.Services, port, ceiling.Token) : null;
        await using ProxyProcess? php = told.Php
            ? await PhpServer.StartAsync(stage.Folder, stage.PhpSocket, stage.PhpPort, ceiling.Token)
            : null;
        IRunningProxy running;
        try
        {
            running = await proxy.StartAsync(
                prepared,
                new Place(stage.Spec, stage.Variables, work, ports, dns is null ? null : $"127.0.0.1:{dns}"),
                ceiling.Token
            );
        }
        catch (ProxyFailedException e)
        {
            // A program that reads the spec itself refuses it itself.
            return prepared.Files.Count > 0 ? outcome.Failed("it does not start", [e.Message]) : Refused(outcome, refusal, [e.Message]);
        }

        await using (running)
        {
            if (refusal is not null && proxy.IsUsual)
            {
                return Refused(outcome, refusal, []);
            }

            await using var exchange = new Exchange(stage, told, StepCeiling, running);

            // What a program can't do is told by the compiler, or by the program itself as it starts.
            string[] declared = [.. prepared.Diagnostics.Select(Show), .. prepared.Files.Count > 0 ? [] : running.Log.Split('\n')];
            foreach (Step step in told.Steps)
            {
                if (StopsAtFailure && outcome.Failures.Count > 0)
                {
                    break;
                }

                await PlayAsync(For(proxy, step, declared), exchange, outcome, declared, stop);
            }

            if (exchange.Unclaimed is [_, ..] strays)
            {
                outcome.Failed("requests that nobody sent", strays.Select(s => $"{s.Backend} got {s.Line}"));
            }

            outcome.Log = running.Log;
        }

        return outcome;
    }

    // A refusal that the case expects is what should happen; any other one, or none, is not.
    private static CaseOutcome Refused(CaseOutcome outcome, string? expected, IEnumerable<string> why) =>
        expected is null ? outcome.Failed("it refuses the spec", why)
        : why.Any(e => e.Contains(expected, StringComparison.Ordinal)) ? outcome
        : outcome.Failed($"it should refuse the spec with '{expected}'", why);

    private static Step For(IProxy proxy, Step step, string[] declared) =>
        step with
        {
            Differs = [.. step.Differs.Where(d => Holds(d, proxy, declared)).OrderByDescending(d => d.Since).Take(1)],
            Meanwhile = [.. step.Meanwhile.Select(s => For(proxy, s, declared))],
        };

    // What is told of the usual version holds on another one while the compiler declares it there, too.
    private static bool Holds(Difference difference, IProxy proxy, string[] declared) =>
        difference.Program == proxy.Name
        && (
            difference.Since is { } since
                ? proxy.Version is { } version && version >= since
                : proxy.IsUsual || Declares(declared, difference)
        );

    private static bool Declares(IEnumerable<string> declared, Difference difference) =>
        declared.Any(d => d.Contains(difference.Declared, StringComparison.Ordinal));

    /// <summary>Compiles a spec as the program does.</summary>
    public static Compilation Compile(string spec, Func<string, string?> variable) =>
        Compilation.FromFile(new CompilerHost(TargetCatalogue.All, _templates, new DiskFileSystem(), variable), spec);

    private async Task PlayAsync(Step step, Exchange exchange, CaseOutcome outcome, IReadOnlyList<string> declared, CancellationToken stop)
    {
        Expectation expect = step.Expect;
        Difference? difference = step.Differs.SingleOrDefault();
        if (difference is not null)
        {
            expect = difference.Expect;
            if (!Declares(declared, difference))
            {
                outcome.Failed(step.Title, [$"no diagnostic declares the difference '{difference.Declared}'", .. declared]);
            }
        }

        var counts = new Dictionary<string, int>();
        var connections = new HashSet<(string, int)>();
        for (int i = 1; i <= step.Repeat; i++)
        {
            await Task.Delay(step.Rest, stop);
            Step numbered = exchange.WithCookies(step.Numbered(i));
            (Observation seen, IReadOnlyList<Mismatch> found) = await TryAsync(
                numbered,
                difference is null ? numbered.Expect : expect,
                exchange,
                outcome,
                declared,
                stop
            );
            foreach (string backend in seen.Requests.Select(r => r.Backend))
            {
                counts[backend] = counts.GetValueOrDefault(backend) + 1;
            }

            exchange.KeepCookies(numbered, seen);
            connections.UnionWith(seen.Requests.Select(r => (r.Backend, r.Connection)));
            outcome.Add(numbered, difference, seen, found.Count > 0);
            if (found.Count > 0)
            {
                outcome.Failed(numbered, seen, found);
                return;
            }
        }

        foreach ((string name, (int least, int most)) in difference?.Counts ?? step.Counts ?? new Dictionary<string, (int, int)>())
        {
            int got = counts.GetValueOrDefault(name);
            if (got < least || got > most)
            {
                outcome.Failed(step.Title, [$"{name} got {got} of {step.Repeat} requests, not {least} to {most}"]);
            }
        }

        if ((difference?.Connections ?? step.Connections) is { } wanted && connections.Count != wanted)
        {
            outcome.Failed(step.Title, [$"{step.Repeat} requests took {connections.Count} of the upstream's connections, not {wanted}"]);
        }

        if (step.Sticky && counts.Count != 1)
        {
            outcome.Failed(step.Title, [$"the requests went to {string.Join(", ", counts.Keys)}, not to one alone"]);
        }
    }

    private async Task<(Observation Seen, IReadOnlyList<Mismatch> Found)> TryAsync(
        Step step,
        Expectation expect,
        Exchange exchange,
        CaseOutcome outcome,
        IReadOnlyList<string> declared,
        CancellationToken stop
    )
    {
        for (var tried = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(20, stop))
        {
            Observation seen = await exchange.RunAsync(
                step,
                expect,
                async () =>
                {
                    foreach (Step inner in step.Meanwhile)
                    {
                        await PlayAsync(inner, exchange, outcome, declared, stop);
                    }
                }
            );
            IReadOnlyList<Mismatch> found = await Judge.JudgeAsync(step, expect, seen);
            if (found.Count == 0 || !step.Eventually || tried.Elapsed > (step.Patience ?? StepCeiling))
            {
                return (seen, found);
            }
        }
    }

    public static string Show(Diagnostic d) =>
        $"{Path.GetFileName(d.Span.File)}:{d.Span.Line}:{d.Span.Column}: {d.Rule.Code} {d.Message}{(d.Hint is null ? "" : $" ({d.Hint})")}";
}
