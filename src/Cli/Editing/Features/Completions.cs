using System.Text.Json.Nodes;
using Confgen.Cli.Editing.Cursors;
using Confgen.Cli.Editing.Protocol;
using Confgen.Cli.Reference;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Sources;
using Confgen.Model.Templates;

namespace Confgen.Cli.Editing.Features;

/// <summary>What may be written at the cursor.</summary>
internal sealed class Completions(FieldCatalogue catalogue, IReadOnlyList<ITarget> targets)
{
    // Kinds of the protocol.
    private const int Property = 10;
    private const int Value = 12;
    private const int Word = 20;
    private const int Reference = 18;

    /// <summary>The items at a cursor.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="line">Its line, from 0.</param>
    /// <param name="names">The named upstreams and tunnels of the spec.</param>
    public JsonArray At(Cursor cursor, int line, IEnumerable<SpecName> names)
    {
        IEnumerable<JsonObject> items = cursor.Key is null ? [.. Keys(cursor), .. Values(cursor, names)] : Values(cursor, names);
        int end = cursor.WordStart + cursor.Word.Length;
        return new JsonArray([.. items.Select(item => WithEdit(item, line, cursor.WordStart, end))]);
    }

    private IEnumerable<JsonObject> Keys(Cursor cursor) =>
        SchemaPath
            .MapsAt(catalogue, cursor.Path)
            .SelectMany(map => map.Fields)
            .DistinctBy(field => field.Name)
            .Where(field => !cursor.Siblings.Contains(field.Name, StringComparer.Ordinal))
            .Select((field, i) => Key(field, cursor.IsFlow, i));

    private JsonObject Key(Field field, bool isFlow, int order) =>
        new()
        {
            ["label"] = field.Name,
            ["kind"] = Property,
            ["detail"] = FieldType.Words(field),
            ["documentation"] = Shapes.Markdown(SchemaText.Of(field, targets)),
            ["sortText"] = order.ToString("D4", null),
            ["filterText"] = field.Name,
            ["insertTextMode"] = 2,
            ["insertText"] = field.Name + (isFlow ? ": " : Opening(field.Type)),
        };

    // A map goes on in the next line, an item of a list of maps too.
    private static string Opening(TypeSchema type) =>
        type switch
        {
            TypeSchema.Fields or TypeSchema.MapOf => ":\n  ",
            TypeSchema.ListOf { AllowSingle: false, Element: TypeSchema.Fields } => ":\n  - ",
            _ => ": ",
        };

    private IEnumerable<JsonObject> Values(Cursor cursor, IEnumerable<SpecName> names)
    {
        IReadOnlyList<TypeSchema> types =
        [
            .. SchemaPath.At(catalogue, cursor.Path).SelectMany(t => t is TypeSchema.ListOf list ? new[] { t, list.Element } : [t]),
        ];
        Field? field = cursor.Key is null ? null : SchemaPath.FieldAt(catalogue, cursor.Path);
        var words = new List<(string Text, int Kind, string Detail)>();
        foreach (TypeSchema type in types)
        {
            words.AddRange(
                type switch
                {
                    TypeSchema.Choice choice => choice.Words.Select(w => (w, Word, "")),
                    _ when type == TypeSchema.Boolean => new[] { ("true", Word, ""), ("false", Word, "") },
                    _ when type == TypeSchema.UpstreamName => names.Where(n => !n.IsFragment).Select(n => (n.Written, Reference, n.Kind)),
                    _ when type == TypeSchema.FragmentName => names.Where(n => n.IsFragment).Select(n => (n.Written, Reference, n.Kind)),
                    _ when type == TypeSchema.Template => Placeholders.Forms.Select(form => (form, Value, "placeholder")),
                    _ => [],
                }
            );
        }

        if (field?.Default is { } value)
        {
            words.Add((value, Value, "default"));
        }

        if (field?.Example is { } example && !example.Contains('\n', StringComparison.Ordinal))
        {
            words.Add((example, Value, "example"));
        }

        return words
            .DistinctBy(w => w.Text)
            .Select(
                (w, i) =>
                    new JsonObject
                    {
                        ["label"] = w.Text,
                        ["kind"] = w.Kind,
                        ["detail"] = w.Detail,
                        ["sortText"] = i.ToString("D4", null),
                        ["filterText"] = w.Text,
                        ["insertText"] = w.Text,
                    }
            );
    }

    private static JsonObject WithEdit(JsonObject item, int line, int start, int end)
    {
        string text = item["insertText"]!.GetValue<string>();
        item.Remove("insertText");
        item["textEdit"] = Shapes.Edit(new SourceSpan("", line + 1, start + 1, line + 1, end + 1), text);
        return item;
    }
}
