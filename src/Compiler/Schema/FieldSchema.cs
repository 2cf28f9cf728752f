namespace Confgen.Compiler.Schema;

/// <summary>A field of a map of the spec.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Type">What its value may be.</param>
/// <param name="Doc">What it does, its unit and its limits, in Markdown; the first sentence stands alone in an editor's hover.</param>
public sealed record FieldSchema(string Name, TypeSchema Type, string Doc)
{
    /// <summary>The default in the words of the spec, or null where leaving the field out has a meaning of its own.</summary>
    public string? Default { get; init; }

    /// <summary>Its name in the catalogue where that is another map's, as for a field that routes inherit from their site; else null.</summary>
    public string? InheritedBy { get; init; }

    /// <summary>Whether it must be written.</summary>
    public bool Required { get; init; }

    /// <summary>What to do where it is missing and <see cref="Example"/> can't be copied as it is; else null.</summary>
    public string? IfMissing { get; init; }

    /// <summary>A value as someone would write it.</summary>
    public string? Example { get; init; }
}
