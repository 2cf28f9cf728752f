namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// The placeholder <c>{path}</c> as routes see it. Caddy's own is decoded, but neither are its slashes merged nor its <c>.</c> segments
/// removed; only <c>path_regexp</c> sees it so, and has a placeholder for what it matched.
/// </summary>
internal static class NormalizedPaths
{
    /// <summary>The path, where the block says how it is found.</summary>
    public const string Placeholder = "{http.vars.path}";
}
