using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Targets.Nginx.Building;

/// <summary>How a site's requests find their route: by locations for paths, and by a map where conditions decide.</summary>
internal sealed class RoutePlan
{
    private readonly Dictionary<Route, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Route> _jumped = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IReadOnlyList<Route>, string> _dispatch = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IReadOnlyList<Route>, IReadOnlyList<Route>> _candidates = new(ReferenceEqualityComparer.Instance);

    public RoutePlan(NginxBuild build, Site site, ServerScope scope)
    {
        Groups = RouteGroups.Of(site.Routes);
        foreach (Route route in Groups.SelectMany(group => group))
        {
            _names.Add(route, scope.Names.New(route.Path.IsEverything ? "root" : route.Path.Text));
        }

        for (int i = 0; i < Groups.Count; i++)
        {
            if (Groups[i][0].Match.Count == 0)
            {
                continue;
            }

            // Where none of this path's routes has to take the request, those of the paths behind it are tried.
            List<Route> candidates = Candidates(i, out bool complete);
            NeedsNotFound |= !complete;
            _jumped.UnionWith(candidates);
            _candidates[Groups[i]] = candidates;
            _dispatch[Groups[i]] = new Dispatch(build).VariableOf(
                NameOf(Groups[i][0]),
                [.. candidates.Select(route => (route, NameOf(route)))],
                Groups[i].Count,
                ServerScope.NotFound
            );
        }
    }

    /// <summary>The routes of each path, in the order in which the paths are tried.</summary>
    public IReadOnlyList<IReadOnlyList<Route>> Groups { get; }

    /// <summary>Whether there are requests that the conditions of every route refuse.</summary>
    public bool NeedsNotFound { get; }

    /// <summary>The route's name, unique in the server.</summary>
    public string NameOf(Route route) => _names[route];

    /// <summary>The variable with the name of the route that takes a request for a path; null where conditions decide nothing.</summary>
    public string? DispatchOf(IReadOnlyList<Route> group) => _dispatch.GetValueOrDefault(group);

    /// <summary>The routes that <see cref="DispatchOf"/> chooses from.</summary>
    public IReadOnlyList<Route> CandidatesOf(IReadOnlyList<Route> group) => _candidates.GetValueOrDefault(group) ?? group;

    /// <summary>Whether a map chooses the route.</summary>
    public bool IsJumped(Route route) => _jumped.Contains(route);

    /// <summary>The routes that a path's requests may go to, in order; up to the first that takes them whatever their conditions.</summary>
    private List<Route> Candidates(int first, out bool complete)
    {
        var candidates = new List<Route>();
        for (int i = first; i < Groups.Count; i++)
        {
            foreach (Route route in Groups[i])
            {
                candidates.Add(route);
                complete = route.Match.Count == 0 && (i == first || route.Path.IsEverything);
                if (complete)
                {
                    return candidates;
                }
            }
        }

        complete = false;
        return candidates;
    }
}
