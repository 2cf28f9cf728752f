using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;

namespace Confgen.Model.Rules;

/// <summary>
/// The routes of a site, found by an index on their paths, in the order in which they are tried: (1) <c>exact</c>, (2) <c>regex</c> in the
/// order written, (3) <c>path</c>, the longest first. Among routes with the same matcher the one with more conditions comes first, then the
/// one written first.
/// </summary>
public sealed class RouteTable
{
    /// <summary>What responds where no route does: 404, under the rules of the site for every response.</summary>
    public static readonly Route NoRoute = new()
    {
        Path = new PathMatcher { Kind = PathMatcherKind.Prefix, Text = "" },
        Action = new RespondAction { Status = 404 },
    };

    private readonly Entry[] _entries;
    private readonly PathIndex<Entry> _exact = new();
    private readonly List<Entry> _regexes = [];
    private readonly PathIndex<Entry> _prefixes = new();

    /// <summary>Whether the routes leave requests over, which then get <see cref="NoRoute"/>.</summary>
    public static bool LeavesRest(IReadOnlyList<Route> routes) =>
        !routes.Any(static route => route.Path.IsEverything && route.Match.Count == 0);

    /// <summary>Builds the table of a site's routes.</summary>
    /// <param name="routes">The routes.</param>
    /// <param name="matcherOf">Makes the matcher of a regex when it is first needed; for who has many tables whose routes share
    /// regexes.</param>
    public RouteTable(ValueList<Route> routes, Func<RegexPattern, RegexMatcher>? matcherOf = null)
    {
        matcherOf ??= static regex => new RegexMatcher(regex);
        _entries = [.. InOrder(routes).Select(r => new Entry(r, matcherOf))];
        foreach (Entry entry in _entries)
        {
            PathMatcher path = entry.Route.Path;
            switch (path.Kind)
            {
                case PathMatcherKind.Exact:
                    _exact.Add(path.Text, entry);
                    break;
                case PathMatcherKind.Regex:
                    _regexes.Add(entry);
                    break;
                default:
                    _prefixes.Add(path.Text.TrimEnd('/'), entry);
                    break;
            }
        }
    }

    /// <summary>The routes in the order in which they are tried.</summary>
    public IEnumerable<Route> Routes => _entries.Select(e => e.Route);

    /// <summary>A site's routes in the order in which they are tried.</summary>
    public static IEnumerable<Route> InOrder(IReadOnlyList<Route> routes) => routes.OrderBy(static route => route, new Order(routes));

    /// <summary>The route that responds, or null where none does: 404.</summary>
    public Route? Choose<T>(ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        return FirstOf(_exact.At(head.Path), in head) ?? FirstRegex(in head) ?? FirstPrefix(in head);
    }

    /// <summary>Whether another reading of a request's path leads to another route, and either has a guard.</summary>
    /// <param name="chosen">The route that the path leads to as it is; null for none.</param>
    /// <param name="head">The request with the path as <see cref="LenientPath"/> reads it.</param>
    public bool IsAmbiguous<T>(Route? chosen, ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        Route? other = Choose(in head);
        return !ReferenceEquals(chosen, other) && (chosen?.IsGuarded == true || other?.IsGuarded == true);
    }

    /// <summary>The routes whose matcher takes a normalised path, in the order in which they are tried.</summary>
    public IEnumerable<Route> Taking(byte[] path)
    {
        foreach (Entry entry in (_exact.At(path) ?? []).Concat(_regexes.Where(e => e.TakesPath(path))))
        {
            yield return entry.Route;
        }

        for (int length = path.Length; _prefixes.Above(path, ref length) is { } entries; )
        {
            foreach (Entry entry in entries)
            {
                yield return entry.Route;
            }
        }
    }

    /// <summary>
    /// Every route up to the one that responds, each with the reason why it is passed over; the reason of the last is null if it responds.
    /// </summary>
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

    private static Route? FirstOf<T>(List<Entry>? entries, ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        for (int i = 0; i < entries?.Count; i++)
        {
            if (Conditions.Hold(entries[i].Route.Match, in head))
            {
                return entries[i].Route;
            }
        }

        return null;
    }

    private Route? FirstRegex<T>(ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        foreach (Entry entry in _regexes)
        {
            if (entry.TakesPath(head.Path) && Conditions.Hold(entry.Route.Match, in head))
            {
                return entry.Route;
            }
        }

        return null;
    }

    private Route? FirstPrefix<T>(ref readonly T head)
        where T : IRequestHead, allows ref struct
    {
        for (int length = head.Path.Length; _prefixes.Above(head.Path, ref length) is { } entries; )
        {
            if (FirstOf(entries, in head) is { } route)
            {
                return route;
            }
        }

        return null;
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

        private static int Rank(Route route) =>
            route.Path.Kind switch
            {
                PathMatcherKind.Exact => 0,
                PathMatcherKind.Regex => 1,
                _ => 2,
            };
    }

    private sealed class Entry(Route route, Func<RegexPattern, RegexMatcher> matcherOf)
    {
        private readonly byte[] _path = Encoding.UTF8.GetBytes(route.Path.Text);
        private readonly PathPrefix _prefix = new(route.Path.Text);
        private RegexMatcher? _regex;

        public Route Route { get; } = route;

        public bool TakesPath(ReadOnlySpan<byte> path) =>
            Route.Path.Kind switch
            {
                PathMatcherKind.Exact => path.SequenceEqual(_path),
                PathMatcherKind.Prefix => _prefix.Takes(path),
                _ => Route.Path.Regex is { } regex && (_regex ??= matcherOf(regex)).IsMatch(path),
            };
    }
}
