using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Refuses paths that a lenient upstream could read as one behind other guards. No matcher changes a path, so a regex for each path whose
/// guards differ from those around it takes every spelling; a regex of the spec is asked about the other reading where there is only one,
/// and with more the path is refused.
/// </summary>
internal static class OtherReadings
{
    /// <summary>Whether paths are refused of which Caddy could not try every reading.</summary>
    public static bool RefuseMore(Site site) =>
        LenientPathRegex.Matters(site) && site.Routes.Any(static route => route.Path.Kind == PathMatcherKind.Regex);

    /// <summary>The refusals; null where every path that reaches an upstream is behind the same guards.</summary>
    public static OtherReadingsView? Of(CaddyQuoter texts, Site site)
    {
        if (!LenientPathRegex.Matters(site))
        {
            return null;
        }

        List<Route> regexes = [.. site.Routes.Where(static route => route.Path.Kind == PathMatcherKind.Regex)];
        List<Node> nodes = [.. Nodes(site).Where(static node => node.Matters)];
        return new OtherReadingsView
        {
            Paths =
            [
                .. nodes
                    .GroupBy(static node => node.Group)
                    .OrderBy(static group => group.Key, StringComparer.Ordinal)
                    .Select(group => new OtherReadingView(Own(group), Other(group))),
            ],
            BehindRegexes = regexes.Count == 0 || nodes.Count == 0 ? null : new OtherReadingView(Regexes(regexes), Other(nodes)),
            GuardedRegexes = regexes.Exists(static route => route.IsGuarded)
                ? Regexes(regexes.Where(static route => route.IsGuarded))
                : null,
        };

        string Own(IEnumerable<Node> some) => Union(some.Select(static node => PathPattern.Of(node.Path)));

        string Other(IEnumerable<Node> some) => Union(some.Select(static node => LenientPathRegex.Of(node.Path, PathPattern.Escape)));

        string Regexes(IEnumerable<Route> some) => Union(some.Select(static route => "(?:" + PathPattern.Of(route.Path) + ")"));

        string Union(IEnumerable<string> some) => texts.Regex(string.Join('|', some.Distinct()), site.At.Span);
    }

    // The paths of the site, each behind those that contain it.
    private static List<Node> Nodes(Site site)
    {
        var nodes = new List<Node>();
        var prefixes = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (
            IGrouping<(PathMatcherKind Kind, string Text), Route> routes in site
                .Routes.Where(static route => route.Path.Kind != PathMatcherKind.Regex)
                .GroupBy(static route => (route.Path.Kind, route.Path.Text))
                .OrderBy(static group => group.Key.Text.Length)
                .ThenBy(static group => group.Key.Kind == PathMatcherKind.Exact)
        )
        {
            Node? parent = Around(routes.Key.Text, prefixes);
            var node = new Node(
                routes.First().Path,
                parent,
                routes.Any(static route => route.IsGuarded)
                    || (parent?.IsGuarded == true && routes.All(static route => route.Match.Count > 0))
            );
            nodes.Add(node);
            if (routes.Key.Kind == PathMatcherKind.Prefix)
            {
                prefixes.Add(routes.Key.Text, node);
            }
        }

        return nodes;
    }

    private static Node? Around(string path, Dictionary<string, Node> prefixes)
    {
        while (path.Length > 0)
        {
            if (prefixes.TryGetValue(path, out Node? node))
            {
                return node;
            }

            path = path[..path.LastIndexOf('/')];
        }

        return prefixes.GetValueOrDefault("/");
    }

    // IsGuarded: whether a route that takes the path has a guard.
    private sealed record Node(PathMatcher Path, Node? Parent, bool IsGuarded)
    {
        /// <summary>Whether a path within it may have other guards than one around it.</summary>
        public bool Matters => !Path.IsEverything && (IsGuarded || Parent?.IsGuarded == true);

        /// <summary>Paths of one group are apart in every reading.</summary>
        public string Group =>
            LenientPath.IsSuspect(Path.Text) || Path.Text.AsSpan().ContainsAny("?# ") ? Path.Kind + Path.Text : new string('/', Depth);

        private int Depth => Parent is null ? 0 : Parent.Depth + (Parent.Matters ? 1 : 0);
    }
}
