namespace Confgen.Targets.Caddy.Syntax;

/// <summary>The named matchers that a block may use: its own, and those of the blocks around it.</summary>
/// <param name="outer">The block around it, or null.</param>
internal sealed class CaddyScope(CaddyScope? outer)
{
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>In a snippet: what is used but must come from where it is imported. Else null.</summary>
    public HashSet<string>? Missing { get; init; }

    /// <summary>Whether this is in a site: a snippet's lines take part only where it is imported.</summary>
    public bool IsSettled => Missing is null && (outer?.IsSettled ?? true);

    public bool Knows(string name, out HashSet<string>? missing)
    {
        missing = null;
        for (CaddyScope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Names.Contains(name))
            {
                return true;
            }

            missing ??= scope.Missing;
        }

        return false;
    }

    private CaddyScope? Outer => outer;
}
