using System.Text;
using Confgen.Cli.Reference;
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
                page.Append($"| `{field.Name}` | {FieldType.Words(field, Link)} | {otherwise} | {Cell(field.Doc)}{example} |\n");
            }
        }

        return page.ToString();
    }

    private static string Link(ObjectSchema map) => $"[{map.Name}](#{Anchor(map)})";

    // As GitHub makes it of a heading: dots go.
    private static string Anchor(ObjectSchema map) => map.Name.Replace(".", "", StringComparison.Ordinal);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace('\n', ' ');
}
