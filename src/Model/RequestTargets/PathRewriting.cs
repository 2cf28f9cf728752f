using Confgen.Model.Routes;

namespace Confgen.Model.RequestTargets;

/// <summary>Rewriting of a single target; who has many keeps a <see cref="TargetRewriter"/> for each route.</summary>
public static class PathRewriting
{
    /// <summary>The raw target that the route's upstream sees.</summary>
    public static string Apply(RawTarget target, Route route) => new TargetRewriter(route.Path, route.Rewrite).Rewrite(target.Target);
}
