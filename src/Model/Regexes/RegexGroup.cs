namespace Confgen.Model.Regexes;

/// <summary>Parentheses.</summary>
/// <param name="Body">What stands in them.</param>
/// <param name="Number">The group's number from 1, or 0 where it doesn't capture.</param>
/// <param name="Name">The group's name, or null.</param>
public sealed record RegexGroup(RegexNode Body, int Number, string? Name) : RegexNode
{
    /// <inheritdoc/>
    public override bool IsNullable => Body.IsNullable;

    internal override long Size => Body.Size;
}
