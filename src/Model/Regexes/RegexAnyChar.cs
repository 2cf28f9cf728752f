namespace Confgen.Model.Regexes;

/// <summary>The dot.</summary>
/// <param name="Newline">Whether it takes a newline too (the flag <c>s</c>).</param>
public sealed record RegexAnyChar(bool Newline) : RegexNode
{
    /// <inheritdoc/>
    public override bool IsNullable => false;

    internal override long Size => 1;
}
