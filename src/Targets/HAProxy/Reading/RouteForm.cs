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
    public bool TakesAll => Kind == PathMatcherKind.Prefix && Paths is ["/"] && Conditions.Count == 0;

    /// <summary>Whether a spec would try it before another one that stands behind it, or their paths have nothing in common.</summary>
    public bool StaysBefore(RouteForm other) =>
        Rank < other.Rank
        || (Rank == other.Rank && Kind == PathMatcherKind.Regex)
        || Paths.All(path => other.Paths.All(next => StaysBefore(path, other, next)));

    /// <summary>The same as a regex, which keeps its place among others.</summary>
    public RouteForm AsRegex()
    {
        if (Kind == PathMatcherKind.Regex)
        {
            return this;
        }

        string end = Kind == PathMatcherKind.Exact ? "$" : "";
        return this with { Kind = PathMatcherKind.Regex, Paths = [.. Paths.Select(path => "^" + SpecRegex.Escape(path) + end)] };
    }

    /// <summary>Whether all its paths begin with a text.</summary>
    public bool IsBelow(string prefix) =>
        Kind != PathMatcherKind.Regex && Paths.All(path => path.StartsWith(prefix, StringComparison.Ordinal));

    private int Rank =>
        Kind switch
        {
            PathMatcherKind.Exact => 0,
            PathMatcherKind.Regex => 1,
            _ => 2,
        };

    private bool StaysBefore(string path, RouteForm other, string next) =>
        (Kind, other.Kind) switch
        {
            (PathMatcherKind.Exact, PathMatcherKind.Exact) => path != next || Conditions.Count >= other.Conditions.Count,
            (PathMatcherKind.Prefix, PathMatcherKind.Exact) => !next.StartsWith(path, StringComparison.Ordinal),
            (PathMatcherKind.Prefix, PathMatcherKind.Prefix) => path == next
                ? Conditions.Count >= other.Conditions.Count
                : !next.StartsWith(path, StringComparison.Ordinal),
            _ => false,
        };
}
