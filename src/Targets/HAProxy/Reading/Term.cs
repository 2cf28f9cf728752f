namespace Confgen.Targets.HAProxy.Reading;

/// <summary>A condition.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Values">The values of which one is enough.</param>
/// <param name="Name">The name of the field, the parameter, the cookie or the list.</param>
/// <param name="IsNegated">Whether it must not hold.</param>
internal sealed record Term(TermKind Kind, IReadOnlyList<string> Values, string Name = "", bool IsNegated = false)
{
    /// <summary>The lines that say it.</summary>
    public IReadOnlyList<SourceLine> Lines { get; init; } = [];

    /// <summary>Whether the value of a name is a regex.</summary>
    public bool IsRegex { get; init; }

    /// <summary>Whether it is about the path.</summary>
    public bool IsPath => Kind is TermKind.PathExact or TermKind.PathPrefix or TermKind.PathRegex;

    /// <summary>The opposite.</summary>
    public Term Negated => this with { IsNegated = !IsNegated };
}
