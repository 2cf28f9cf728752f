namespace Confgen.Model.Regexes;

/// <summary>Pieces one behind the other; none match the empty text.</summary>
/// <param name="Items">The pieces.</param>
public sealed record RegexSequence(ValueList<RegexNode> Items) : RegexNode
{
    /// <inheritdoc/>
    public override bool IsNullable => Items.All(i => i.IsNullable);

    internal override long Size => Items.Sum(i => i.Size);
}
