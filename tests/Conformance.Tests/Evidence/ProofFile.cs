namespace Confgen.Conformance.Tests.Evidence;

/// <summary>
/// The list of proofs, one a line. Each is written as it is found, so that a search that is stopped goes on where it was.
/// </summary>
internal sealed class ProofFile(string path)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Field, string Program), Proof> _proofs = File.ReadLines(path)
        .Where(l => l.Length > 0 && l[0] != '#')
        .Select(Proof.Parse)
        .ToDictionary(p => (p.Field, p.Program));

    /// <summary>All of them.</summary>
    public IReadOnlyList<Proof> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _proofs.Values.OrderBy(p => p.Field, StringComparer.Ordinal).ThenBy(p => p.Program, StringComparer.Ordinal)];
            }
        }
    }

    public Proof? Find(string field, string program)
    {
        lock (_lock)
        {
            return _proofs.GetValueOrDefault((field, program));
        }
    }

    public void Add(Proof proof)
    {
        lock (_lock)
        {
            _proofs[(proof.Field, proof.Program)] = proof;
            Write();
        }
    }

    private void Write() => File.WriteAllLines(path, ["# field, program, case, how the case fails", .. All.Select(p => p.ToString())]);
}
