using System.Text.RegularExpressions;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>What the lines of a header's name must be.</summary>
/// <param name="Name">The name.</param>
/// <param name="Lines">The values in their order; none for absence. Null where only the pattern counts.</param>
/// <param name="Pattern">A pattern for a single value, for what differs at each run.</param>
internal sealed record HeaderCheck(string Name, IReadOnlyList<string>? Lines, string? Pattern = null)
{
    public bool Holds(IReadOnlyList<string> values) =>
        Lines is not null
            ? Lines.SequenceEqual(values, StringComparer.Ordinal)
            : Regex.IsMatch(string.Join(" | ", values), $"^(?:{Pattern})$", RegexOptions.CultureInvariant);

    public override string ToString() =>
        Lines switch
        {
            null => $"like {Pattern}",
            [] => "none",
            _ => string.Join(" | ", Lines),
        };
}
