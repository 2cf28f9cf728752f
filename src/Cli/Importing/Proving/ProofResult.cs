namespace Confgen.Cli.Importing.Proving;

/// <summary>What a proof has shown.</summary>
/// <param name="Original">The original's program.</param>
/// <param name="Programs">The programs that ran the spec.</param>
/// <param name="Sent">How many requests were sent.</param>
/// <param name="Planned">How many were to be sent; more than that where time ran out.</param>
/// <param name="Differences">What differs, program by program.</param>
/// <param name="NotRun">The programs that didn't run the spec, with the reasons.</param>
/// <param name="Dropped">Directives that the original's program doesn't know here, and that were left out.</param>
internal sealed record ProofResult(
    string Original,
    IReadOnlyList<string> Programs,
    int Sent,
    int Planned,
    IReadOnlyList<ProbeDifference> Differences,
    IReadOnlyList<(string Program, string Reason)> NotRun,
    IReadOnlyList<string> Dropped
)
{
    /// <summary>Whether every request got the same from at least one program, but for what the report of the import tells.</summary>
    public bool IsProven => Differences.All(d => d.IsTold) && Programs.Count > 0;
}
