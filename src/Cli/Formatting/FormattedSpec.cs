namespace Confgen.Cli.Formatting;

/// <summary>The result of formatting.</summary>
/// <param name="Text">The new text; null where it was refused.</param>
/// <param name="Refusal">Why it was, in words; null where it was not.</param>
internal sealed record FormattedSpec(string? Text, string? Refusal);
