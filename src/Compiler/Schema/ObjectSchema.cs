namespace Confgen.Compiler.Schema;

/// <summary>
/// The fields that a map of the spec may have. Declared beside the binder that reads them; the JSON Schema, the reference, the
/// diagnostics for unknown keys and the list of what a target must declare all come from it.
/// </summary>
public sealed class ObjectSchema
{
    private readonly Dictionary<string, Field> _byName;

    /// <summary>Declares a map.</summary>
    /// <param name="name">Its name in the catalogue of fields, as <c>upstream.tls</c>.</param>
    /// <param name="doc">What it is, in a sentence or two of Markdown.</param>
    /// <param name="fields">Its fields in the order in which a person would write them.</param>
    public ObjectSchema(string name, string doc, params IReadOnlyList<Field> fields)
    {
        Name = name;
        Doc = doc;
        Fields = fields;
        foreach (Field field in fields)
        {
            field.DeclaredBy(name);
        }

        _byName = fields.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>Its name in the catalogue of fields.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public string Doc { get; }

    /// <summary>Its fields.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Keys beside the fields, where the map has such, as the statuses of <c>errors</c>; else null.</summary>
    public TypeSchema.MapOf? OtherKeys { get; init; }

    /// <summary>Keys of which at least one must be there, as a route's actions; empty where there is no such rule.</summary>
    public IReadOnlyList<string> OneIsRequired { get; init; } = [];

    /// <summary>
    /// Keys that others may not stand beside: <c>respond</c> and <c>sse</c>. A key with <c>=true</c> counts where it is true.
    /// </summary>
    public IReadOnlyList<(string Key, IReadOnlyList<string> Others)> NotBeside { get; init; } = [];

    /// <summary>Keys that need another one: <c>cert</c> and <c>key</c>.</summary>
    public IReadOnlyList<(string Key, string Other)> Needs { get; init; } = [];

    /// <summary>What the map may not look like, beyond what its fields say each for itself.</summary>
    public IReadOnlyList<Shape> Refuses { get; init; } = [];

    /// <summary>
    /// A map whose fields may stand in this one too, as a route's in a site that has one route alone; else null. Lazy, as
    /// <see cref="TypeSchema.Fields"/>.
    /// </summary>
    public Func<ObjectSchema>? Beside { get; init; }

    /// <summary>What the keys begin with that a map ignores: its author's own, as an anchor's place.</summary>
    public const string OwnKeys = "x-";

    /// <summary>Whether names of header fields are to be expected here by mistake, so that <see cref="OwnKeys"/> are none.</summary>
    public bool HasNoOwnKeys { get; init; }

    /// <summary>Whether the map may have the key, and it means nothing.</summary>
    public bool Ignores(string key) => !HasNoOwnKeys && key.StartsWith(OwnKeys, StringComparison.Ordinal);

    /// <summary>A field by its name, or null.</summary>
    public Field? Find(string name) => _byName.GetValueOrDefault(name);
}
