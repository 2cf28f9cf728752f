namespace Confgen.Compiler.Schema;

/// <summary>
/// A field of a map of the spec: the one declaration that binders, capabilities, the JSON Schema, the reference and diagnostics read.
/// Fields with a simple type have a class of their own, with the default and the limits as values: <see cref="BooleanField"/>,
/// <see cref="IntegerField"/>, <see cref="DurationField"/>, <see cref="SizeField"/>, <see cref="WordField{T}"/>.
/// </summary>
public class Field
{
    private string? _owner;

    /// <summary>Declares a field.</summary>
    /// <param name="name">Its key.</param>
    /// <param name="type">What its value may be.</param>
    /// <param name="doc">What it does, its unit and its limits, in Markdown; the first sentence stands alone in an editor's hover.</param>
    public Field(string name, TypeSchema type, string doc)
    {
        Name = name;
        Type = type;
        Doc = doc;
    }

    /// <summary>Its key.</summary>
    public string Name { get; }

    /// <summary>What its value may be.</summary>
    public TypeSchema Type { get; }

    /// <summary>What it does, in Markdown.</summary>
    public string Doc { get; }

    /// <summary>The default in the words of the spec, or null where leaving the field out has a meaning of its own.</summary>
    public string? Default { get; init; }

    /// <summary>Whether it must be written.</summary>
    public bool Required { get; init; }

    /// <summary>What to do where it is missing and <see cref="Example"/> can't be copied as it is; else null.</summary>
    public string? IfMissing { get; init; }

    /// <summary>A value as someone would write it.</summary>
    public string? Example { get; init; }

    /// <summary>
    /// Its name in the catalogue, as <c>upstream_tls.verify</c>: the map that declares it and its key. A field that stands in several
    /// maps, as those that routes inherit from their site, has the name of the first.
    /// </summary>
    public string Id => (_owner ?? throw new InvalidOperationException($"no map declares the field '{Name}'")) + "." + Name;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Called by the map that declares it.</summary>
    internal void DeclaredBy(string map) => _owner ??= map;
}
