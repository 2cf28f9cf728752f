using System.Diagnostics;
using Confgen.Compiler;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;
using Confgen.Model.Diagnostics;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>
/// The program under test as an operator has it: it can be told to take a new spec, or to end, and asked what it still holds.
/// </summary>
internal sealed class GridProgram : IAsyncDisposable
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    private readonly IProxy _proxy;
    private readonly Place _place;
    private readonly Func<string, string> _spec;
    private readonly ProxyProcess _process;
    private readonly (int Plain, int Tls) _ports;
    private ProxyProcess? _bridge;

    private GridProgram(IProxy proxy, Place place, Func<string, string> spec, ProxyProcess process, (int Plain, int Tls) ports)
    {
        (_proxy, _place, _spec, _process, _ports) = (proxy, place, spec, process, ports);
    }

    public string Log => _process.Log + _bridge?.Log;

    /// <summary>Starts it.</summary>
    /// <param name="proxy">The program.</param>
    /// <param name="folder">Where the spec and what is made of it go.</param>
    /// <param name="spec">The spec's text with a mark.</param>
    /// <param name="ports">Where it must listen.</param>
    /// <param name="tunnel">Whether a bridge runs beside it.</param>
    public static async Task<GridProgram> StartAsync(
        IProxy proxy,
        string folder,
        Func<string, string> spec,
        (int Plain, int Tls) ports,
        bool tunnel
    )
    {
        using var ceiling = new CancellationTokenSource(_bound * 2);
        var place = new Place(
            Path.Combine(folder, "spec.yaml"),
            new Dictionary<string, string>(),
            Directory.CreateDirectory(Path.Combine(folder, "work")).FullName,
            [ports.Plain, ports.Tls],
            null,
            FreePort.Next()
        );
        PreparedProxy prepared = Prepare(proxy, place, spec("one"));
        var process = (ProxyProcess)await proxy.StartAsync(prepared, place, ceiling.Token);
        var program = new GridProgram(proxy, place, spec, process, ports);
        if (tunnel)
        {
            program._bridge = await ServeProxy.StartBridgeAsync(place, ceiling.Token);
        }

        return program;
    }

    /// <summary>Puts a changed spec into force under what is open.</summary>
    /// <returns>What went wrong, or null.</returns>
    public async Task<string?> ReloadAsync()
    {
        PreparedProxy prepared = Prepare(_proxy, _place, _spec("two"));
        using var ceiling = new CancellationTokenSource(_bound);
        await _proxy.ReloadAsync(prepared, _place, _process.Id, ceiling.Token);
        try
        {
            while (await MarkAsync(ceiling.Token) != "two")
            {
                await Task.Delay(50, ceiling.Token);
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return "the changed spec is not in force";
        }
    }

    /// <summary>Tells it to end gracefully; completes when it has.</summary>
    /// <returns>What went wrong, or null.</returns>
    public async Task<string?> TerminateAsync()
    {
        string signal = _proxy.Name switch
        {
            "nginx" => "QUIT",
            "haproxy" => "USR1",
            _ => "TERM",
        };
        await ProxyProcess.SignalAsync(_process.Id, signal);
        using var ceiling = new CancellationTokenSource(_bound * 2);
        try
        {
            await _process.ExitedAsync(ceiling.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            return "it hasn't ended";
        }
    }

    /// <summary>What it still holds though no client is there any more.</summary>
    public async Task<IReadOnlyList<Failure>> LeftoversAsync()
    {
        string left = "";
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < _bound; await Task.Delay(100))
        {
            left = string.Join("; ", [.. ClientSockets(), .. await GaugesAsync()]);
            if (left.Length == 0)
            {
                return [];
            }
        }

        return [new Failure(null, "leftovers", left)];
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        if (_bridge is not null)
        {
            await _bridge.DisposeAsync();
        }
    }

    private static PreparedProxy Prepare(IProxy proxy, Place place, string text)
    {
        File.WriteAllText(place.Spec, text);
        Compilation compiled = CaseRunner.Compile(place.Spec, static _ => null);
        if (compiled.Spec is null)
        {
            throw new ProxyFailedException(string.Join("\n", compiled.Diagnostics.Select(CaseRunner.Show)));
        }

        PreparedProxy prepared = proxy.Prepare(compiled);
        return prepared.Diagnostics.Where(d => d.Severity == Severity.Error).ToArray() is [_, ..] errors
            ? throw new ProxyFailedException(string.Join("\n", errors.Select(CaseRunner.Show)))
            : prepared;
    }

    // Connections of clients that the program has open, or hasn't closed (RFC 9293: ESTABLISHED, CLOSE-WAIT) though the clients have.
    private IEnumerable<string> ClientSockets() =>
        from line in File.ReadLines("/proc/net/tcp").Skip(1)
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let port = Convert.ToInt32(words[1].Split(':')[1], 16)
        where (port == _ports.Plain || port == _ports.Tls) && words[3] is "01" or "08" && words[9] != "0"
        select $"a client's connection in state {(words[3] == "01" ? "ESTABLISHED" : "CLOSE-WAIT")}";

    private async Task<IReadOnlyList<string>> GaugesAsync()
    {
        if (_proxy.Name != "serve")
        {
            return [];
        }

        using var http = new HttpClient();
        string text = await http.GetStringAsync(new Uri($"http://127.0.0.1:{_place.AdminPort}/metrics"));
        return
        [
            .. text.Split('\n')
                .Where(l =>
                    l.StartsWith("confgen_requests_in_flight", StringComparison.Ordinal)
                    || l.StartsWith("confgen_upstream_in_flight", StringComparison.Ordinal)
                    || l.StartsWith("confgen_connections_open", StringComparison.Ordinal)
                )
                .Where(l => !l.EndsWith(" 0", StringComparison.Ordinal)),
        ];
    }

    private async Task<string?> MarkAsync(CancellationToken stop)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Host = GridSpec.Host, ConnectionClose = true } };
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri($"http://127.0.0.1:{_ports.Plain}/kept/plain/ping"), stop);
            return response.Headers.TryGetValues("X-Mark", out IEnumerable<string>? marks) ? marks.First() : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
