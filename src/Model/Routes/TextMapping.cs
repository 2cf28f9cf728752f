using Confgen.Model.Templates;

namespace Confgen.Model.Routes;

/// <summary>A text that is exchanged for another.</summary>
public sealed record TextMapping : SpecNode
{
    /// <summary>What is exchanged.</summary>
    public required string From { get; init; }

    /// <summary>What takes its place; <c>{scheme}</c> and <c>{host}</c> are its only placeholders.</summary>
    public required TextTemplate To { get; init; }
}
