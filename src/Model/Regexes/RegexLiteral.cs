using System.Text;

namespace Confgen.Model.Regexes;

/// <summary>One character.</summary>
/// <param name="Char">The character.</param>
/// <param name="IgnoreCase">Whether its other case matches as well; set on ASCII letters alone.</param>
public sealed record RegexLiteral(Rune Char, bool IgnoreCase) : RegexNode
{
    /// <inheritdoc/>
    public override bool IsNullable => false;

    internal override long Size => Char.Utf8SequenceLength;
}
