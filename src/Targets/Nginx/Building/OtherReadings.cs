using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Refuses paths that a lenient upstream could read as one behind other guards: one map has the guards of the path, another those of its
/// other reading, and where they differ, the response is 400. A regex of the spec is asked about the other reading where there is only one;
/// with more, the path is refused.
/// </summary>
internal static class OtherReadings
{
    private const string None = RouteValues.Nothing;

    /// <summary>The refusal; null where every path that reaches an upstream is behind the same guards.</summary>
    public static RefusalView? Of(NginxBuild build, Site site, RoutePlan plan)
    {
        if (!LenientPathRegex.Matters(site))
        {
            return null;
        }

        var guards = plan.Groups.Select((group, i) => (group[0].Path, Name: IsNearGuard(plan, i) ? plan.NameOf(group[0]) : None)).ToList();
        string own =
            "$"
            + build.Map(
                "guard",
                new MapView
                {
                    Purpose = "guard",
                    Source = "$uri",
                    Variable = "",
                    Lines = Lines(build, guards, PathRegex.Of, []),
                }
            );
        bool hasRegex = guards.Any(static guard => guard.Path.Kind == PathMatcherKind.Regex && guard.Name != None);
        const string Unclear = "unclear";
        IReadOnlyList<MapLineView> special = [new MapLineView("\"\"", own), new MapLineView(Unclear, Unclear)];
        return new RefusalView(
            "other_reading",
            own,
            "$"
                + build.Map(
                    "guard_of_other_reading",
                    new MapView
                    {
                        Purpose = "guard_of_other_reading",
                        Source = "$" + (hasRegex ? SharedVariables.OnlyReading : SharedVariables.OtherPath),
                        Variable = "",
                        Lines = hasRegex
                            ? Lines(build, guards, PathRegex.Of, special)
                            : Lines(build, [.. guards.Where(static guard => guard.Path.Kind != PathMatcherKind.Regex)], Reading, special),
                    }
                )
        );
    }

    // What one route takes may be, read less leniently, a path of another that takes more.
    private static bool IsNearGuard(RoutePlan plan, int index)
    {
        IReadOnlyList<Route> group = plan.Groups[index];
        return plan.CandidatesOf(group).Any(static route => route.IsGuarded)
            || (
                group[0].Path.Kind != PathMatcherKind.Regex
                && plan.Groups.Skip(index + 1)
                    .Any(later => later.Any(static route => route.IsGuarded) && RouteValues.MayTake(later[0].Path, group[0].Path))
            );
    }

    private static string Reading(PathMatcher path) => LenientPathRegex.Of(path, static text => NginxQuoting.EscapeRegex(text));

    private static List<MapLineView> Lines(
        NginxBuild build,
        List<(PathMatcher Path, string Name)> guards,
        Func<PathMatcher, string> regex,
        IEnumerable<MapLineView> special
    )
    {
        string last = guards.Find(static guard => guard.Path.IsEverything).Name ?? None;
        var lines = guards.Where(static guard => !guard.Path.IsEverything).ToList();
        RouteValues.RemoveSuperfluous(lines, last);
        return
        [
            new MapLineView("default", last),
            .. special,
            .. lines.Select(line => new MapLineView(build.Use(NginxQuoting.RegexKey(regex(line.Path)), line.Path.At.Span), line.Name)),
        ];
    }
}
