namespace Confgen.Model.Regexes;

/// <summary>
/// Finds regexes that take exponential time in an engine that backtracks (PCRE in nginx; Go's and .NET's used here don't).
/// <para>
/// That is so where a loop can read one text in two ways, and something behind it can fail. The regex is turned into its position
/// automaton (Glushkov), and two runs over the same text are followed at once: ambiguous is a loop from which both leave one
/// position, part, and meet there again (the criterion EDA of Weber and Seidl, 1991). An edge that the regex makes twice, as both
/// stars of <c>(a*)*</c> do, parts them too.
/// </para>
/// </summary>
public static class BacktrackingRisk
{
    /// <summary>Positions up to which pairs are followed: 40,000 pairs. Larger regexes are judged by their doubled edges alone.</summary>
    private const int MostPositions = 200;

    /// <summary>The repetition that can take exponential time, or null where none can.</summary>
    public static RegexRepeat? Find(RegexPattern regex)
    {
        var automaton = new PositionAutomaton(regex.Root);
        int[] component = StrongComponents.Of(automaton.Count, automaton.Next);

        // Where the regex may end behind a position of the loop, nothing behind it can fail.
        bool[] mayEnd = new bool[automaton.Count];
        foreach (int last in automaton.Last)
        {
            mayEnd[component[last]] = true;
        }

        for (int p = 0; p < automaton.Count; p++)
        {
            foreach (int q in automaton.Next(p))
            {
                if (component[p] == component[q] && automaton.IsDoubled(p, q) && !mayEnd[component[p]])
                {
                    return Loop(regex.Root, automaton.LeafOf(p));
                }
            }
        }

        // Two runs can part only within a loop of at least two positions; most regexes have none, and no pairs to follow.
        return
            automaton.Count <= MostPositions
            && component.Distinct().Count() < component.Length
            && AmbiguousPosition(automaton, component, mayEnd) is { } position
            ? Loop(regex.Root, automaton.LeafOf(position))
            : null;
    }

    private static int? AmbiguousPosition(PositionAutomaton automaton, int[] component, bool[] mayEnd)
    {
        int n = automaton.Count;
        int[] pairs = StrongComponents.Of(n * n, NextPairs);
        bool[] parts = new bool[n * n];
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            parts[pairs[pair]] |= pair / n != pair % n;
        }

        for (int p = 0; p < n; p++)
        {
            if (parts[pairs[(p * n) + p]] && !mayEnd[component[p]])
            {
                return p;
            }
        }

        return null;

        IEnumerable<int> NextPairs(int pair)
        {
            (int p, int q) = (pair / n, pair % n);
            foreach (int p2 in automaton.Next(p))
            {
                foreach (int q2 in automaton.Next(q))
                {
                    if (
                        component[p2] == component[p]
                        && component[q2] == component[q]
                        && !(automaton.SetOf(p2) & automaton.SetOf(q2)).IsEmpty
                    )
                    {
                        yield return (p2 * n) + q2;
                    }
                }
            }
        }
    }

    // The outermost repetition around the leaf.
    private static RegexRepeat? Loop(RegexNode node, RegexNode leaf) =>
        node switch
        {
            RegexRepeat repeat when PositionAutomaton.IsLoop(repeat) && repeat.Start <= leaf.Start && leaf.End <= repeat.End => repeat,
            RegexRepeat repeat => Loop(repeat.Body, leaf),
            RegexGroup group => Loop(group.Body, leaf),
            RegexSequence sequence => sequence.Items.Select(i => Loop(i, leaf)).FirstOrDefault(l => l is not null),
            RegexAlternation alternation => alternation.Branches.Select(b => Loop(b, leaf)).FirstOrDefault(l => l is not null),
            _ => null,
        };
}
