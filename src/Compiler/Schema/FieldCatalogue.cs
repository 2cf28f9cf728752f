namespace Confgen.Compiler.Schema;

/// <summary>Every map and field of the language, reached from the root.</summary>
public sealed class FieldCatalogue
{
    private readonly List<ObjectSchema> _objects = [];
    private readonly Dictionary<string, ObjectSchema> _byName;

    /// <summary>Collects what a root reaches.</summary>
    public FieldCatalogue(ObjectSchema root)
    {
        Visit(root);
        Ids = [.. _objects.SelectMany(o => o.Fields.Select(f => f.Id)).Distinct(StringComparer.Ordinal)];
        _byName = _objects.ToDictionary(o => o.Name, StringComparer.Ordinal);
    }

    /// <summary>The maps, each before those that only it reaches.</summary>
    public IReadOnlyList<ObjectSchema> Objects => _objects;

    /// <summary>The fields' names in the catalogue, as <c>route.strip_prefix</c>.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>A map by its name, or null.</summary>
    public ObjectSchema? Find(string name) => _byName.GetValueOrDefault(name);

    private void Visit(ObjectSchema schema)
    {
        if (_objects.Contains(schema))
        {
            return;
        }

        _objects.Add(schema);
        foreach (Field field in schema.Fields)
        {
            Visit(field.Type);
        }

        if (schema.OtherKeys is { } others)
        {
            Visit(others);
        }
    }

    private void Visit(TypeSchema type)
    {
        switch (type)
        {
            case TypeSchema.Fields fields:
                Visit(fields.Schema());
                break;
            case TypeSchema.ListOf list:
                Visit(list.Element);
                break;
            case TypeSchema.MapOf map:
                Visit(map.Value);
                break;
            case TypeSchema.AnyOf any:
                foreach (TypeSchema form in any.Forms)
                {
                    Visit(form);
                }

                break;
            default:
                break;
        }
    }
}
