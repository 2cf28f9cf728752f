namespace Confgen.Model.Regexes;

/// <summary>A condition on a place in the text.</summary>
/// <param name="Kind">The condition.</param>
public sealed record RegexAnchor(RegexAnchorKind Kind) : RegexNode
{
    /// <inheritdoc/>
    public override bool IsNullable => true;

    internal override long Size => 1;
}
