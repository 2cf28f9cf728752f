namespace Confgen.Compiler.Rendering;

/// <summary>How far a target honours a field.</summary>
public enum Support
{
    /// <summary>As the contract says.</summary>
    Exact,

    /// <summary>With a difference that a warning tells.</summary>
    Approximate,

    /// <summary>Not at all: an error at the field's line.</summary>
    Unsupported,
}
