namespace Confgen.Model.Regexes;

/// <summary>Two or more alternatives, the first preferred.</summary>
/// <param name="Branches">The alternatives.</param>
public sealed record RegexAlternation(ValueList<RegexNode> Branches) : RegexNode
{
    /// <inheritdoc/>
    public override bool IsNullable => Branches.Any(b => b.IsNullable);

    internal override long Size => Branches.Sum(b => b.Size);
}
