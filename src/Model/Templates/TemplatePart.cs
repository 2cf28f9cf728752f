namespace Confgen.Model.Templates;

/// <summary>A piece of a template: a text or a placeholder, one of the two.</summary>
/// <param name="Literal">The text; null for a placeholder.</param>
/// <param name="Placeholder">The placeholder, where <paramref name="Literal"/> is null.</param>
public readonly record struct TemplatePart(string? Literal, Placeholder Placeholder = default);
