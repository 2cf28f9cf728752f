using Confgen.Model.Routes;
using Confgen.Targets.Importing;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>A route that is to be written: which requests it takes, and who may.</summary>
/// <param name="Rule">What responds.</param>
/// <param name="Kind">How its paths are meant.</param>
/// <param name="Paths">The paths of which one is enough.</param>
/// <param name="Conditions">What else must hold.</param>
internal sealed record RouteForm(Rule Rule, PathMatcherKind Kind, IReadOnlyList<string> Paths, IReadOnlyList<Term> Conditions)
{
    /// <summary>Who may.</summary>
    public List<Guard> Guards { get; } = [];

    /// <summary>The lines of the conditions that it has from names.</summary>
    public IReadOnlyList<SourceLine> Lines { get; init; } = [];

    /// <summary>Whether it takes every request that comes to it.</summary>
    public bool TakesAll => All.TakesAll;

    /// <summary>Whether a spec would try it before another one that stands behind it, or their paths have nothing in common.</summary>
    public bool StaysBefore(RouteForm other) => All.StaysBefore(other.All);

    /// <summary>The same as a regex, which keeps its place among others.</summary>
    public RouteForm AsRegex() =>
        Kind == PathMatcherKind.Regex ? this : this with { Kind = PathMatcherKind.Regex, Paths = All.AsRegexes() };

    /// <summary>Whether all its paths begin with a text.</summary>
    public bool IsBelow(string prefix) => All.IsBelow(prefix);

    private RoutePaths All => new(Kind, Paths, Conditions.Count);
}
