using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>
/// Which route of a site responds for a normalised path, as far as that can be told without a request: by the table that serves requests.
/// </summary>
internal sealed class RouteChoice
{
    // Sites often share the text of a regex, and its matcher is dear to make.
    private readonly Dictionary<string, RegexMatcher> _matchers = new(StringComparer.Ordinal);
    private readonly Dictionary<Site, RouteTable> _sites = new(ReferenceEqualityComparer.Instance);

    /// <summary>
    /// The routes that may respond, in the order in which they are asked: those with conditions, and the first without any, behind which
    /// nothing is asked.
    /// </summary>
    public IReadOnlyList<Route> Candidates(Site site, string path)
    {
        if (!_sites.TryGetValue(site, out RouteTable? table))
        {
            _sites[site] = table = new RouteTable(site.Routes, MatcherOf);
        }

        var found = new List<Route>();
        foreach (Route route in table.Taking(Encoding.UTF8.GetBytes(path)))
        {
            found.Add(route);
            if (route.Match.Count == 0)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The route that responds whatever else the request says, or null where that depends, or where there is none.</summary>
    public Route? Certain(Site site, string path) => Candidates(site, path) is [{ Match.Count: 0 } only] ? only : null;

    /// <summary>Whether a path is the prefix itself or below it, by whole segments.</summary>
    public static bool IsBelow(string path, string prefix) =>
        prefix is "" or "/"
        || (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/'));

    private RegexMatcher MatcherOf(RegexPattern regex)
    {
        if (!_matchers.TryGetValue(regex.Text, out RegexMatcher? shared))
        {
            _matchers[regex.Text] = shared = new RegexMatcher(regex);
        }

        return shared;
    }
}
