using Confgen.Model.Sites;
using Confgen.Model.Templates;

namespace Confgen.Model.Routes;

/// <summary>
/// Files of a directory are served. The whole normalised path is looked up below the root, unless the route strips a prefix.
/// </summary>
public sealed record FilesAction : RouteAction
{
    /// <summary>The absolute directory; no file outside is ever served.</summary>
    public required string Root { get; init; }

    /// <summary>Names tried in a directory; default <c>index.html</c>.</summary>
    public ValueList<string> Index { get; init; } = ["index.html"];

    /// <summary>Paths below the root that are tried in turn; the request's own unless written.</summary>
    public ValueList<TextTemplate> Try { get; init; } = [];

    /// <summary>Whether a directory without an index is listed; default false.</summary>
    public bool Browse { get; init; }

    /// <summary>
    /// Codings for which a file with the suffix (<c>.br</c>, <c>.gz</c>, <c>.zst</c>) beside the asked one is sent instead; none unless
    /// written.
    /// </summary>
    public ValueList<ContentCoding> Precompressed { get; init; } = [];

    /// <inheritdoc/>
    public override string Field => "files";
}
