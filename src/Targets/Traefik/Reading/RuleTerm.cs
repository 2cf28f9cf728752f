namespace Confgen.Targets.Traefik.Reading;

/// <summary>A part of a rule that holds or doesn't.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Values">The values of which one is enough.</param>
/// <param name="Name">The name of the field, the parameter or the cookie.</param>
/// <param name="IsNegated">Whether it must not hold.</param>
internal sealed record RuleTerm(RuleTermKind Kind, IReadOnlyList<string> Values, string Name = "", bool IsNegated = false)
{
    /// <summary>Whether the value of a name is a regex.</summary>
    public bool IsRegex { get; init; }

    /// <summary>Whether it is about the path.</summary>
    public bool IsPath => Kind is RuleTermKind.Exact or RuleTermKind.Prefix or RuleTermKind.PathRegex;

    /// <summary>Whether it is about the host.</summary>
    public bool IsHost => Kind is RuleTermKind.Host or RuleTermKind.HostRegex;

    /// <summary>Whether values of another one are further values of this one.</summary>
    public bool Joins(RuleTerm other) =>
        Kind == other.Kind
        && !IsNegated
        && !other.IsNegated
        && Kind
            is RuleTermKind.Host
                or RuleTermKind.Exact
                or RuleTermKind.Prefix
                or RuleTermKind.PathRegex
                or RuleTermKind.Method
                or RuleTermKind.Client;
}
