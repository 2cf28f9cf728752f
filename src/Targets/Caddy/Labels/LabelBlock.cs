namespace Confgen.Targets.Caddy.Labels;

/// <summary>A line of the Caddyfile that labels make, with its block.</summary>
internal sealed class LabelBlock
{
    private static readonly Comparer<LabelBlock> _order = Comparer<LabelBlock>.Create(static (one, other) => one.CompareWith(other));

    /// <summary>Its words.</summary>
    public List<string> Words { get; } = [];

    /// <summary>Its block.</summary>
    public List<LabelBlock> Children { get; } = [];

    /// <summary>The number in front of its name.</summary>
    public int Order { get; init; } = int.MaxValue;

    /// <summary>The block in the order in which it is written.</summary>
    public IEnumerable<LabelBlock> Sorted() => Children.Order(_order);

    private int CompareWith(LabelBlock other)
    {
        int byKind = Kind.CompareTo(other.Kind);
        int byOrder = byKind != 0 ? byKind : Order.CompareTo(other.Order);
        for (int i = 0; byOrder == 0 && i < Math.Min(Words.Count, other.Words.Count); i++)
        {
            byOrder = string.CompareOrdinal(Words[i], other.Words[i]);
        }

        return byOrder != 0 ? byOrder : Words.Count.CompareTo(other.Words.Count);
    }

    // Global options, snippets, matchers, the rest.
    private int Kind =>
        Words.Count == 0 ? 0
        : Words is [['(', .., ')']] ? 1
        : Words[0].StartsWith('@') ? 2
        : 3;
}
