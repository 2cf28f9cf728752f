namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>What a matcher asks: all of its clauses.</summary>
internal sealed class Condition
{
    /// <summary>Every request.</summary>
    public static readonly Condition Always = new();

    public IReadOnlyList<Clause> Clauses { get; init; } = [];

    /// <summary>The lines that define it.</summary>
    public IReadOnlyList<SourceLine> Lines { get; init; } = [];

    /// <summary>Whether Caddy counts it as a matcher when it sorts.</summary>
    public bool IsWritten { get; init; }

    /// <summary>The one path pattern of it, by which Caddy sorts; else null.</summary>
    public string? OnlyPath { get; init; }

    /// <summary>Why it can't be asked; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it met a question about the path that can't be joined with an earlier one.</summary>
    public bool IsUndecided { get; set; }

    /// <summary>The networks where that is all it asks, and whether the client has to be outside of them; else null.</summary>
    public (IReadOnlyList<string> Networks, bool IsOutside)? Clients =>
        Clauses
            .Where(c => c is Clause.AnyOf { Atoms: [Atom.Remote] } or Clause.Not { Inner.Clauses: [Clause.AnyOf { Atoms: [Atom.Remote] }] })
            .ToArray() switch
        {
            [Clause.AnyOf { Atoms: [Atom.Remote inside] }] => (inside.Networks, false),
            [Clause.Not { Inner.Clauses: [Clause.AnyOf { Atoms: [Atom.Remote outside] }] }] => (outside.Networks, true),
            _ => null,
        };

    /// <summary>The same without what it asks about clients.</summary>
    public Condition WithoutClients() =>
        new()
        {
            Clauses =
            [
                .. Clauses.Where(c =>
                    c
                        is not (
                            Clause.AnyOf { Atoms: [Atom.Remote] }
                            or Clause.Not { Inner.Clauses: [Clause.AnyOf { Atoms: [Atom.Remote] }] }
                        )
                ),
            ],
            Lines = Lines,
            IsWritten = IsWritten,
            OnlyPath = OnlyPath,
            Problem = Problem,
        };

    /// <summary>The same with a clause more.</summary>
    public Condition With(Clause clause) =>
        new()
        {
            Clauses = [.. Clauses, clause],
            Lines = Lines,
            IsWritten = IsWritten,
            OnlyPath = OnlyPath,
            Problem = Problem,
        };
}
