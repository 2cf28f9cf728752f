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

    /// <summary>A key is missing without which PyServe doesn't start.</summary>
    Missing,
}
