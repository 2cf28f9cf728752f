namespace Confgen.Model.Differences;

/// <summary>How much a difference matters.</summary>
public enum Risk
{
    /// <summary>Behaviour changes, and neither of the others holds.</summary>
    Change,

    /// <summary>What worked may no longer work.</summary>
    Breakage,

    /// <summary>More is reachable, or less is protected, than before.</summary>
    Exposure,
}
