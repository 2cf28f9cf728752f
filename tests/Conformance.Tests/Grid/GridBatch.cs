using System.Diagnostics;
using System.Net.Security;
using Confgen.Conformance.Tests.Grid.Clients;
using Confgen.Conformance.Tests.Grid.Origins;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>
/// Plays cases on one program: those that end by themselves a few at a time, then those with a reload in their middle all together, and at
/// last those in whose middle the program is told to end.
/// </summary>
internal sealed class GridBatch(IProxy proxy, IReadOnlyList<GridRun> runs, Certificates certificates)
{
    private const int AtOnce = 8;

    // A program that gets stuck again and again isn't waited for any further.
    private const int MostStuck = 12;

    private readonly List<Failure> _failures = [];
    private readonly (int Plain, int Tls) _ports = (FreePort.Next(), FreePort.Next());

    /// <summary>
    /// How long an exchange may go on whose client has left. The contract says a second; a machine that is busy gets more.
    /// </summary>
    public static TimeSpan LeaveBound { get; } = TimeSpan.FromSeconds(6);

    /// <summary>The longest that a case may take.</summary>
    private static TimeSpan Ceiling { get; } = TimeSpan.FromSeconds(30);

    /// <summary>What the program said.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Plays them.</summary>
    public async Task<IReadOnlyList<Failure>> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("confgen-grid-").FullName;
        var origins = new Dictionary<GridUpstream, Origin>();
        try
        {
            await PrepareFilesAsync(folder);
            var script = new OriginScript(runs);
            GridUpstream[] kinds = [.. runs.Select(r => r.Case.Upstream).Append(GridUpstream.Kept).Distinct().Order()];
            foreach (GridUpstream kind in kinds)
            {
                origins[kind] = new Origin(
                    kind,
                    script,
                    Path.Combine(folder, "origin.sock"),
                    new SslServerAuthenticationOptions { ServerCertificate = certificates["upstream"] }
                );
            }

            int portal = FreePort.Next();
            var urls = kinds.ToDictionary(k => k, k => k == GridUpstream.Tunnel ? $"{portal} {origins[k].Url}" : origins[k].Url);
            string Spec(string mark) => GridSpec.Write(urls, _ports, Path.Combine(folder, "files"), certificates.Folder, mark, proxy.Name);
            await using GridProgram program = await GridProgram.StartAsync(
                proxy,
                folder,
                Spec,
                _ports,
                kinds.Contains(GridUpstream.Tunnel)
            );
            try
            {
                await PlayAllAsync(runs.Where(r => !r.Case.Operates));
                _failures.AddRange(await program.LeftoversAsync());
                await OperateAsync(GridEnding.Reload, program.ReloadAsync);
                await OperateAsync(GridEnding.Terminate, program.TerminateAsync);
            }
            finally
            {
                Log = program.Log;
            }

            _failures.AddRange(origins.Values.SelectMany(o => o.Faults).Select(f => new Failure(null, "smuggled", f)));
            return _failures;
        }
        finally
        {
            foreach (Origin origin in origins.Values)
            {
                await origin.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    private int Stuck
    {
        get
        {
            lock (_failures)
            {
                return _failures.Count(f => f.Code == "stuck");
            }
        }
    }

    private async Task PrepareFilesAsync(string folder)
    {
        string files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        foreach (GridRun run in runs.Where(r => r.Case.Route == GridRoute.Files).DistinctBy(r => r.Case.Number))
        {
            await using FileStream file = File.Create(Path.Combine(files, $"{run.Case.Number}.txt"));
            for (long at = 0; at < run.Case.Size; )
            {
                ReadOnlyMemory<byte> piece = run.Down.From(at);
                await file.WriteAsync(piece);
                at += piece.Length;
            }
        }
    }

    private async Task PlayAllAsync(IEnumerable<GridRun> chosen)
    {
        using var slots = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(
            chosen.Select(async run =>
            {
                await slots.WaitAsync();
                try
                {
                    await (Stuck < MostStuck ? PlayAsync(run) : Task.CompletedTask);
                }
                finally
                {
                    slots.Release();
                }
            })
        );
    }

    // All of these are in their middle when the program is told, and go on when it has been.
    private async Task OperateAsync(GridEnding ending, Func<Task<string?>> tell)
    {
        GridRun[] chosen = [.. runs.Where(r => r.Case.Ending == ending)];
        Task[] playing = [.. chosen.Select(PlayAsync)];
        await Task.WhenAll(chosen.Select(r => Task.WhenAny(r.Middle.Task, Task.Delay(Ceiling / 3))));
        Task<string?> told = chosen.Length == 0 && ending == GridEnding.Reload ? Task.FromResult<string?>(null) : tell();
        if (ending == GridEnding.Reload)
        {
            await told;
        }

        foreach (GridRun run in chosen)
        {
            run.Go.TrySetResult();
        }

        await Task.WhenAll(playing);
        if (await told is { } trouble)
        {
            Add([new Failure(null, ending == GridEnding.Reload ? "reload" : "terminate", trouble)]);
        }
    }

    private async Task PlayAsync(GridRun run)
    {
        using var ceiling = new CancellationTokenSource(Ceiling);
        var watch = Stopwatch.StartNew();
        try
        {
            ClientView view = await GridClientBase.Of(run, _ports).PlayAsync(ceiling.Token);
            if (run.Case.ClientLeaves)
            {
                await Task.WhenAny(run.OriginEnded.Task, Task.Delay(LeaveBound));
            }

            Add(new GridJudge(run, view).Judge());
        }
        catch (OperationCanceledException)
        {
            Add([
                new Failure(
                    run.Case,
                    "stuck",
                    $"nothing for {watch.Elapsed.TotalSeconds:f0} s; origin: {run.Arrivals.Count} requests, {run.Sent} bytes sent"
                ),
            ]);
        }
        catch (Exception e)
            when (e
                    is IOException
                        or InvalidDataException
                        or System.Net.Sockets.SocketException
                        or System.Security.Authentication.AuthenticationException
            )
        {
            Add([new Failure(run.Case, "broken", $"{e.GetType().Name}: {e.Message}")]);
        }
    }

    private void Add(IEnumerable<Failure> failures)
    {
        lock (_failures)
        {
            _failures.AddRange(failures);
        }
    }
}
