using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads a rule as alternatives, each a list of terms that must all hold.</summary>
internal static class RuleReader
{
    // More alternatives than anyone writes.
    private const int Most = 64;

    /// <summary>The alternatives; null where there are too many.</summary>
    public static IReadOnlyList<IReadOnlyList<RuleTerm>>? Read(TraefikRule rule) => Read(rule, isNegated: false);

    /// <summary>The matchers of a rule.</summary>
    public static IEnumerable<TraefikRule.Matcher> Matchers(TraefikRule rule) =>
        rule switch
        {
            TraefikRule.Both both => Matchers(both.Left).Concat(Matchers(both.Right)),
            TraefikRule.Either either => Matchers(either.Left).Concat(Matchers(either.Right)),
            TraefikRule.Not not => Matchers(not.Inner),
            TraefikRule.Matcher matcher => [matcher],
            _ => [],
        };

    private static IReadOnlyList<IReadOnlyList<RuleTerm>>? Read(TraefikRule rule, bool isNegated) =>
        (rule, isNegated) switch
        {
            (TraefikRule.Not not, _) => Read(not.Inner, !isNegated),
            (TraefikRule.Both both, false) => All(Read(both.Left, false), Read(both.Right, false)),
            (TraefikRule.Either either, true) => All(Read(either.Left, true), Read(either.Right, true)),
            (TraefikRule.Either either, false) => Any(Read(either.Left, false), Read(either.Right, false)),
            (TraefikRule.Both both, true) => Any(Read(both.Left, true), Read(both.Right, true)),
            (TraefikRule.Matcher matcher, _) =>
            [
                [MatcherReader.Read(matcher) with { IsNegated = isNegated }],
            ],
            _ => null,
        };

    // Values of one kind stay together, as of several hosts.
    private static IReadOnlyList<IReadOnlyList<RuleTerm>>? Any(
        IReadOnlyList<IReadOnlyList<RuleTerm>>? left,
        IReadOnlyList<IReadOnlyList<RuleTerm>>? right
    ) =>
        left is null || right is null ? null
        : left is [[var one]] && right is [[var other]] && one.Joins(other)
            ?
            [
                [one with { Values = [.. one.Values, .. other.Values] }],
            ]
        : left.Count + right.Count > Most ? null
        : [.. left, .. right];

    private static IReadOnlyList<IReadOnlyList<RuleTerm>>? All(
        IReadOnlyList<IReadOnlyList<RuleTerm>>? left,
        IReadOnlyList<IReadOnlyList<RuleTerm>>? right
    ) =>
        left is null || right is null || left.Count * right.Count > Most
            ? null
            : [.. left.SelectMany(one => right.Select(other => (IReadOnlyList<RuleTerm>)[.. one, .. other]))];
}
