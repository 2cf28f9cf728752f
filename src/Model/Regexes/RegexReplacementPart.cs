namespace Confgen.Model.Regexes;

/// <summary>A piece of a replacement: a text or a group, one of the two.</summary>
/// <param name="Literal">The text; null for a group.</param>
/// <param name="Group">The group's number, 0 for the whole match, where <paramref name="Literal"/> is null.</param>
public readonly record struct RegexReplacementPart(string? Literal, int Group = 0);
