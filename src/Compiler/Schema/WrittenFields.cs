using Confgen.Compiler.Syntax;

namespace Confgen.Compiler.Schema;

/// <summary>
/// Finds the fields of the language that files of a spec write, by their names in the catalogue; short forms count as the field that they
/// stand for.
/// </summary>
internal sealed class WrittenFields(FieldCatalogue catalogue)
{
    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    /// <summary>The fields of all root maps.</summary>
    public static IReadOnlySet<string> Of(IReadOnlyList<MapSyntax> roots, FieldCatalogue catalogue)
    {
        var written = new WrittenFields(catalogue);
        foreach (MapSyntax root in roots)
        {
            written.VisitMap(root, catalogue.Objects[0]);
        }

        return written._found;
    }

    private void Visit(SyntaxNode node, TypeSchema type)
    {
        switch (type)
        {
            case TypeSchema.Fields fields when node is MapSyntax map:
                VisitMap(map, fields.Schema());
                break;
            case TypeSchema.Fields fields when fields.Schema().Fields is [var only, ..] && node is ScalarSyntax:
                // A short form stands for the first field: `files: www`, `hsts: true`.
                _found.Add(only.Id);
                break;
            case TypeSchema.Part part when node is MapSyntax map:
                foreach (Func<ObjectSchema> each in part.Maps)
                {
                    VisitMap(map, each());
                }

                break;
            case TypeSchema.ListOf list:
                foreach (SyntaxNode item in node is ListSyntax items ? items.Items : [node])
                {
                    Visit(item, list.Element);
                }

                break;
            case TypeSchema.MapOf each when node is MapSyntax map:
                foreach (EntrySyntax entry in map.Entries)
                {
                    Visit(entry.Value, each.Value);
                }

                break;
            case TypeSchema.AnyOf any:
                foreach (TypeSchema form in any.Forms.Where(f => f is TypeSchema.Scalar or TypeSchema.Choice == node is ScalarSyntax))
                {
                    Visit(node, form);
                }

                break;
            default:
                break;
        }
    }

    private void VisitMap(MapSyntax map, ObjectSchema schema)
    {
        foreach (EntrySyntax entry in map.Entries)
        {
            // A site with one route carries the route's fields itself.
            string name = entry.Key.Value;
            ObjectSchema owner =
                schema.Find(name) is null && schema.Name == "site" && catalogue.Find("route") is { } route ? route : schema;
            if (owner.Find(name) is { } field)
            {
                _found.Add(field.Id);
                Visit(entry.Value, field.Type);
            }
            else if (schema.Name == "errors" && entry.Value is MapSyntax page && catalogue.Find("error_page") is { } pages)
            {
                VisitMap(page, pages);
            }
        }
    }
}
