using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;

namespace Confgen.Model.Rules;

/// <summary>
/// The routes of a site in the order in which they are tried: (1) <c>exact</c>, (2) <c>regex</c> in the order written, (3) <c>path</c>,
/// the longest first. Among routes with the same matcher the one with more conditions comes first, then the one written first.
/// </summary>
public sealed class RouteTable
{
    private readonly Entry[] _entries;

    /// <summary>Builds the table of a site's routes.</summary>
    public RouteTable(ValueList<Route> routes) => _entries = [.. InOrder(routes).Select(r => new Entry(r))];

    /// <summary>The routes in the order in which they are tried.</summary>
    public IEnumerable<Route> Routes => _entries.Select(e => e.Route);

    /// <summary>A site's routes in the order in which they are tried.</summary>
    public static IEnumerable<Route> InOrder(IReadOnlyList<Route> routes)
    {
        IEnumerable<(Route Route, int Index)> all = routes.Select((route, index) => (route, index));
        IEnumerable<(Route Route, int Index)> exact = all.Where(r => r.Route.Path.Kind == PathMatcherKind.Exact);
        IEnumerable<(Route Route, int Index)> prefix = all.Where(r => r.Route.Path.Kind == PathMatcherKind.Prefix);

        // A regex that is written twice stands where it is written first.
        var firstAt = all.Where(r => r.Route.Path.Kind == PathMatcherKind.Regex)
            .GroupBy(r => r.Route.Path.Text, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Min(r => r.Index), StringComparer.Ordinal);
        return exact.OrderBy(r => r.Route.Path.Text, StringComparer.Ordinal).ThenByDescending(r => r.Route.Match.Count).ThenBy(r => r.Index)
            .Concat(all.Where(r => r.Route.Path.Kind == PathMatcherKind.Regex)
                .OrderBy(r => firstAt[r.Route.Path.Text]).ThenByDescending(r => r.Route.Match.Count).ThenBy(r => r.Index))
            .Concat(prefix.OrderByDescending(r => r.Route.Path.Text.Length).ThenBy(r => r.Route.Path.Text, StringComparer.Ordinal)
                .ThenByDescending(r => r.Route.Match.Count).ThenBy(r => r.Index))
            .Select(r => r.Route);
    }

    /// <summary>The route that answers, or null where none does: 404.</summary>
    public Route? Choose<T>(ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        foreach (Entry entry in _entries)
        {
            if (entry.TakesPath(head.Path) && Conditions.Hold(entry.Route.Match, in head))
            {
                return entry.Route;
            }
        }

        return null;
    }

    /// <summary>Every route up to the one that answers, each with the reason why it is passed over; the reason of the last is null if it answers.</summary>
    public IReadOnlyList<(Route Route, string? PassedOver)> Explain<T>(ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        var tried = new List<(Route Route, string? PassedOver)>();
        foreach (Entry entry in _entries)
        {
            string? reason = !entry.TakesPath(head.Path) ? "the path doesn't match" : Conditions.FirstFailed(entry.Route.Match, in head);
            tried.Add((entry.Route, reason));
            if (reason is null)
            {
                break;
            }
        }

        return tried;
    }

    private sealed class Entry(Route route)
    {
        private readonly byte[] _path = Encoding.UTF8.GetBytes(route.Path.Text);
        private readonly PathPrefix _prefix = new(route.Path.Text);
        private readonly RegexMatcher? _regex = route.Path.Regex is { } regex ? new RegexMatcher(regex) : null;

        public Route Route { get; } = route;

        public bool TakesPath(ReadOnlySpan<byte> path) => Route.Path.Kind switch
        {
            PathMatcherKind.Exact => path.SequenceEqual(_path),
            PathMatcherKind.Prefix => _prefix.Takes(path),
            _ => _regex is not null && _regex.IsMatch(path),
        };
    }
}
