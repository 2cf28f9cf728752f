namespace Confgen.Compiler.Rendering;

/// <summary>How far a target honours a field.</summary>
public enum Support
{
    /// <summary>As the contract says.</summary>
    Exact,

    /// <summary>As the contract says, by the program's source and documentation: it wasn't run.</summary>
    Read,

    /// <summary>With a difference that a warning tells.</summary>
    Approximate,

    /// <summary>Not at all: an error at the field's line.</summary>
    Unsupported,

    /// <summary>It has no part in it: the field is meant for a program that another target renders for.</summary>
    Elsewhere,
}
