namespace Confgen.Targets.Caddy.Syntax;

/// <summary>A parsed Caddyfile.</summary>
/// <param name="Source">The text that the tokens point into.</param>
/// <param name="Nodes">Its global options, snippets, sites and comments in order.</param>
/// <param name="Problem">Why the rest of the text could not be read, or null.</param>
internal sealed record CaddyDocument(string Source, IReadOnlyList<CaddyNode> Nodes, CaddyProblem? Problem)
{
    /// <summary>The file's name, for messages; may be empty.</summary>
    public string File { get; init; } = "";
}
