using System.Text.Json;
using System.Text.RegularExpressions;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Reference;

internal sealed partial class JsonSchema
{
    private void WriteType(Utf8JsonWriter json, TypeSchema type)
    {
        switch (type)
        {
            case TypeSchema.Scalar scalar:
                WriteScalar(json, scalar);
                break;
            case TypeSchema.Choice choice:
                WriteChoice(json, choice);
                break;
            case TypeSchema.ListOf { AllowSingle: true, Element: var element } list:
                WriteAnyOf(json, [element, list with { AllowSingle = false }]);
                break;
            case TypeSchema.ListOf { Element: var element } list:
                json.WriteString("type", "array");
                if (list.NotEmpty)
                {
                    json.WriteNumber("minItems", 1);
                }

                json.WriteStartObject("items");
                WriteType(json, element);
                json.WriteEndObject();
                break;
            case TypeSchema.MapOf map:
                json.WriteString("type", "object");
                if (map.KeyPattern is { } keys)
                {
                    json.WriteStartObject("propertyNames");
                    json.WriteString("pattern", keys);
                    json.WriteEndObject();
                }

                json.WriteStartObject("additionalProperties");
                WriteType(json, map.Value);
                json.WriteEndObject();
                break;
            case TypeSchema.Part part:
                json.WriteString("type", "object");
                json.WriteStartObject("propertyNames");
                json.WriteString("pattern", $"^({ObjectSchema.OwnKeys}.*|{string.Join('|', part.Names)})$");
                json.WriteEndObject();
                break;
            case TypeSchema.Fields fields:
                json.WriteString("$ref", "#/$defs/" + Define(fields.Schema()));
                break;
            case TypeSchema.AnyOf any:
                WriteAnyOf(json, any.Forms);
                break;
            default:
                throw new InvalidOperationException($"no JSON Schema for {type.GetType().Name}");
        }
    }

    private void WriteAnyOf(Utf8JsonWriter json, IReadOnlyList<TypeSchema> forms)
    {
        json.WriteStartArray("anyOf");
        foreach (TypeSchema form in forms)
        {
            json.WriteStartObject();
            WriteType(json, form);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteScalar(Utf8JsonWriter json, TypeSchema.Scalar scalar)
    {
        string? pattern = scalar.Name switch
        {
            "integer" => "^[0-9]+$",
            "boolean" => "^(true|false|yes|no|on|off)$",
            _ => scalar.Pattern,
        };

        // Without quotes YAML makes a number or a boolean of many a text; the compiler takes it as it was written.
        string[] types =
            scalar.Name == "boolean" ? ["boolean", "string"]
            : pattern is null || (Matches(pattern, "true") && Matches(pattern, "1.5")) ? ["string", "number", "boolean"]
            : Matches(pattern, "7") || Matches(pattern, "200") ? ["integer", "string"]
            : ["string"];
        if (pattern is not null && types.Length == 1 && Matches(pattern, "0"))
        {
            // A duration has a unit, which zero alone can do without.
            json.WriteStartArray("anyOf");
            json.WriteStartObject();
            json.WriteNumber("const", 0);
            json.WriteEndObject();
            json.WriteStartObject();
            WriteWords(json, "type", types);
            json.WriteString("pattern", $"{pattern}|{Variable}");
            json.WriteEndObject();
            json.WriteEndArray();
            return;
        }

        WriteWords(json, "type", types);
        if (pattern is not null)
        {
            json.WriteString("pattern", $"{pattern}|{Variable}");
        }

        if (scalar == TypeSchema.Listener)
        {
            // A pattern says nothing of numbers.
            json.WriteNumber("minimum", 1);
            json.WriteNumber("maximum", 65535);
        }
    }

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static void WriteChoice(Utf8JsonWriter json, TypeSchema.Choice choice)
    {
        json.WriteStartArray("anyOf");
        json.WriteStartObject();
        WriteEnum(json, choice.Words);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteString("pattern", Variable);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteWords(Utf8JsonWriter json, string name, IEnumerable<string> words)
    {
        json.WriteStartArray(name);
        foreach (string word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }
}
