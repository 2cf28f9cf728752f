using Confgen.Compiler.Schema;

namespace Confgen.Cli.Editing.Cursors;

/// <summary>Follows keys through the language.</summary>
internal static class SchemaPath
{
    /// <summary>What may stand at a path; several where a value has several forms, none where the language has no such path.</summary>
    public static IReadOnlyList<TypeSchema> At(FieldCatalogue catalogue, IEnumerable<string?> path)
    {
        IEnumerable<TypeSchema> here = [new TypeSchema.Fields(() => catalogue.Objects[0])];
        foreach (string? step in path)
        {
            here = [.. here.SelectMany(Forms).SelectMany(type => Next(type, step))];
        }

        return [.. here.SelectMany(Forms)];
    }

    /// <summary>The maps among those, and those whose fields may stand in them too.</summary>
    public static IReadOnlyList<ObjectSchema> MapsAt(FieldCatalogue catalogue, IEnumerable<string?> path) =>
        [
            .. At(catalogue, path)
                .SelectMany(Elements)
                .SelectMany(type =>
                    type switch
                    {
                        TypeSchema.Fields fields => WithBeside(fields.Schema()),
                        TypeSchema.Part part => part.Maps.Select(static map => map()),
                        _ => [],
                    }
                )
                .Distinct(),
        ];

    /// <summary>The field that a path ends with, or null.</summary>
    public static Field? FieldAt(FieldCatalogue catalogue, IReadOnlyList<string?> path)
    {
        int last = path.Count - 1;
        while (last >= 0 && path[last] is null)
        {
            last--;
        }

        return last < 0 ? null : MapsAt(catalogue, path.Take(last)).Select(m => m.Find(path[last]!)).FirstOrDefault(f => f is not null);
    }

    // The forms of a value; a list whose single element may stand alone is also its element.
    private static IEnumerable<TypeSchema> Forms(TypeSchema type) => type is TypeSchema.AnyOf any ? any.Forms.SelectMany(Forms) : [type];

    private static IEnumerable<TypeSchema> Elements(TypeSchema type) =>
        type is TypeSchema.ListOf { AllowSingle: true } list ? Forms(list.Element) : [type];

    private static IEnumerable<TypeSchema> Next(TypeSchema type, string? step) =>
        (type, step) switch
        {
            (TypeSchema.ListOf list, null) => [list.Element],
            (TypeSchema.ListOf { AllowSingle: true } list, _) => Forms(list.Element).SelectMany(e => Next(e, step)),
            (TypeSchema.MapOf map, not null) => [map.Value],
            (TypeSchema.Fields fields, not null) => Next(fields.Schema(), step),
            (TypeSchema.Part part, not null) => part.Maps.SelectMany(map => Next(map(), step)),
            _ => [],
        };

    private static IEnumerable<TypeSchema> Next(ObjectSchema schema, string key)
    {
        foreach (ObjectSchema map in WithBeside(schema))
        {
            if (map.Find(key) is { } field)
            {
                return [field.Type];
            }
        }

        return schema.OtherKeys is { } others ? [others.Value] : [];
    }

    private static IEnumerable<ObjectSchema> WithBeside(ObjectSchema schema) => schema.Beside is { } beside ? [schema, beside()] : [schema];
}
