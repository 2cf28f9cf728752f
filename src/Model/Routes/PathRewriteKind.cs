namespace Confgen.Model.Routes;

/// <summary>A way of rewriting the raw target.</summary>
public enum PathRewriteKind
{
    /// <summary>The matched prefix is cut; every later byte stays.</summary>
    StripPrefix,

    /// <summary>The matched prefix is exchanged for another.</summary>
    ReplacePrefix,

    /// <summary>A prefix is put before the whole target.</summary>
    AddPrefix,

    /// <summary>The first match of a regex in the raw path is replaced; the query stays.</summary>
    Regex,
}
