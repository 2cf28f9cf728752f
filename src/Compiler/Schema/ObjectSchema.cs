namespace Confgen.Compiler.Schema;

/// <summary>
/// The fields that a map of the spec may have. Declared beside the binder that reads them; the JSON Schema, the reference, the
/// diagnostics for unknown keys and the list of what a target must declare all come from it.
/// </summary>
public sealed class ObjectSchema
{
    private readonly Dictionary<string, FieldSchema> _byName;

    /// <summary>Declares a map.</summary>
    /// <param name="name">Its name in the catalogue of fields, as <c>upstream.tls</c>.</param>
    /// <param name="doc">What it is, in a sentence or two of Markdown.</param>
    /// <param name="fields">Its fields in the order in which a person would write them.</param>
    public ObjectSchema(string name, string doc, params IReadOnlyList<FieldSchema> fields)
    {
        Name = name;
        Doc = doc;
        Fields = fields;
        _byName = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>Its name in the catalogue of fields.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public string Doc { get; }

    /// <summary>Its fields.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; }

    /// <summary>A field by its name, or null.</summary>
    public FieldSchema? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The name under which the catalogue lists a field: <c>upstream.tls.verify</c>.</summary>
    public string IdOf(FieldSchema field) => (field.InheritedBy ?? Name) + "." + field.Name;
}
