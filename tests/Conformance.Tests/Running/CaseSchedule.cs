using System.Collections.Concurrent;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Proxies;

namespace Confgen.Conformance.Tests.Running;

/// <summary>Runs the cases, a few at a time and ahead of the tests that ask for them.</summary>
public sealed class CaseSchedule : IAsyncLifetime
{
    // Most of a case's time is spent waiting for programs to start.
    private static readonly int _atOnce = Environment.ProcessorCount + 1;

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _runs = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _slots = new(_atOnce);
    private readonly Certificates _certificates = new();

    /// <summary>The programs of the grids by their names; httpd can't have most of the grids' routes.</summary>
    internal static IEnumerable<string> OfGrids => Proxies.Select(p => p.Name).Where(name => name != "apache");

    /// <summary>
    /// The programs that the cases are tried on: all of them, or those that CONFGEN_CONFORMANCE_ON names, as <c>nginx,serve</c>.
    /// </summary>
    internal static IReadOnlyList<IProxy> Proxies { get; } =
        Chosen(new NginxProxy(), new CaddyProxy(), new ServeProxy(), new HAProxyProxy(), new ApacheProxy());

    /// <summary>The folder of the repository.</summary>
    internal static string Repository { get; } = RepositoryRoot();

    /// <summary>The folder of all cases.</summary>
    internal static string Root { get; } = Path.Combine(Repository, "tests", "Conformance.Tests", "cases");

    /// <summary>The cases' names, which are their folders.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. Directory
            .GetFiles(Root, "case.yaml", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, Path.GetDirectoryName(f) ?? "").Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_runs.Values.Select(r => (Task)r.Value)).ContinueWith(static _ => { }, TaskScheduler.Default);
        _certificates.Dispose();
        _slots.Dispose();
        _stop.Dispose();
    }

    /// <summary>The report on a case: empty where all went well.</summary>
    internal Task<string> ReportAsync(string name)
    {
        Task<string> asked = Start(name);

        // The next ones in the order of names are likely to be asked for, too.
        foreach (string next in Names.SkipWhile(n => n != name).Skip(1).Take(_atOnce))
        {
            _ = Start(next);
        }

        return asked;
    }

    private Task<string> Start(string name) => _runs.GetOrAdd(name, n => new Lazy<Task<string>>(() => Task.Run(() => RunAsync(n)))).Value;

    private async Task<string> RunAsync(string name)
    {
        await _slots.WaitAsync(_stop.Token);
        try
        {
            var runner = new CaseRunner(Root, _certificates);
            string folder = Path.Combine(Root, name);
            CaseOutcome[] outcomes = await Task.WhenAll([
                runner.CheckModelAsync(folder),
                .. Proxies.Select(p => runner.RunAsync(folder, p, _stop.Token)),
            ]);
            return CaseReport.Of(name, outcomes);
        }
        catch (CaseException e)
        {
            return e.Message;
        }
        finally
        {
            _slots.Release();
        }
    }

    private static IProxy[] Chosen(params IProxy[] all)
    {
        if (Environment.GetEnvironmentVariable("CONFGEN_CONFORMANCE_ON") is not { Length: > 0 } wanted)
        {
            return all;
        }

        string[] names = wanted.Split(',');
        return names.Except(all.Select(p => p.Name)).ToArray() is [_, ..] unknown
            ? throw new InvalidOperationException($"no program of the cases is named {string.Join(" or ", unknown)}")
            : [.. all.Where(p => names.Contains(p.Name))];
    }

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Confgen.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the tests run from within the repository");
    }
}
