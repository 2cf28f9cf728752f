namespace Confgen.Model.Regexes;

/// <summary>
/// The position automaton of a regex (Glushkov 1961): a state for each character, class or dot; an edge where one may follow the
/// other. Edges that the regex makes in two ways are remembered as doubled.
/// </summary>
internal sealed class PositionAutomaton
{
    /// <summary>From so many repetitions on a counted one is taken for a loop: its ways multiply as a loop's do.</summary>
    private const int LoopFrom = 10;

    private readonly List<(RegexNode Leaf, AsciiSet Set)> _leaves = [];
    private readonly List<Dictionary<int, bool>> _next = [];

    public PositionAutomaton(RegexNode root) => Last = Build(root).Last;

    /// <summary>The number of positions.</summary>
    public int Count => _leaves.Count;

    /// <summary>The positions behind which the regex may end.</summary>
    public IReadOnlyList<int> Last { get; }

    /// <summary>Whether the repetition has so many rounds that it behaves as one without end.</summary>
    public static bool IsLoop(RegexRepeat repeat) => repeat.Max is null or >= LoopFrom;

    public RegexNode LeafOf(int position) => _leaves[position].Leaf;

    public AsciiSet SetOf(int position) => _leaves[position].Set;

    public IEnumerable<int> Next(int position) => _next[position].Keys;

    public bool IsDoubled(int from, int to) => _next[from][to];

    private Fragment Build(RegexNode node) =>
        node switch
        {
            RegexLiteral literal => Leaf(literal, SetOf(literal)),
            RegexClass set => Leaf(set, set.Set),
            RegexAnyChar any => Leaf(any, any.Newline ? ~AsciiSet.None : ~AsciiSet.Range('\n', '\n')),

            // The end of the text is a condition that can fail: a position that no character reaches.
            RegexAnchor { Kind: RegexAnchorKind.TextEnd } end => Leaf(end, AsciiSet.None),
            RegexAnchor => Fragment.Empty,
            RegexGroup group => Build(group.Body),
            RegexRepeat repeat => Repeat(repeat),
            RegexSequence sequence => Sequence(sequence),
            RegexAlternation alternation => Alternation(alternation),
            _ => Fragment.Empty,
        };

    private Fragment Leaf(RegexNode node, AsciiSet set)
    {
        _leaves.Add((node, set));
        _next.Add([]);
        return new Fragment([_leaves.Count - 1], [_leaves.Count - 1], Nullable: false);
    }

    private Fragment Repeat(RegexRepeat repeat)
    {
        if (repeat.Max == 0)
        {
            return Fragment.Empty;
        }

        Fragment body = Build(repeat.Body);
        if (IsLoop(repeat))
        {
            Connect(body.Last, body.First);
        }

        return body with
        {
            Nullable = body.Nullable || repeat.Min == 0,
        };
    }

    private Fragment Sequence(RegexSequence sequence)
    {
        Fragment whole = Fragment.Empty;
        foreach (RegexNode item in sequence.Items)
        {
            Fragment next = Build(item);
            Connect(whole.Last, next.First);
            whole = new Fragment(
                whole.Nullable ? [.. whole.First, .. next.First] : whole.First,
                next.Nullable ? [.. whole.Last, .. next.Last] : next.Last,
                whole.Nullable && next.Nullable
            );
        }

        return whole;
    }

    private Fragment Alternation(RegexAlternation alternation)
    {
        Fragment[] branches = [.. alternation.Branches.Select(Build)];
        return new Fragment([.. branches.SelectMany(b => b.First)], [.. branches.SelectMany(b => b.Last)], branches.Any(b => b.Nullable));
    }

    private void Connect(IReadOnlyList<int> from, IReadOnlyList<int> to)
    {
        foreach (int a in from)
        {
            foreach (int b in to)
            {
                _next[a][b] = _next[a].ContainsKey(b);
            }
        }
    }

    // Beyond ASCII a character is several bytes; one stands for all of them.
    private static AsciiSet SetOf(RegexLiteral literal)
    {
        if (!literal.Char.IsAscii)
        {
            return new AsciiSet(0, 0, NonAscii: true);
        }

        var set = AsciiSet.Range((char)literal.Char.Value, (char)literal.Char.Value);
        return literal.IgnoreCase ? set.WithBothCases() : set;
    }

    private sealed record Fragment(IReadOnlyList<int> First, IReadOnlyList<int> Last, bool Nullable)
    {
        public static readonly Fragment Empty = new([], [], Nullable: true);
    }
}
