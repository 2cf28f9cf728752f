using Confgen.Compiler.Schema;
using YamlDotNet.RepresentationModel;

namespace Confgen.Conformance.Tests.Coverage;

/// <summary>The fields of the language that a spec writes, by their names in the catalogue.</summary>
internal sealed class WrittenFields(FieldCatalogue catalogue)
{
    private readonly HashSet<string> _found = [];

    public IReadOnlySet<string> Found => _found;

    /// <summary>Adds those of a file, read as the root of a spec.</summary>
    public void Add(string file)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(file);
        yaml.Load(reader);
        Visit(yaml.Documents[0].RootNode, new TypeSchema.Fields(() => catalogue.Objects[0]));
    }

    private void Visit(YamlNode node, TypeSchema type)
    {
        switch (type)
        {
            case TypeSchema.Fields fields when node is YamlMappingNode map:
                VisitMap(map, fields.Schema());
                break;
            case TypeSchema.Fields fields when fields.Schema().Fields is [var only, ..] && node is YamlScalarNode:
                // A short form stands for the first field: `files: www`, `hsts: true`.
                _found.Add(fields.Schema().IdOf(only));
                break;
            case TypeSchema.ListOf list:
                foreach (YamlNode item in node is YamlSequenceNode items ? items.Children : [node])
                {
                    Visit(item, list.Element);
                }

                break;
            case TypeSchema.MapOf each when node is YamlMappingNode map:
                foreach (YamlNode value in map.Children.Values)
                {
                    Visit(value, each.Value);
                }

                break;
            case TypeSchema.AnyOf any:
                foreach (TypeSchema form in any.Forms.Where(f => f is TypeSchema.Scalar or TypeSchema.Choice == node is YamlScalarNode))
                {
                    Visit(node, form);
                }

                break;
            default:
                break;
        }
    }

    private void VisitMap(YamlMappingNode map, ObjectSchema schema)
    {
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            string name = ((YamlScalarNode)key).Value ?? "";

            // A site with one route carries the route's fields itself.
            ObjectSchema owner = schema.Find(name) is null && schema.Name == "site" && catalogue.Find("route") is { } route ? route : schema;
            if (owner.Find(name) is { } field)
            {
                _found.Add(owner.IdOf(field));
                Visit(value, field.Type);
            }
            else if (schema.Name == "errors" && value is YamlMappingNode page && catalogue.Find("error_page") is { } pages)
            {
                VisitMap(page, pages);
            }
        }
    }
}
