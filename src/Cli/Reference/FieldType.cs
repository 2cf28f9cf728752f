using System.Globalization;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Reference;

/// <summary>What a field takes, in words.</summary>
internal static class FieldType
{
    /// <summary>In one line; maps by their names.</summary>
    /// <param name="field">The field.</param>
    /// <param name="map">How the name of a map is written; as it is unless given.</param>
    public static string Words(Field field, Func<ObjectSchema, string>? map = null) =>
        field switch
        {
            IntegerField { Min: var min, Max: int.MaxValue } => string.Create(CultureInfo.InvariantCulture, $"integer from {min}"),
            IntegerField { Min: var min, Max: var max } => string.Create(CultureInfo.InvariantCulture, $"integer, {min} to {max}"),
            _ => Words(field.Type, map ?? (schema => schema.Name)),
        };

    private static string Words(TypeSchema type, Func<ObjectSchema, string> map) =>
        type switch
        {
            TypeSchema.Scalar scalar => scalar.Name,
            TypeSchema.Choice choice => string.Join(", ", choice.Words.Select(w => $"`{w}`")),
            TypeSchema.ListOf list => (list.AllowSingle ? "one or a list of " : "list of ") + Words(list.Element, map),
            TypeSchema.MapOf each => $"map from {each.Key} to {Words(each.Value, map)}",
            TypeSchema.Part part => "fields of " + string.Join(" or ", part.Maps.Select(each => map(each()))),
            TypeSchema.Fields fields => map(fields.Schema()),
            TypeSchema.AnyOf any => string.Join(" or ", any.Forms.Select(f => Words(f, map))),
            _ => type.ToString(),
        };
}
