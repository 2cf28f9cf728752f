using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// A value that depends on the route, for directives of the server: a map on the path, by the regexes of the locations. It holds wherever
/// nginx answers from, in a named location and in one that it had no time to enter.
/// </summary>
internal sealed class RouteValues(NginxBuild build, Site site, RoutePlan plan)
{
    /// <summary>The empty text, quoted.</summary>
    public const string Nothing = "\"\"";

    // nginx changes $uri where it looks for files.
    private readonly string _path = site.Routes.Any(route =>
        route.Files is not null || route.Errors.Pages.Any(page => page.File is not null)
    )
        ? "$" + SharedVariables.Path
        : "$uri";

    /// <summary>The value: a text where it is the same for all, else a variable.</summary>
    /// <param name="hint">The words of the variable's name.</param>
    /// <param name="purpose">What <c>nginx/purpose</c> says a comment about; null for none.</param>
    /// <param name="value">A route's value, quoted.</param>
    /// <param name="otherwise">The value of requests that no route takes.</param>
    public string Of(string hint, string? purpose, Func<Route, string> value, string otherwise)
    {
        string last = otherwise;
        var lines = new List<(PathMatcher Path, string Value)>();
        foreach (IReadOnlyList<Route> group in plan.Groups)
        {
            string own = OfGroup(hint, group, value, otherwise);
            if (group[0].Path.IsEverything)
            {
                last = own;
            }
            else
            {
                lines.Add((group[0].Path, own));
            }
        }

        RemoveSuperfluous(lines, last);
        return lines.Count == 0
            ? last
            : "$"
                + build.Map(
                    hint,
                    new MapView
                    {
                        Purpose = purpose,
                        Source = _path,
                        Variable = "",
                        Lines =
                        [
                            new MapLineView("default", last),
                            .. lines.Select(line => new MapLineView(
                                build.Use(NginxQuoting.RegexKey(PathRegex.Of(line.Path)), line.Path.At.Span),
                                line.Value
                            )),
                        ],
                    }
                );
    }

    /// <summary>
    /// Takes lines away whose value is the default's, too: they are needed only where another line would take their paths.
    /// </summary>
    /// <param name="lines">The lines of a map on the path, in order.</param>
    /// <param name="otherwise">The map's default.</param>
    public static void RemoveSuperfluous(List<(PathMatcher Path, string Value)> lines, string otherwise)
    {
        for (int i = lines.Count - 1; i >= 0; i--)
        {
            if (lines[i].Value == otherwise && !lines.Skip(i + 1).Any(later => MayTake(later.Path, lines[i].Path)))
            {
                lines.RemoveAt(i);
            }
        }
    }

    /// <summary>Whether a matcher may take a path that an earlier one takes.</summary>
    public static bool MayTake(PathMatcher later, PathMatcher earlier) =>
        (earlier.Kind, later.Kind) switch
        {
            (PathMatcherKind.Regex, _) => true,
            (PathMatcherKind.Exact, PathMatcherKind.Regex) => later.Regex?.IsMatch(earlier.Text) ?? true,
            (_, PathMatcherKind.Regex) => true,
            (_, PathMatcherKind.Exact) => later.Text == earlier.Text,
            _ => earlier.Text == later.Text || earlier.Text.StartsWith(later.Text + "/", StringComparison.Ordinal),
        };

    private string OfGroup(string hint, IReadOnlyList<Route> group, Func<Route, string> value, string otherwise)
    {
        if (plan.DispatchOf(group) is not { } dispatch)
        {
            return value(group[0]);
        }

        IReadOnlyList<Route> candidates = plan.CandidatesOf(group);
        string first = value(candidates[0]);
        return candidates.All(route => value(route) == first) && (!plan.NeedsNotFound || first == otherwise)
            ? first
            : "$"
                + build.Map(
                    hint,
                    new MapView
                    {
                        Source = "$" + dispatch,
                        Variable = "",
                        Lines =
                        [
                            new MapLineView("default", otherwise),
                            .. candidates.Select(route => new MapLineView(plan.NameOf(route), value(route))),
                        ],
                    }
                );
    }
}
