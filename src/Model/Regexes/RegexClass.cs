namespace Confgen.Model.Regexes;

/// <summary>A class of characters: in brackets, or a shorthand as <c>\d</c>.</summary>
/// <param name="Set">The characters that match, both cases where case is ignored.</param>
/// <param name="IgnoreCase">Whether letters are in the set only because case is ignored.</param>
/// <param name="Written">The text as written, for RE2; null where it no longer says the set.</param>
/// <param name="IsPortable">Whether PCRE reads the text as RE2 does.</param>
public sealed record RegexClass(AsciiSet Set, bool IgnoreCase, string? Written, bool IsPortable) : RegexNode
{
    /// <inheritdoc/>
    public override bool IsNullable => false;

    internal override long Size => 1;
}
