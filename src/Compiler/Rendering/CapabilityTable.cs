namespace Confgen.Compiler.Rendering;

/// <summary>What a target declares of every field of the language. A test fails when one is missing.</summary>
public sealed class CapabilityTable
{
    private readonly Dictionary<string, List<Capability>> _byField = new(StringComparer.Ordinal);

    /// <summary>Collects the entries. For one field those with conditions come first; the last is the general one.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="notes">What the program does whatever the spec says.</param>
    public CapabilityTable(IEnumerable<Capability> entries, params IReadOnlyList<ProgramNote> notes)
    {
        Notes = notes;
        foreach (Capability entry in entries)
        {
            if (!_byField.TryGetValue(entry.Field, out List<Capability>? list))
            {
                _byField[entry.Field] = list = [];
            }

            list.Add(entry);
        }
    }

    /// <summary>What the program does whatever the spec says.</summary>
    public IReadOnlyList<ProgramNote> Notes { get; }

    /// <summary>Whether the program has no part in the fields that the table doesn't name.</summary>
    public bool OthersAreElsewhere { get; init; }

    /// <summary>The fields that are declared.</summary>
    public IEnumerable<string> Fields => _byField.Keys;

    /// <summary>The entries of a field, in the order in which they are tried.</summary>
    public IReadOnlyList<Capability> Of(string field) =>
        _byField.TryGetValue(field, out List<Capability>? list) ? list
        : OthersAreElsewhere ? [new Capability(field, Support.Elsewhere)]
        : [];
}
