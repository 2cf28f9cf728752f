namespace Confgen.Targets.Apache.Building;

/// <summary>How a variable gets its value: what the first group of a regex matches.</summary>
/// <param name="Of">What the regex is tried on.</param>
/// <param name="Regex">The regex, quoted.</param>
internal sealed record VariableRule(string Of, string Regex);
