using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>
/// How a route turns the paths that it takes into the upstream's: everything below one prefix becomes everything below another.
/// </summary>
/// <param name="Client">The prefix at the client, <c>/</c> or without a trailing slash.</param>
/// <param name="Upstream">The prefix at the upstream, in the same form.</param>
internal readonly record struct UpstreamPath(string Client, string Upstream)
{
    /// <summary>The route's way, or null where it can't be told.</summary>
    public static UpstreamPath? Of(Route route)
    {
        string? client = route.Path.Kind switch
        {
            PathMatcherKind.Regex => null,
            _ => route.Path.Text.Length > 1 ? route.Path.Text.TrimEnd('/') : "/",
        };
        string? upstream = client is null
            ? null
            : route.Rewrite?.Kind switch
            {
                null => client,
                PathRewriteKind.StripPrefix => "/",
                PathRewriteKind.ReplacePrefix => route.Rewrite.To.Length == 0 ? "/" : route.Rewrite.To,
                PathRewriteKind.AddPrefix => client == "/" ? route.Rewrite.To : route.Rewrite.To + client,
                _ => null,
            };
        return client is null || upstream is null ? null : new UpstreamPath(client, upstream.Length == 0 ? "/" : upstream);
    }

    /// <summary>The client's path that becomes this path at the upstream, or null where none does.</summary>
    public string? ClientPathOf(string path)
    {
        if (!Routes.RouteChoice.IsBelow(path, Upstream))
        {
            return null;
        }

        string rest = Upstream == "/" ? path : path[Upstream.Length..];
        return Client == "/" ? (rest.Length == 0 ? "/" : rest) : Client + (rest == "/" ? "" : rest);
    }
}
