namespace Confgen.Cli.Documents;

/// <summary>
/// What stands behind <c>exact</c>: the conformance case that fails on a program without the field, or why there is none. The tests of the
/// cases find and check both.
/// </summary>
internal sealed class CaseEvidence
{
    private readonly Dictionary<(string Field, string Program), string> _cases;

    /// <summary>
    /// Reads the folder of <c>evidence.tsv</c> and <c>unproven.tsv</c>: tabs between the parts of a line, <c>#</c> before a comment.
    /// </summary>
    /// <param name="folder">The folder.</param>
    public CaseEvidence(string folder)
    {
        _cases = Lines(folder, "evidence.tsv").ToDictionary(p => (p[0], p[1]), p => p[2]);
        Reasons = [.. Lines(folder, "unproven.tsv").Select(p => (p[0], p[1], p[2]))];
    }

    /// <summary>
    /// Fields without a case, a star at the end for several; the programs with commas between, a star for all; and the reason.
    /// </summary>
    public IReadOnlyList<(string Fields, string Programs, string Reason)> Reasons { get; }

    /// <summary>The case's name, as <c>routing/exact</c>; null where there is none.</summary>
    public string? CaseOf(string field, string program) => _cases.GetValueOrDefault((field, program));

    /// <summary>Whether a reason says why there is no case. There is none for programs on which no case runs.</summary>
    public bool HasReason(string field, string program) =>
        _cases.Keys.Any(c => c.Program == program)
        && Reasons.Any(r =>
            (r.Programs == "*" || r.Programs.Split(',').Contains(program))
            && (r.Fields.EndsWith('*') ? field.StartsWith(r.Fields[..^1], StringComparison.Ordinal) : field == r.Fields)
        );

    private static IEnumerable<string[]> Lines(string folder, string name) =>
        File.ReadLines(Path.Combine(folder, name)).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'));
}
