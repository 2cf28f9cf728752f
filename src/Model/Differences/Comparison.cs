namespace Confgen.Model.Differences;

/// <summary>What differs between two specs.</summary>
/// <param name="Differences">The differences, the riskiest first, then in the order of the specs.</param>
/// <param name="Limits">Where the comparison is not complete, in words; empty where it is.</param>
public sealed record Comparison(IReadOnlyList<Difference> Differences, IReadOnlyList<string> Limits);
