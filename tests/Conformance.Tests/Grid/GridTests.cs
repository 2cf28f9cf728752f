using System.Globalization;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>
/// Combinations of client, upstream, framing, size, method, reader, ending and route on the real programs, by pairs: no byte is lost,
/// invented or left behind. The cases come from a seed. CONFGEN_WIRE says which, as <c>7</c> or <c>1-20</c>, CONFGEN_WIRE_CASE which of its
/// cases alone, CONFGEN_WIRE_WHERE those with values of axes, as <c>upstream=H2c ending=Reload|Terminate</c>; CONFGEN_WIRE_BIG adds bodies
/// of 2 GB. <c>scripts/wire</c> sets them.
/// </summary>
public sealed class GridTests(ITestOutputHelper output) : IDisposable
{
    private readonly Certificates _certificates = new();

    public static TheoryData<string> Programs => [.. CaseSchedule.OfGrids];

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task No_combination_loses_or_adds_a_byte(string program)
    {
        IProxy proxy = CaseSchedule.Proxies.Single(p => p.Name == program);
        if (proxy.Missing is { } missing)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", missing + ", and where CI runs it must be");
            output.WriteLine(missing + ": nothing was tried on it");
            return;
        }

        string[] range = (Environment.GetEnvironmentVariable("CONFGEN_WIRE") ?? "1").Split('-');
        int only = int.Parse(Environment.GetEnvironmentVariable("CONFGEN_WIRE_CASE") ?? "0", CultureInfo.InvariantCulture);
        string[][] where =
        [
            .. (Environment.GetEnvironmentVariable("CONFGEN_WIRE_WHERE") ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(w => w.Split('=', 2)),
        ];
        var known = new KnownFailures(Path.Combine(CaseSchedule.Repository, "tests", "Conformance.Tests", "Grid", "known.txt"), program);
        var tried = new List<GridCase>();
        var unexpected = new List<string>();
        for (
            int seed = int.Parse(range[0], CultureInfo.InvariantCulture);
            seed <= int.Parse(range[^1], CultureInfo.InvariantCulture);
            seed++
        )
        {
            bool big = Environment.GetEnvironmentVariable("CONFGEN_WIRE_BIG") is { Length: > 0 };
            GridRun[] runs =
            [
                .. new CaseSpace(seed, big)
                    .Cases()
                    .Where(c =>
                        Can(program, c) && (only == 0 || c.Number == only) && where.All(w => w[1].Split('|').Contains(c.Value(w[0])))
                    )
                    .Select(c => new GridRun(c, seed)),
            ];
            tried.AddRange(runs.Select(r => r.Case));
            var batch = new GridBatch(proxy, runs, _certificates);
            IReadOnlyList<Failure> failures = await batch.RunAsync();
            foreach (Failure failure in failures.Where(f => !known.Expects(f)))
            {
                string repeat = failure.Case is { } told
                    ? $"{told}\n    again: scripts/wire --on {program} --seed {seed} --case {told.Number}"
                    : $"again: scripts/wire --on {program} --seed {seed}";
                unexpected.Add($"{failure.Code}: {failure.Text}\n    {repeat}");
            }

            if (unexpected.Count > 0)
            {
                output.WriteLine(batch.Log.Length > 20_000 ? batch.Log[^20_000..] : batch.Log);
            }
        }

        output.WriteLine($"{tried.Count} cases on {program}");
        string[] stale = only == 0 && where.Length == 0 && proxy.IsUsual ? [.. known.Stale(tried)] : [];
        Assert.True(
            unexpected.Count == 0,
            $"{unexpected.Count} failures of {tried.Count} cases on {program}:\n"
                + $"{string.Join("\n", unexpected.Order(StringComparer.Ordinal))}"
        );
        Assert.True(
            stale.Length == 0,
            $"no case fails any more under these lines of known.txt, so take them out:\n{string.Join("\n", stale)}"
        );
    }

    // V2Ray is what tunnels are behind other programs.
    private static bool Can(string program, GridCase told) =>
        (told.Upstream != GridUpstream.Tunnel || program == "serve") && GridSpec.Has(program, told.Route);
}
