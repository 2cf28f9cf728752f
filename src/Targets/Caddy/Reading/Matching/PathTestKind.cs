namespace Confgen.Targets.Caddy.Reading.Matching;

/// <summary>How a matcher tests a path.</summary>
internal enum PathTestKind
{
    /// <summary>One path.</summary>
    Exact,

    /// <summary>All that begin with a text.</summary>
    Prefix,

    /// <summary>Those in which a regex is found.</summary>
    Regex,
}
