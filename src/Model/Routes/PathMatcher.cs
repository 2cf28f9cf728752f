using Confgen.Model.Regexes;

namespace Confgen.Model.Routes;

/// <summary>Which paths a route takes. It sees the normalised path: decoded, slashes merged, dot segments removed.</summary>
public sealed record PathMatcher : SpecNode
{
    /// <summary>The way of matching.</summary>
    public required PathMatcherKind Kind { get; init; }

    /// <summary>The decoded path, as a prefix without a trailing slash (<c>/</c> itself excepted); or the regex as written.</summary>
    public required string Text { get; init; }

    /// <summary>The parsed regex, for <see cref="PathMatcherKind.Regex"/>; else null.</summary>
    public RegexPattern? Regex { get; init; }

    /// <summary>Whether this takes every path.</summary>
    public bool IsEverything => Kind == PathMatcherKind.Prefix && Text == "/";

    /// <inheritdoc/>
    public override string ToString() =>
        Kind switch
        {
            PathMatcherKind.Exact => "exact: " + Text,
            PathMatcherKind.Regex => "regex: " + Text,
            _ => "path: " + Text,
        };
}
