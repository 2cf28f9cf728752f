namespace Confgen.Compiler.Syntax;

/// <summary>Why variables of a text can't be replaced.</summary>
internal enum ExpansionFault
{
    /// <summary>They were.</summary>
    None,

    /// <summary>A variable is neither set nor given a default.</summary>
    Unset,

    /// <summary>No variable's name follows <c>${</c>.</summary>
    Malformed,

    /// <summary>The values are longer than a spec's may be.</summary>
    TooLong,

    /// <summary>The file is fenced in, and may use none.</summary>
    Fenced,
}
