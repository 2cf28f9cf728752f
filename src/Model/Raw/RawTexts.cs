namespace Confgen.Model.Raw;

/// <summary>
/// Lines in programs' own languages, which a target puts where it renders the node that has them. No part of the contract: nothing but the
/// program itself says what they do.
/// </summary>
public sealed record RawTexts : SpecNode
{
    /// <summary>A text for each program that has one, in the order written.</summary>
    public ValueList<RawText> Texts { get; init; } = [];

    /// <summary>The lines for a target; empty where there are none.</summary>
    public ValueList<RawLine> Of(string target) => Texts.FirstOrDefault(text => text.Target == target)?.Lines ?? [];
}
