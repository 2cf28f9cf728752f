using System.Globalization;
using System.Text;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Documents;

/// <summary>The reference of the language: every map with its fields, from the schema that the binders declare.</summary>
internal static class ReferencePage
{
    public static string Of(FieldCatalogue catalogue)
    {
        var page = new StringBuilder("# Reference of the spec\n\n");
        page.Append(
            "Printed from the code. [How a spec behaves](behaviour.md) tells what the fields mean together; "
                + "[capabilities](capabilities.md) which target honours which. Keys that begin with `x-` are yours and mean nothing: they "
                + "may hold anchors that several places merge (`<<: *name`). `headers` has none.\n\n"
        );
        foreach (ObjectSchema map in catalogue.Objects)
        {
            page.Append($"- [`{map.Name}`](#{Anchor(map)})\n");
        }

        foreach (ObjectSchema map in catalogue.Objects)
        {
            page.Append($"\n## {map.Name}\n\n{map.Doc}\n\n| field | value | default | meaning |\n|---|---|---|---|\n");
            foreach (Field field in map.Fields)
            {
                string example = field.Example is { } text ? $" For example `{Cell(text)}`." : "";
                string otherwise =
                    field.Required ? "required"
                    : field.Default is { } value ? $"`{Cell(value)}`"
                    : "";
                page.Append($"| `{field.Name}` | {Type(field)} | {otherwise} | {Cell(field.Doc)}{example} |\n");
            }
        }

        return page.ToString();
    }

    private static string Type(Field field) =>
        field switch
        {
            IntegerField { Min: var min, Max: int.MaxValue } => string.Create(CultureInfo.InvariantCulture, $"integer from {min}"),
            IntegerField { Min: var min, Max: var max } => string.Create(CultureInfo.InvariantCulture, $"integer, {min} to {max}"),
            _ => Type(field.Type),
        };

    private static string Type(TypeSchema type) =>
        type switch
        {
            TypeSchema.Scalar scalar => scalar.Name,
            TypeSchema.Choice choice => string.Join(", ", choice.Words.Select(w => $"`{w}`")),
            TypeSchema.ListOf list => (list.AllowSingle ? "one or a list of " : "list of ") + Type(list.Element),
            TypeSchema.MapOf map => $"map from {map.Key} to {Type(map.Value)}",
            TypeSchema.Fields fields => $"[{fields.Schema().Name}](#{Anchor(fields.Schema())})",
            TypeSchema.AnyOf any => string.Join(" or ", any.Forms.Select(Type)),
            _ => type.ToString(),
        };

    // As GitHub makes it of a heading: dots go.
    private static string Anchor(ObjectSchema map) => map.Name.Replace(".", "", StringComparison.Ordinal);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
