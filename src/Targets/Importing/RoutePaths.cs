using Confgen.Model.Routes;

namespace Confgen.Targets.Importing;

/// <summary>
/// Which paths a route takes, and how many conditions it has beside them: what decides on its place in a spec.
/// </summary>
/// <param name="Kind">How the paths are meant.</param>
/// <param name="Texts">The paths of which one is enough.</param>
/// <param name="Conditions">How many other conditions there are.</param>
internal readonly record struct RoutePaths(PathMatcherKind Kind, IReadOnlyList<string> Texts, int Conditions)
{
    /// <summary>Whether it takes every request that comes to it.</summary>
    public bool TakesAll => Kind == PathMatcherKind.Prefix && Texts is ["/"] && Conditions == 0;

    /// <summary>Whether a spec would try it before another one that stands behind it, or their paths have nothing in common.</summary>
    public bool StaysBefore(RoutePaths other)
    {
        RoutePaths own = this;
        return Rank < other.Rank
            || (Rank == other.Rank && Kind == PathMatcherKind.Regex)
            || Texts.All(path => other.Texts.All(next => own.StaysBefore(path, other, next)));
    }

    /// <summary>The same paths as regexes, which keep their places among others.</summary>
    public IReadOnlyList<string> AsRegexes()
    {
        if (Kind == PathMatcherKind.Regex)
        {
            return Texts;
        }

        string end = Kind == PathMatcherKind.Exact ? "$" : "";
        return [.. Texts.Select(path => "^" + SpecRegex.Escape(path) + end)];
    }

    /// <summary>Whether all paths begin with a text.</summary>
    public bool IsBelow(string prefix) =>
        Kind != PathMatcherKind.Regex && Texts.All(path => path.StartsWith(prefix, StringComparison.Ordinal));

    private int Rank =>
        Kind switch
        {
            PathMatcherKind.Exact => 0,
            PathMatcherKind.Regex => 1,
            _ => 2,
        };

    private bool StaysBefore(string path, RoutePaths other, string next) =>
        (Kind, other.Kind) switch
        {
            (PathMatcherKind.Exact, PathMatcherKind.Exact) => path != next || Conditions >= other.Conditions,
            (PathMatcherKind.Prefix, PathMatcherKind.Exact) => !next.StartsWith(path, StringComparison.Ordinal),
            (PathMatcherKind.Prefix, PathMatcherKind.Prefix) => path == next
                ? Conditions >= other.Conditions
                : !next.StartsWith(path, StringComparison.Ordinal),
            _ => false,
        };
}
