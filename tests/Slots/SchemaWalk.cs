using Confgen.Compiler.Schema;
using YamlDotNet.RepresentationModel;

namespace Confgen.Tests.Slots;

/// <summary>Walks through a spec's YAML along the schema of the language.</summary>
internal abstract class SchemaWalk
{
    private readonly HashSet<YamlNode> _visited = new(ReferenceEqualityComparer.Instance);

    /// <summary>Walks through a map of the language, as the spec itself.</summary>
    protected void Walk(YamlMappingNode map, ObjectSchema schema)
    {
        if (!_visited.Add(map))
        {
            return;
        }

        foreach ((YamlNode key, YamlNode value) in map.Children.ToArray())
        {
            // A site with one route carries the route's fields itself.
            string name = ((YamlScalarNode)key).Value ?? "";
            ObjectSchema owner = schema.Find(name) is null && schema.Beside?.Invoke() is { } beside ? beside : schema;
            if (owner.Find(name) is { } field)
            {
                OnField(map, (YamlScalarNode)key, field, owner);
                Walk(value, field.Type, field.Id);
            }
            else if (schema.OtherKeys is { } others)
            {
                OnKey((YamlScalarNode)key, schema.Name + " key");
                Walk(value, others.Value, schema.Name);
            }
        }
    }

    /// <summary>A field of a map, which the owner declares.</summary>
    protected virtual void OnField(YamlMappingNode map, YamlScalarNode key, Field field, ObjectSchema owner) { }

    /// <summary>A key that the spec's author chose.</summary>
    protected virtual void OnKey(YamlScalarNode key, string field) { }

    /// <summary>A value: of one type, or one of some words.</summary>
    protected virtual void OnValue(YamlScalarNode value, string field, TypeSchema type) { }

    private void Walk(YamlNode node, TypeSchema type, string field)
    {
        switch (type)
        {
            case TypeSchema.Fields fields when node is YamlMappingNode map:
                Walk(map, fields.Schema());
                break;
            case TypeSchema.Fields fields when fields.Schema().Fields is [var only, ..] && node is YamlScalarNode:
                // A short form stands for the first field: `files: www`.
                Walk(node, only.Type, field);
                break;
            case TypeSchema.ListOf list:
                foreach (YamlNode item in node is YamlSequenceNode items ? items.Children : [node])
                {
                    Walk(item, list.Element, field);
                }

                break;
            case TypeSchema.MapOf each when node is YamlMappingNode map:
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    OnKey((YamlScalarNode)key, field + " key");
                    Walk(value, each.Value, field);
                }

                break;
            case TypeSchema.AnyOf any:
                foreach (TypeSchema form in any.Forms)
                {
                    Walk(node, form, field);
                }

                break;
            case TypeSchema.Scalar or TypeSchema.Choice when node is YamlScalarNode value:
                OnValue(value, field, type);
                break;
            default:
                break;
        }
    }
}
