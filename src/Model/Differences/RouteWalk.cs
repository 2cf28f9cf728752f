using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;

namespace Confgen.Model.Differences;

/// <summary>
/// Finds, for two sites, which pairs of routes requests get: for each class of paths the routes that take it are walked in their order, and
/// the requests are cut by each condition on the way. Nothing is sampled: every request of the sites is in one of the pieces.
/// </summary>
internal sealed class RouteWalk
{
    /// <summary>The most pieces of two sites; conditions that overlap in every way make more.</summary>
    public const int MostPieces = 20_000;

    private readonly Dictionary<(Route Old, Route New, RequestCell Cell), List<PathClass>> _pieces = [];

    public RouteWalk(Site old, Site @new)
    {
        RouteTable before = new(old.Routes);
        RouteTable after = new(@new.Routes);
        Route[] all = [.. old.Routes, .. @new.Routes];
        Partition = new PathPartition(all.Select(r => r.Path));
        IsComplete = Partition.IsComplete;
        var everything = RequestCell.Everything(all);
        bool sameSite = old with { Routes = [] } == @new with { Routes = [] };
        foreach (PathClass path in Partition.Classes)
        {
            byte[] bytes = Encoding.Latin1.GetBytes(path.Sample);
            (Route[] was, Route[] now) = ([.. before.Taking(bytes)], [.. after.Taking(bytes)]);
            if (sameSite && was.SequenceEqual(now))
            {
                continue;
            }

            Decide(everything, was, 0, (first, rest) => Decide(rest, now, 0, (second, cell) => Add(first, second, cell, path)));
        }
    }

    /// <summary>The classes of paths.</summary>
    public PathPartition Partition { get; }

    /// <summary>Whether the pieces are all that there are.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The routes that response in both sites, with the requests that get them.</summary>
    public IEnumerable<(Route Old, Route New, RequestCell Cell, IReadOnlyList<PathClass> Paths)> Pieces =>
        _pieces.Select(p => (p.Key.Old, p.Key.New, p.Key.Cell, (IReadOnlyList<PathClass>)p.Value));

    private void Decide(RequestCell cell, IReadOnlyList<Route> routes, int at, Action<Route, RequestCell> found)
    {
        if (_pieces.Count >= MostPieces)
        {
            IsComplete = false;
            return;
        }

        if (at == routes.Count)
        {
            found(RouteTable.NoRoute, cell);
            return;
        }

        (IReadOnlyList<RequestCell> meeting, IReadOnlyList<RequestCell> failing) = cell.Split(routes[at].Match);
        foreach (RequestCell part in meeting)
        {
            found(routes[at], part);
        }

        foreach (RequestCell rest in failing)
        {
            Decide(rest, routes, at + 1, found);
        }
    }

    private void Add(Route old, Route @new, RequestCell cell, PathClass path)
    {
        if (!_pieces.TryGetValue((old, @new, cell), out List<PathClass>? paths))
        {
            _pieces[(old, @new, cell)] = paths = [];
        }

        paths.Add(path);
    }
}
