using Confgen.Model.Routes;
using Confgen.Targets.Importing;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>A route that is to be written: which requests a router takes of a site.</summary>
/// <param name="Router">The router; null for what no router takes.</param>
/// <param name="Kind">How its paths are meant.</param>
/// <param name="Paths">The paths of which one is enough.</param>
/// <param name="Conditions">What else must hold.</param>
internal sealed record RouterForm(
    RouterSource? Router,
    PathMatcherKind Kind,
    IReadOnlyList<string> Paths,
    IReadOnlyList<RuleTerm> Conditions
)
{
    /// <summary>What decides on its place.</summary>
    public RoutePaths Place => new(Kind, Paths, Conditions.Count);

    /// <summary>Whether the router asks for a prefix that a spec's path doesn't say in all cases.</summary>
    public bool IsWhole => Kind == PathMatcherKind.Prefix && Paths.Any(static path => path.Length > 1);

    /// <summary>The same as a regex, which keeps its place among others.</summary>
    public RouterForm AsRegex() =>
        Kind == PathMatcherKind.Regex ? this : this with { Kind = PathMatcherKind.Regex, Paths = Place.AsRegexes() };
}
