namespace Confgen.Model.Templates;

/// <summary>A piece of a template: a text or a placeholder, one of the two.</summary>
/// <param name="Literal">The text; null for a placeholder.</param>
/// <param name="Placeholder">The placeholder, where <paramref name="Literal"/> is null.</param>
/// <param name="Name">What a placeholder of a family asks for, as <c>X-Mode</c> of <c>{header.X-Mode}</c>; else empty.</param>
public readonly record struct TemplatePart(string? Literal, Placeholder Placeholder = default, string Name = "")
{
    /// <summary>The placeholder as it is written, with its braces.</summary>
    public string Written => "{" + Placeholders.NameOf(Placeholder) + Name + "}";
}
