namespace Confgen.Conformance.Tests.Evidence;

/// <summary>Fields that are declared exact, and that no case proves.</summary>
/// <param name="Fields">A field's name, or the beginning of several with a star behind it.</param>
/// <param name="Programs">The programs, with commas between; a star for all.</param>
/// <param name="Reason">Why there is no such case, or what is tried elsewhere.</param>
internal sealed record Unproven(string Fields, string Programs, string Reason)
{
    /// <summary>Reads a file of them, one a line.</summary>
    public static IReadOnlyList<Unproven> Read(string file) =>
        [
            .. File.ReadAllLines(file)
                .Where(l => l.Length > 0 && l[0] != '#')
                .Select(l => l.Split('\t'))
                .Select(p => new Unproven(p[0], p[1], p[2])),
        ];

    /// <summary>Whether it is about that field on that program.</summary>
    public bool Covers(string field, string program) =>
        (Programs == "*" || Programs.Split(',').Contains(program))
        && (Fields == field || (Fields.EndsWith('*') && field.StartsWith(Fields[..^1], StringComparison.Ordinal)));
}
