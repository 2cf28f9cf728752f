namespace Confgen.Model.Regexes;

/// <summary>A repetition.</summary>
/// <param name="Body">What is repeated.</param>
/// <param name="Min">At least so often.</param>
/// <param name="Max">At most so often; null for no limit.</param>
/// <param name="Lazy">Whether fewer are tried first.</param>
public sealed record RegexRepeat(RegexNode Body, int Min, int? Max, bool Lazy) : RegexNode
{
    /// <inheritdoc/>
    public override bool IsNullable => Min == 0 || Body.IsNullable;

    internal override long Size => Math.Min(Body.Size, int.MaxValue) * Math.Max(Max ?? (Min + 1), 1);
}
