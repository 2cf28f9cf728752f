using Confgen.Conformance.Tests.Grid.Origins;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Hostile;

/// <summary>
/// Names, values and trailers with everything that could end a line somewhere, over each protocol to each kind of origin: the request is
/// refused, or exactly one request reaches the origin, as a strict reader has it, without the field or with it unchanged. The next request
/// on the proxy's connections is another client's own.
/// </summary>
public sealed class HostileTests(ITestOutputHelper output) : IDisposable
{
    private static readonly GridUpstream[] _upstreams = [GridUpstream.Kept, GridUpstream.H2c];
    private static readonly GridClient[] _clients = [GridClient.Http11, GridClient.Http10, GridClient.Http2];

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly Certificates _certificates = new();

    public static TheoryData<string> Programs => [.. CaseSchedule.OfGrids];

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task One_request_reaches_the_origin_or_none(string name)
    {
        IProxy proxy = CaseSchedule.Proxies.Single(p => p.Name == name);
        if (proxy.Missing is { } missing)
        {
            output.WriteLine(missing + ": nothing was tried on it");
            return;
        }

        (int Plain, int Tls) ports = (FreePort.Next(), FreePort.Next());
        string folder = Directory.CreateTempSubdirectory("confgen-hostile-").FullName;
        GridRun[] runs = [.. Cases().Select(c => new GridRun(c.Case, 1))];
        HostileField[] fields = [.. Cases().Select(c => c.Field)];
        var script = new OriginScript(runs);
        var origins = _upstreams.ToDictionary(k => k, k => new Origin(k, script, "", new()));
        var found = new List<string>();
        try
        {
            string Spec(string mark) =>
                GridSpec.Write(origins.ToDictionary(o => o.Key, o => o.Value.Url), ports, folder, _certificates.Folder, mark, name);
            await using GridProgram program = await GridProgram.StartAsync(proxy, folder, Spec, ports, tunnel: false);

            // One after the other for each origin: what it gets that no case sent belongs to the one that is under way.
            IEnumerable<string>[] each = await Task.WhenAll(
                origins.Select(o => TryAsync(o.Value, runs.Zip(fields).Where(r => r.First.Case.Upstream == o.Key), ports))
            );
            found.AddRange(each.SelectMany(f => f));
        }
        finally
        {
            foreach (Origin origin in origins.Values)
            {
                await origin.DisposeAsync();
            }

            Directory.Delete(folder, recursive: true);
        }

        string file = Path.Combine(CaseSchedule.Repository, "tests", "Conformance.Tests", "Grid", "Hostile", "known.txt");
        string[] known = [.. File.ReadLines(file).Where(l => l.TrimStart('~').StartsWith(name + " ", StringComparison.Ordinal))];
        string[] unexpected = [.. found.Where(f => !known.Any(k => f.Contains(Text(k), StringComparison.Ordinal)))];
        string[] stale =
        [
            .. known.Where(k => k[0] != '~' && proxy.IsUsual && !found.Any(f => f.Contains(Text(k), StringComparison.Ordinal))),
        ];
        Assert.True(unexpected.Length == 0, $"{unexpected.Length} of {runs.Length} on {name}:\n{string.Join("\n", unexpected)}");
        Assert.True(
            stale.Length == 0,
            $"nothing goes wrong any more under these lines of {file}, so take them out:\n{string.Join("\n", stale)}"
        );
    }

    private static string Text(string line) => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..].Split(" -- ")[0];

    // HTTP/1.0 has no chunks, and HTTP/1.x three of what HTTP/2 has as pseudo-fields.
    private static bool IsPossible(GridClient client, HostileField field) =>
        client == GridClient.Http2
        || (
            field.Place == HostilePlace.Pseudo
                ? field.Name is ":path" or ":method" or ":authority"
                : field.Place == HostilePlace.Head || client == GridClient.Http11
        );

    private static async Task<IEnumerable<string>> TryAsync(
        Origin origin,
        IEnumerable<(GridRun Run, HostileField Field)> cases,
        (int Plain, int Tls) ports
    )
    {
        var found = new List<string>();
        foreach ((GridRun run, HostileField field) in cases)
        {
            using var ceiling = new CancellationTokenSource(_patience);
            string said = await new HostileClient(run, field, ports).SendAsync(ceiling.Token);
            if (new HostileJudge(run, field).Judge(said, [.. origin.Faults]) is { } fault)
            {
                found.Add($"{run.Case.Client} to {run.Case.Upstream}: {field}: {fault}");
                origin.Faults.Clear();
            }
        }

        return found;
    }

    private static IEnumerable<(GridCase Case, HostileField Field)> Cases()
    {
        int number = 0;
        foreach (GridUpstream upstream in _upstreams)
        {
            foreach (GridClient client in _clients)
            {
                foreach (HostileField field in HostileField.All.Where(f => IsPossible(client, f)))
                {
                    yield return (
                        new GridCase
                        {
                            Number = ++number,
                            Client = client,
                            Upstream = upstream,
                            Route = GridRoute.Plain,
                            Request =
                                field.Place == HostilePlace.Trailers
                                    ? new GridRequest("POST", 4, Framing.Chunked)
                                    : new GridRequest("GET", 0, Framing.None),
                            Framing = Framing.Length,
                            Size = 4,
                            Reader = GridReader.Quick,
                            Ending = GridEnding.Regular,
                            Extra = GridExtra.None,
                        },
                        field
                    );
                }
            }
        }
    }
}
