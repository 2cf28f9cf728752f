namespace Confgen.Cli.Importing.Proving;

/// <summary>Something that a request gets, or an upstream sees, otherwise than from the original.</summary>
/// <param name="Program">The program that ran the spec.</param>
/// <param name="Probe">The request.</param>
/// <param name="What">What differs, as <c>status</c> or <c>response: Location</c>.</param>
/// <param name="Original">What the original gave; null for nothing.</param>
/// <param name="Imported">What the spec gives; null for nothing.</param>
internal sealed record ProbeDifference(string Program, Probe Probe, string What, string? Original, string? Imported)
{
    /// <summary>Whether the report of the import names the path as one that is answered otherwise.</summary>
    public bool IsTold { get; init; }
}
