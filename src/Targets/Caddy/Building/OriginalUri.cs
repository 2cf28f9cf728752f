using Confgen.Model.Sites;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The placeholder <c>{uri}</c> where a route rewrites the target: Caddy's is what the route made of it.</summary>
internal static class OriginalUri
{
    /// <summary>The target as it was sent, where the site's block keeps it.</summary>
    public const string Placeholder = "{http.vars.uri}";

    /// <summary>Whether the site's block keeps it.</summary>
    public static bool Are(Site site) =>
        site.Routes.Any(static route => route.Rewrite is not null || route.Files is not null)
        && HostNames.UsesInHeaders(site, Model.Templates.Placeholder.Uri);
}
