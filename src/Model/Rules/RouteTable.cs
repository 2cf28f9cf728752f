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
    /// <summary>What answers where no route does: 404, under the rules of the site for every answer.</summary>
    public static readonly Route NoRoute = new() { Path = new PathMatcher { Kind = PathMatcherKind.Prefix, Text = "" }, Action = new RespondAction { Status = 404 } };

    private readonly Entry[] _entries;

    /// <summary>Whether the routes leave requests over, which then get <see cref="NoRoute"/>.</summary>
    public static bool LeavesRest(IReadOnlyList<Route> routes) => !routes.Any(static route => route.Path.IsEverything && route.Match.Count == 0);

    /// <summary>Builds the table of a site's routes.</summary>
    public RouteTable(ValueList<Route> routes) => _entries = [.. InOrder(routes).Select(r => new Entry(r))];

    /// <summary>The routes in the order in which they are tried.</summary>
    public IEnumerable<Route> Routes => _entries.Select(e => e.Route);

    /// <summary>A site's routes in the order in which they are tried.</summary>
    public static IEnumerable<Route> InOrder(IReadOnlyList<Route> routes) => routes.OrderBy(static route => route, new Order(routes));

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

    // What it holds for equal stays in the order written: the sort is stable.
    private sealed class Order : IComparer<Route>
    {
        // A regex that is written twice stands where it is written first.
        private readonly Dictionary<string, int> _firstAt = new(StringComparer.Ordinal);

        public Order(IReadOnlyList<Route> routes)
        {
            for (int i = 0; i < routes.Count; i++)
            {
                if (routes[i].Path.Kind == PathMatcherKind.Regex)
                {
                    _firstAt.TryAdd(routes[i].Path.Text, i);
                }
            }
        }

        public int Compare(Route? x, Route? y)
        {
            if (x is null || y is null)
            {
                return (x is null ? 0 : 1) - (y is null ? 0 : 1);
            }

            int byPath = Rank(x).CompareTo(Rank(y));
            if (byPath == 0)
            {
                byPath = x.Path.Kind switch
                {
                    PathMatcherKind.Exact => string.CompareOrdinal(x.Path.Text, y.Path.Text),
                    PathMatcherKind.Regex => _firstAt[x.Path.Text].CompareTo(_firstAt[y.Path.Text]),
                    _ when x.Path.Text.Length != y.Path.Text.Length => y.Path.Text.Length.CompareTo(x.Path.Text.Length),
                    _ => string.CompareOrdinal(x.Path.Text, y.Path.Text),
                };
            }

            return byPath != 0 ? byPath : y.Match.Count.CompareTo(x.Match.Count);
        }

        private static int Rank(Route route) => route.Path.Kind switch
        {
            PathMatcherKind.Exact => 0,
            PathMatcherKind.Regex => 1,
            _ => 2,
        };
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
