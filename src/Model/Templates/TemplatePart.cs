using Confgen.Model.Regexes;

namespace Confgen.Model.Templates;

/// <summary>A piece of a template: a text or a placeholder, one of the two.</summary>
/// <param name="Literal">The text; null for a placeholder.</param>
/// <param name="Placeholder">The placeholder, where <paramref name="Literal"/> is null.</param>
/// <param name="Name">What a placeholder of a family asks for, as <c>X-Mode</c> of <c>{header.X-Mode}</c>; else empty.</param>
/// <param name="Regex">The route's regex, where <paramref name="Placeholder"/> is one of its groups and the route is known.</param>
public readonly record struct TemplatePart(string? Literal, Placeholder Placeholder = default, string Name = "", RegexPattern? Regex = null)
{
    /// <summary>The placeholder as it is written, with its braces.</summary>
    public string Written => "{" + Placeholders.NameOf(Placeholder) + Name + "}";

    /// <summary>The number of the group in <see cref="Regex"/>; 0 where there is no regex.</summary>
    public int GroupNumber => Regex?.FindGroup(Name) ?? 0;

    /// <summary>What the group matched in a normalised path; empty where it took no part, or where the path holds a control byte.</summary>
    public ReadOnlySpan<byte> GroupIn(ReadOnlySpan<byte> path) =>
        Regex is null || path.ContainsAnyInRange((byte)0, (byte)0x1F) || path.Contains((byte)0x7F)
            ? []
            : Regex.Matcher.FindGroup(path, GroupNumber);
}
