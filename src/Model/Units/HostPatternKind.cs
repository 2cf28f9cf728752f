namespace Confgen.Model.Units;

/// <summary>The form of a site's host.</summary>
public enum HostPatternKind
{
    /// <summary>One name or address.</summary>
    Exact,

    /// <summary><c>*.</c> and a name: one label in place of the star.</summary>
    Wildcard,

    /// <summary>A name and <c>.*</c>: one label or several in place of the star.</summary>
    Trailing,

    /// <summary>Every host that no other site takes.</summary>
    Any,
}
