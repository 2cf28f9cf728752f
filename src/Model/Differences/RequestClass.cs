using System.Net;
using System.Text;
using Confgen.Model.RequestTargets;
using Confgen.Model.Rules;

namespace Confgen.Model.Differences;

/// <summary>The requests that a difference concerns.</summary>
/// <param name="Places">The connections and hosts.</param>
/// <param name="Paths">The classes of paths; empty for every path.</param>
/// <param name="Cell">Methods, fields and parameters; null for all.</param>
/// <param name="Via">Peers whose word about the client counts in one spec alone; empty where the peer doesn't matter.</param>
public sealed record RequestClass(
    IReadOnlyList<(Connection Connection, HostClass Host)> Places,
    IReadOnlyList<PathClass> Paths,
    RequestCell? Cell,
    ValueList<Units.Cidr> Via
)
{
    internal PathPartition? Partition { get; init; }

    /// <summary>Whether a request is one of these.</summary>
    public bool Contains(EvaluatedRequest request)
    {
        string host = request.HostName;
        if (Places.Count > 0 && !Places.Any(p => p.Connection.Takes(request) && p.Host.Takes(host)))
        {
            return false;
        }

        if (Via.Count > 0)
        {
            return Via.Any(b => b.Contains(request.Peer))
                || request
                    .Joined("X-Forwarded-For")
                    .Split(',')
                    .Any(t => IPAddress.TryParse(t.Trim(), out IPAddress? hop) && Via.Any(b => b.Contains(hop)));
        }

        if (Paths.Count == 0 && Cell is null)
        {
            return true;
        }

        if (!RawTarget.TryParse(RawTarget.FromText(request.Target), out RawTarget? target, out _))
        {
            return false;
        }

        PathClass? path = Partition?.Find(target.Normalized);
        return (path is null || Paths.Count == 0 || Paths.Any(path.IsSameAs)) && (Cell is null || IsIn(Cell, request, target));
    }

    // By the conditions' own evaluation, so that both can't drift apart.
    private static bool IsIn(RequestCell cell, EvaluatedRequest request, RawTarget target)
    {
        string method = cell.Universe.Contains(request.Method, StringComparer.Ordinal) ? request.Method : cell.Universe[^1];
        EvaluatedRequest.Head head = request.HeadOf(
            Encoding.Latin1.GetBytes(target.Normalized),
            Encoding.Latin1.GetBytes(target.Query ?? ""),
            request.Peer
        );
        return cell.Methods.Contains(method, StringComparer.Ordinal)
            && cell.Clients.All(c => c.Has(request.Peer))
            && cell.Values.All(v => Conditions.Hold(Routes.RouteConditions.Of(v.Kind, v.Condition), in head) == v.Holds);
    }
}
