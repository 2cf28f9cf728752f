namespace Confgen.Targets.Importing;

/// <summary>What an import gave.</summary>
public sealed record ImportResult
{
    /// <summary>The spec as YAML; null where the source can't be read.</summary>
    public string? Spec { get; init; }

    /// <summary>Every directive of every file that was read, in the order of the files and their lines.</summary>
    public IReadOnlyList<ImportedDirective> Directives { get; init; } = [];

    /// <summary>Why the source can't be read, as <c>FILE:LINE:COLUMN: reason</c>; null where it can.</summary>
    public string? Error { get; init; }

    /// <summary>How many directives have a fate.</summary>
    public int Count(ImportFate fate) => Directives.Count(d => d.Fate == fate);
}
