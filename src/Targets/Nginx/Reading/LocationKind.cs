namespace Confgen.Targets.Nginx.Reading;

/// <summary>How a location matches.</summary>
internal enum LocationKind
{
    /// <summary><c>= /path</c>.</summary>
    Exact,

    /// <summary><c>^~ /path</c>: no regex is tried.</summary>
    PrefixFirst,

    /// <summary><c>~ regex</c>, with or without regard to case.</summary>
    Regex,

    /// <summary><c>/path</c>.</summary>
    Prefix,

    /// <summary><c>@name</c>: only other directives lead to it.</summary>
    Named,
}
