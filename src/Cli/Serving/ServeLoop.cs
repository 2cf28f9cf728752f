using System.Net.Sockets;
using System.Runtime.InteropServices;
using Confgen.Cli.Building;
using Confgen.Cli.Compiling;
using Confgen.Compiler;
using Confgen.Model;
using Confgen.Runtime;
using Confgen.Runtime.Handover;

namespace Confgen.Cli.Serving;

/// <summary>Serves a spec, and each good version of it that follows; a bad one changes nothing and is told.</summary>
internal sealed class ServeLoop(CliEnvironment surroundings, SpecInput input, ProxyOptions options, ServeSettings settings, ServeLog log)
{
    // SIGUSR1, by which log rotation asks for new files, has no name in the platform.
    private static readonly PosixSignal _userSignal = (PosixSignal)(OperatingSystem.IsLinux() ? 10 : 30);

    // SIGUSR2, by which a new release takes over, as nginx has it.
    private static readonly PosixSignal _successorSignal = (PosixSignal)(OperatingSystem.IsLinux() ? 12 : 31);

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Serves until the process is asked to stop.</summary>
    public int Run() => RunAsync().GetAwaiter().GetResult();

    private async Task<int> RunAsync()
    {
        using var again = new ManualResetEventSlim();
        var manager = new ServiceManager(surroundings.Variable("NOTIFY_SOCKET"), surroundings.Clock);
        IReadOnlyList<Socket> inherited = SocketActivation.Take(surroundings.Variable, Environment.ProcessId, out string? problem);
        if (problem is not null)
        {
            return surroundings.Complain(CallRules.CannotServe, problem);
        }

        Predecessor? found = null;
        if (settings.Handover is { } place && !Predecessor.TryFind(place, out found, out string? refusal))
        {
            return surroundings.Complain($"--handover {place}: {refusal}");
        }

        using Predecessor? predecessor = found;
        using PosixSignalRegistration reload = PosixSignalRegistration.Create(
            PosixSignal.SIGHUP,
            signal =>
            {
                signal.Cancel = true;
                again.Set();
            }
        );
        await using LiveLog? live = settings.IsDevelopment
            ? new LiveLog(surroundings.Error, surroundings.ErrorTerminal.HasColours, surroundings.Clock)
            : null;
        await using var server = new ProxyServer(
            options with
            {
                Served = live is null ? null : live.Add,
                Inherited = [.. inherited, .. predecessor?.Inherited ?? []],
                Passed = predecessor?.Owned,
            }
        );
        using PosixSignalRegistration? reopen = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(
                _userSignal,
                signal =>
                {
                    signal.Cancel = true;
                    server.ReopenLogs();
                }
            );
        using PosixSignalRegistration? replace = OperatingSystem.IsWindows()
            ? null
            : PosixSignalRegistration.Create(
                _successorSignal,
                signal =>
                {
                    signal.Cancel = true;
                    StartSuccessor();
                }
            );

        if (settings.Admin is { } admin)
        {
            if (server.OpenAdmin(admin) is { } failure)
            {
                log.Error($"{failure.Message} [{CallRules.CannotServe.Code}]");
                return ExitCode.BadCall;
            }

            log.Info($"{admin} has a page, /healthz, /metrics and /config");
        }

        if (settings.Handover is { } path && server.OpenHandover(path) is { } unbound)
        {
            log.Error(unbound.Message);
            return ExitCode.BadCall;
        }

        // 1. The first spec must be good.
        var seen = new ChangeTrackingFiles(surroundings.Files);
        var taker = new SpecTaker(surroundings, input, settings, log, server);
        if (taker.Compile(seen) is not { Spec: { } spec } first)
        {
            return ExitCode.BadSpec;
        }

        if (!await taker.TryServeAsync(first))
        {
            return ExitCode.BadCall;
        }

        surroundings.Deadline.Extend(settings.Drain);
        TellServing(spec, server);
        predecessor?.TellServing();
        manager.TellReady($"serving {input.Name}");
        if (predecessor is not null)
        {
            _ = WaitForEndAsync(predecessor, server, again);
        }

        // 2. Each later one replaces it where it is good.
        int? successor = null;
        while (await WaitForChangeAsync(seen, again, server))
        {
            if (server.HasSuccessor)
            {
                if ((successor = await server.HandOverAsync(surroundings.Stopping)) is not null)
                {
                    break;
                }

                log.Warn("a process that was to serve in this one's place has ended");
                continue;
            }

            manager.TellReloading();
            seen = new ChangeTrackingFiles(surroundings.Files);
            Compilation? next = taker.Compile(seen);
            bool isTaken = next is not null && await taker.TryServeAsync(next);
            string outcome = isTaken ? $"serving the changed {input.Name}" : $"still serving {input.Name} as it was";
            if (isTaken && next?.Spec is { } taken)
            {
                log.Info($"{outcome}: {SpecChanges.Of(spec, taken)}");
                spec = taken;
            }
            else
            {
                log.Error(outcome);
            }

            manager.TellReady(outcome);
        }

        // 3. The end: nobody can connect any more when it is told, or another process accepts; requests under way may finish.
        if (successor is { } id)
        {
            manager.TellSuccessor(id);
        }
        else
        {
            manager.TellStopping();
        }

        Task stopping = server.StopAsync(settings.Drain, isPassed: successor is not null);
        log.Info(
            successor is null
                ? "ending; requests under way may finish"
                : $"process {successor} serves from now on; requests under way may finish"
        );
        await stopping;
        return ExitCode.Good;
    }

    // The ports of HTTP/3 are free then.
    private async Task WaitForEndAsync(Predecessor predecessor, ProxyServer server, ManualResetEventSlim again)
    {
        await predecessor.WaitAsync(surroundings.Stopping);
        if (!surroundings.Stopping.IsCancellationRequested)
        {
            log.Info("the process that served before has ended");
            if (server.PredecessorEnded())
            {
                again.Set();
            }
        }
    }

    private void StartSuccessor()
    {
        if (settings.Handover is null)
        {
            log.Warn("SIGUSR2 starts a process that serves in this one's place, which takes --handover");
        }
        else if (Successor.Start() is { } problem)
        {
            log.Error($"the process that is to serve in this one's place can't be started: {problem}");
        }
    }

    private void TellServing(Spec spec, ProxyServer server)
    {
        if (log.IsJson)
        {
            log.Info(
                $"serving {input.Name} at {string.Join(", ", server.Addresses.Select(a => $"{(a.IsTls ? "https" : "http")} {a.EndPoint}"))}"
            );
        }
        else
        {
            surroundings.Error.Write(Banner.Of(spec, server.Addresses, options.Side));
        }
    }

    // Sizes and times are compared a few times a second; a signal is heard at once. False when the process is asked to stop.
    private async Task<bool> WaitForChangeAsync(ChangeTrackingFiles seen, ManualResetEventSlim again, ProxyServer server)
    {
        bool changing = false;
        while (!surroundings.Stopping.IsCancellationRequested)
        {
            if (server.HasSuccessor)
            {
                return true;
            }

            if (again.IsSet)
            {
                again.Reset();
                return true;
            }

            // An editor may still be writing: the first quiet moment counts.
            bool changed = seen.HaveChanged();
            if (changing && !changed)
            {
                return true;
            }

            if (changed)
            {
                (changing, seen) = (true, seen.Again());
            }

            try
            {
                await Task.Delay(_pause, surroundings.Clock, surroundings.Stopping);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }

        return false;
    }
}
