using Confgen.Compiler.Syntax;

namespace Confgen.Compiler.Schema;

/// <summary>
/// Finds the values that a spec's files write, whether or not they are right; short forms count as the field that they stand for.
/// </summary>
internal static class WrittenValues
{
    /// <summary>Those of a root map.</summary>
    public static IEnumerable<WrittenValue> Of(MapSyntax root, FieldCatalogue catalogue) => OfMap(root, catalogue.Objects[0]);

    private static IEnumerable<WrittenValue> Of(Field field, TypeSchema type, SyntaxNode node)
    {
        IEnumerable<WrittenValue> inner = type switch
        {
            TypeSchema.Fields fields when node is MapSyntax map => OfMap(map, fields.Schema()),

            // A short form stands for the first field: `files: www`, `hsts: true`.
            TypeSchema.Fields fields when fields.Schema().Fields is [var only, ..] && node is ScalarSyntax => Of(only, only.Type, node),
            TypeSchema.ListOf list => (node is ListSyntax items ? items.Items : [node]).SelectMany(item => Of(field, list.Element, item)),
            TypeSchema.Part part when node is MapSyntax map => part.Maps.SelectMany(schema => OfMap(map, schema())),
            TypeSchema.MapOf each when node is MapSyntax map => map.Entries.SelectMany(e => Of(field, each.Value, e.Value)),
            TypeSchema.AnyOf any => any
                .Forms.Where(f => f is TypeSchema.Scalar or TypeSchema.Choice == node is ScalarSyntax)
                .SelectMany(form => Of(field, form, node)),
            _ => [],
        };
        return inner.Prepend(new WrittenValue(field, type, node));
    }

    private static IEnumerable<WrittenValue> OfMap(MapSyntax map, ObjectSchema schema)
    {
        foreach (EntrySyntax entry in map.Entries)
        {
            // A site with one route carries the route's fields itself.
            string name = entry.Key.Value;
            IEnumerable<WrittenValue> found =
                (schema.Find(name) ?? schema.Beside?.Invoke().Find(name)) is { } field ? Of(field, field.Type, entry.Value)
                : schema.OtherKeys is { } others && !schema.Ignores(name) ? Of(schema.Fields[0], others.Value, entry.Value)
                : [];
            foreach (WrittenValue value in found)
            {
                yield return value;
            }
        }
    }
}
