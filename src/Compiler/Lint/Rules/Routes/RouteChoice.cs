using System.Text.RegularExpressions;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>Which route of a site answers for a normalised path, as far as that can be told without a request.</summary>
internal sealed class RouteChoice
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<string, Regex?> _regexes = new(StringComparer.Ordinal);

    /// <summary>
    /// The routes that may answer, in the order in which they are asked: those with conditions, and the first without any, behind which
    /// nothing is asked.
    /// </summary>
    public IReadOnlyList<Route> Candidates(Site site, string path)
    {
        var found = new List<Route>();
        foreach (Route route in site.Routes)
        {
            if (Matches(route.Path, path))
            {
                found.Add(route);
            }
        }

        if (found.Count > 1)
        {
            found = [.. found.OrderBy(r => Rank(r.Path.Kind)).ThenByDescending(r => r.Path.Kind == PathMatcherKind.Prefix ? r.Path.Text.Length : 0)
                .ThenByDescending(r => r.Path.Kind == PathMatcherKind.Regex ? 0 : r.Match.Count)];
        }

        int last = found.FindIndex(r => r.Match.Count == 0);
        return last < 0 ? found : found[..(last + 1)];
    }

    /// <summary>The route that answers whatever else the request says, or null where that depends, or where there is none.</summary>
    public Route? Certain(Site site, string path) => Candidates(site, path) is [{ Match.Count: 0 } only] ? only : null;

    /// <summary>Whether the matcher takes the path.</summary>
    public bool Matches(PathMatcher matcher, string path) => matcher.Kind switch
    {
        PathMatcherKind.Exact => path == matcher.Text,
        PathMatcherKind.Prefix => matcher.Text == "/" || IsBelow(path, matcher.Text),
        _ => MatchesRegex(matcher.Text, path),
    };

    /// <summary>Whether a path is the prefix itself or below it, by whole segments.</summary>
    public static bool IsBelow(string path, string prefix) =>
        prefix is "" or "/" || (path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/'));

    private bool MatchesRegex(string text, string path)
    {
        if (!_regexes.TryGetValue(text, out Regex? regex))
        {
            _regexes[text] = regex = Parse(text);
        }

        return regex?.IsMatch(path) == true;
    }

    private static Regex? Parse(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, _patience);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static int Rank(PathMatcherKind kind) => kind switch { PathMatcherKind.Exact => 0, PathMatcherKind.Regex => 1, _ => 2 };
}
