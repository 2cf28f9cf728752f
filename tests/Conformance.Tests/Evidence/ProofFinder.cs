using Confgen.Compiler;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Evidence;

/// <summary>Looks for a case that proves each field on each program, those that speak of the field first.</summary>
internal sealed class ProofFinder(CompilerHost host, FieldTrial trial, ProofFile file)
{
    // With the programs of which a case expects a refusal or a difference: there it proves nothing of what is exact.
    private readonly (string Name, IReadOnlySet<string> Fields, IReadOnlySet<string> Excepted)[] _cases =
    [
        .. CaseSchedule.Names.Select(n =>
            (n, Compilation.WrittenFields(host, Path.Combine(CaseSchedule.Root, n, "spec.yaml")), Excepted(n))
        ),
    ];

    /// <summary>Looks for proofs of these fields, and adds them to the file.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="proxies">The programs.</param>
    /// <param name="log">Told of each field.</param>
    public Task FindAsync(IReadOnlyList<(string Field, string Program)> fields, IReadOnlyList<IProxy> proxies, Action<string> log) =>
        Parallel.ForEachAsync(
            fields,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount + 1 },
            async (wanted, _) =>
            {
                Proof? proof = await FindAsync(wanted.Field, proxies.Single(p => p.Name == wanted.Program));
                log(proof?.ToString() ?? $"{wanted.Field}\t{wanted.Program}\tnothing");
                if (proof is not null)
                {
                    file.Add(proof);
                }
            }
        );

    /// <summary>
    /// Whether a case can prove the field there: it writes it, and expects neither a refusal nor a difference of the program.
    /// </summary>
    public bool CanProve(Proof proof) =>
        _cases.Any(c => c.Name == proof.Case && c.Fields.Contains(proof.Field) && !c.Excepted.Contains(proof.Program));

    private async Task<Proof?> FindAsync(string field, IProxy proxy)
    {
        // What proves it on another program is likely to prove it here.
        HashSet<string> elsewhere = [.. file.All.Where(p => p.Field == field).Select(p => p.Case)];
        IEnumerable<string> candidates = _cases
            .Where(c => c.Fields.Contains(field) && !c.Excepted.Contains(proxy.Name))
            .OrderByDescending(c => elsewhere.Contains(c.Name))
            .ThenByDescending(c => Speaks(c.Name, field))
            .ThenBy(c => c.Fields.Count)
            .Select(c => c.Name);
        foreach (string name in candidates)
        {
            // Twice, as a case may fail once on a busy machine.
            TrialEnd end = await trial.RunAsync(field, name, proxy);
            if (end is TrialEnd.FailedWithout or TrialEnd.FailedWithAnother && await trial.RunAsync(field, name, proxy) == end)
            {
                return new Proof(field, proxy.Name, name, end == TrialEnd.FailedWithAnother);
            }
        }

        return null;
    }

    private static bool Speaks(string name, string field) =>
        name.Contains(field[(field.LastIndexOf('.') + 1)..].Replace('_', '-').TrimEnd('s'), StringComparison.Ordinal);

    private static HashSet<string> Excepted(string name)
    {
        var told = ConformanceCase.Read(CaseSchedule.Root, Path.Combine(CaseSchedule.Root, name), static _ => "1");
        return [.. told.Unsupported.Keys, .. told.Steps.SelectMany(s => s.Differs).Where(d => d.Since is null).Select(d => d.Program)];
    }
}
