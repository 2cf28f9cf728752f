namespace Confgen.Targets.PyServe.Syntax;

/// <summary>What is wrong with a piece of a PyServe configuration.</summary>
internal enum PyServeFault
{
    /// <summary>It can't be read as YAML.</summary>
    NotYaml,

    /// <summary>A key that PyServe doesn't know; it ignores it.</summary>
    UnknownKey,

    /// <summary>A value of the wrong kind.</summary>
    BadValue,

    /// <summary>A key is missing without which nothing is meant.</summary>
    Missing,

    /// <summary>What is meant is clear, but PyServe stops at the start: it doesn't use the default that its documentation gives.</summary>
    DoesNotStart,
}
