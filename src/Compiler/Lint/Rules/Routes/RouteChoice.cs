using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>
/// Which route of a site answers for a normalised path, as far as that can be told without a request. The routes of a site are sorted
/// once, so that a site with thousands of them costs no more than a walk up the path.
/// </summary>
internal sealed class RouteChoice
{
    // Sites often share the text of a regex, and its matcher is dear to make.
    private readonly Dictionary<string, RegexPattern> _regexes = new(StringComparer.Ordinal);
    private readonly Dictionary<Site, Sorted> _sites = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// The routes that may answer, in the order in which they are asked: those with conditions, and the first without any, behind which
    /// nothing is asked.
    /// </summary>
    public IReadOnlyList<Route> Candidates(Site site, string path)
    {
        if (!_sites.TryGetValue(site, out Sorted? sorted))
        {
            _sites[site] = sorted = new Sorted(site);
        }

        var found = new List<Route>();
        foreach (Route route in sorted.InOrder(path, Matches))
        {
            found.Add(route);
            if (route.Match.Count == 0)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The route that answers whatever else the request says, or null where that depends, or where there is none.</summary>
    public Route? Certain(Site site, string path) => Candidates(site, path) is [{ Match.Count: 0 } only] ? only : null;

    /// <summary>Whether a path is the prefix itself or below it, by whole segments.</summary>
    public static bool IsBelow(string path, string prefix) =>
        prefix is "" or "/" || (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/'));

    private bool Matches(RegexPattern regex, string path)
    {
        if (!_regexes.TryGetValue(regex.Text, out RegexPattern? shared))
        {
            _regexes[regex.Text] = shared = regex;
        }

        return shared.IsMatch(path);
    }

    private sealed class Sorted
    {
        private readonly ILookup<string, Route> _exact;
        private readonly ILookup<string, Route> _prefixes;
        private readonly Route[] _regexes;

        public Sorted(Site site)
        {
            Route[] byConditions = [.. site.Routes.OrderByDescending(r => r.Match.Count)];
            _exact = byConditions.Where(r => r.Path.Kind == PathMatcherKind.Exact).ToLookup(r => r.Path.Text, StringComparer.Ordinal);
            _prefixes = byConditions.Where(r => r.Path.Kind == PathMatcherKind.Prefix).ToLookup(r => r.Path.Text, StringComparer.Ordinal);
            // In the contract's order: those of one text together.
            _regexes = [.. RouteTable.InOrder([.. site.Routes.Where(r => r.Path.Kind == PathMatcherKind.Regex)])];
        }

        public IEnumerable<Route> InOrder(string path, Func<RegexPattern, string, bool> matches)
        {
            foreach (Route route in _exact[path].Concat(_regexes.Where(r => r.Path.Regex is { } regex && matches(regex, path))))
            {
                yield return route;
            }

            string prefix = path.Length > 1 ? path.TrimEnd('/') : path;
            while (prefix.Length > 1)
            {
                foreach (Route route in _prefixes[prefix])
                {
                    yield return route;
                }

                prefix = prefix[..Math.Max(0, prefix.LastIndexOf('/'))];
            }

            foreach (Route route in _prefixes["/"])
            {
                yield return route;
            }
        }
    }
}
