using System.Globalization;
using System.Text.Json;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Reference;

internal sealed partial class JsonSchema
{
    private static void WriteShape(Utf8JsonWriter json, string name, Shape shape)
    {
        json.WriteStartObject(name);
        WriteShape(json, shape);
        json.WriteEndObject();
    }

    private static void WriteShape(Utf8JsonWriter json, Shape shape)
    {
        switch (shape)
        {
            case Shape.Word { Words: var words }:
                WriteEnum(json, words);
                break;
            case Shape.Text { Pattern: var pattern }:
                json.WriteString("type", "string");
                json.WriteString("pattern", pattern);
                break;
            case Shape.With { Key: var key, Value: var value }:
                json.WriteString("type", "object");
                WriteWords(json, "required", [key]);
                json.WriteStartObject("properties");
                WriteShape(json, key, value);
                json.WriteEndObject();
                break;
            case Shape.Without { Key: var key }:
                json.WriteString("type", "object");
                json.WriteStartObject("not");
                WriteWords(json, "required", [key]);
                json.WriteEndObject();
                break;
            case Shape.WithKeyLike { Pattern: var pattern }:
                json.WriteString("type", "object");
                json.WriteStartObject("not");
                json.WriteStartObject("propertyNames");
                WriteShape(json, "not", new Shape.Text(pattern));
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case Shape.Some { Element: var element }:
                json.WriteStartArray("anyOf");
                json.WriteStartObject();
                WriteShape(json, element);
                json.WriteEndObject();
                json.WriteStartObject();
                json.WriteString("type", "array");
                WriteShape(json, "contains", element);
                json.WriteEndObject();
                json.WriteEndArray();
                break;
            case Shape.Each { Element: var element }:
                json.WriteString("type", "array");
                json.WriteNumber("minItems", 1);
                WriteShape(json, "items", element);
                break;
            case Shape.All { Shapes: var all }:
                if (all.Count > 0)
                {
                    WriteShapes(json, "allOf", all);
                }

                break;
            case Shape.OneOf { Shapes: var some }:
                WriteShapes(json, "anyOf", some);
                break;
            case Shape.Not { Shape: var other }:
                WriteShape(json, "not", other);
                break;
            default:
                throw new InvalidOperationException($"no JSON Schema for {shape.GetType().Name}");
        }
    }

    private static void WriteShapes(Utf8JsonWriter json, string name, IReadOnlyList<Shape> shapes)
    {
        json.WriteStartArray(name);
        WriteShapes(json, shapes);
        json.WriteEndArray();
    }

    private static void WriteShapes(Utf8JsonWriter json, IReadOnlyList<Shape> shapes)
    {
        foreach (Shape shape in shapes)
        {
            json.WriteStartObject();
            WriteShape(json, shape);
            json.WriteEndObject();
        }
    }

    // As editors read YAML: a word without quotes may be a number or a boolean.
    private static void WriteEnum(Utf8JsonWriter json, IEnumerable<string> words)
    {
        json.WriteStartArray("enum");
        foreach (string word in words)
        {
            json.WriteStringValue(word);
            if (decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
            {
                json.WriteNumberValue(number);
            }
            else if (word is "off" or "on" or "true" or "false")
            {
                json.WriteBooleanValue(word is "on" or "true");
            }
        }

        json.WriteEndArray();
    }
}
