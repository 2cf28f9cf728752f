using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Targets;

/// <summary>
/// What a lenient upstream could read as a guarded path (<see cref="Model.RequestTargets.LenientPath"/>), as regexes on the decoded path,
/// since no program that is configured can rewrite a path before it chooses. What would need more, as escapes of escapes, is refused
/// altogether.
/// </summary>
internal static class LenientPathRegex
{
    /// <summary>An escape, in a path that is decoded: once more decoded it is another path.</summary>
    public const string Escaped = "%[0-9A-Fa-f]{2}";

    /// <summary>A segment that is nothing but dots where its end is ignored.</summary>
    public const string Dots = @"[/\x5C]\.\.[.\x00-\x20]*(?:;[^/\x5C]*)?(?:[/\x5C?#]|\z)";

    /// <summary>What gives a path several readings.</summary>
    public const string Several = @"[;\x5C?#]|(?:[\x00-\x20]|(?<![/\x5C])\.)(?:[/\x5C]|\z)";

    // Slashes of either kind, and between them segments of which a lenient upstream leaves nothing.
    private const string Separator = @"(?:[/\x5C][.\x00-\x20]*(?:;[^/\x5C]*)?)*[/\x5C]";

    // What a lenient upstream cuts off a segment.
    private const string Tail = @"[.\x00-\x20]*(?:;[^/\x5C?#]*)?";

    /// <summary>A regex for every path that could be read as one that a matcher takes; not for regexes.</summary>
    /// <param name="path">The matcher.</param>
    /// <param name="escape">Writes a text as a regex of the program's kind.</param>
    public static string Of(PathMatcher path, Func<string, string> escape)
    {
        string names = string.Concat(
            path.Text.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(name => Separator + escape(name) + Tail)
        );
        return (path.Kind, path.Text.EndsWith('/')) switch
        {
            (PathMatcherKind.Exact, true) => $"^{names}{Separator}{Tail}" + @"(?:[?#]|\z)",
            (PathMatcherKind.Exact, false) => $"^{names}" + @"(?:[?#]|\z)",
            _ => $"^{names}" + @"(?:[/\x5C?#]|\z)",
        };
    }

    /// <summary>Whether a path of a site may have other guards when it is read in another way, and reach an upstream.</summary>
    public static bool Matters(Site site) => site.Routes.Any(static route => route.Proxy is not null) && !HaveSameGuards(site.Routes);

    /// <summary>
    /// Whether every path of a site with several readings is refused: a regex can't be asked about another reading than the path's own.
    /// </summary>
    public static bool RefusesSeveral(Site site) =>
        Matters(site)
        && site.Routes.Any(static route => route.IsGuarded)
        && site.Routes.Any(static route => route.Path.Kind == PathMatcherKind.Regex && (route.IsGuarded || route.Match.Count > 0));

    // A rate is counted for each route.
    private static bool HaveSameGuards(ValueList<Route> routes) =>
        routes.All(route =>
            route.RateLimit is null
            && (route.BasicAuth, route.ForwardAuth, route.Access).Equals((routes[0].BasicAuth, routes[0].ForwardAuth, routes[0].Access))
        );
}
