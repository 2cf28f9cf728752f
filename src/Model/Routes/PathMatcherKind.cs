namespace Confgen.Model.Routes;

/// <summary>The way of matching a path.</summary>
public enum PathMatcherKind
{
    /// <summary>The path itself and everything below it, by whole segments.</summary>
    Prefix,

    /// <summary>The path itself.</summary>
    Exact,

    /// <summary>A regex that may match anywhere unless it is anchored.</summary>
    Regex,
}
