using Confgen.Model.Regexes;

namespace Confgen.Model.Routes;

/// <summary>How the raw target is rewritten.</summary>
public sealed record PathRewrite : SpecNode
{
    /// <summary>The way.</summary>
    public required PathRewriteKind Kind { get; init; }

    /// <summary>
    /// The new prefix, without a trailing slash, or the replacement of the regex; empty for <see cref="PathRewriteKind.StripPrefix"/>.
    /// </summary>
    public string To { get; init; } = "";

    /// <summary>The regex that is replaced in the raw path, for <see cref="PathRewriteKind.Regex"/>; else null.</summary>
    public RegexPattern? Regex { get; init; }
}
