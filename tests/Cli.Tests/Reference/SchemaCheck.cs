using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Confgen.Cli.Tests.Reference;

/// <summary>As much of JSON Schema's validation as the schema uses; a keyword that it doesn't know fails.</summary>
internal static class SchemaCheck
{
    private static readonly string[] _annotations = ["$schema", "$id", "$defs", "title", "description", "markdownDescription", "examples"];

    public static string[] Faults(JsonElement schema, string yaml)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(yaml);
        stream.Load(new MergingParser(new Parser(reader)));
        return [.. Faults(schema, schema, stream.Documents[0].RootNode, "")];
    }

    private static IEnumerable<string> Faults(JsonElement root, JsonElement schema, YamlNode node, string at) =>
        schema.ValueKind == JsonValueKind.True ? []
        : schema.ValueKind == JsonValueKind.False ? [$"{at}: may not be here"]
        : schema
            .EnumerateObject()
            .Where(k => !_annotations.Contains(k.Name))
            .SelectMany(keyword =>
                keyword.Name switch
                {
                    "$ref" => Faults(
                        root,
                        root.GetProperty("$defs").GetProperty(keyword.Value.GetString()!["#/$defs/".Length..]),
                        node,
                        at
                    ),
                    "type" => Types(keyword.Value).Contains(TypeOf(node))
                    || (TypeOf(node) == "integer" && Types(keyword.Value).Contains("number"))
                        ? []
                        : [$"{at}: is {TypeOf(node)}"],
                    "pattern" => node is YamlScalarNode scalar
                    && TypeOf(node) == "string"
                    && !IsMatch(scalar.Value ?? "", keyword.Value.GetString()!)
                        ? [$"{at}: '{scalar.Value}' doesn't match"]
                        : [],
                    "minimum" => Number(node) < keyword.Value.GetInt64() ? [$"{at}: less than {keyword.Value}"] : [],
                    "maximum" => Number(node) > keyword.Value.GetInt64() ? [$"{at}: more than {keyword.Value}"] : [],
                    "const" => IsSame(keyword.Value, node) ? [] : [$"{at}: not {keyword.Value}"],
                    "enum" => keyword.Value.EnumerateArray().Any(v => IsSame(v, node)) ? [] : [$"{at}: none of the words"],
                    "anyOf" => keyword.Value.EnumerateArray().Any(form => !Faults(root, form, node, at).Any())
                        ? []
                        : [$"{at}: none of the forms"],
                    "items" => node is YamlSequenceNode list
                        ? list.Children.SelectMany((item, i) => Faults(root, keyword.Value, item, $"{at}/{i}"))
                        : [],
                    "required" => node is YamlMappingNode map
                        ? keyword.Value.EnumerateArray().Where(k => !Keys(map).Contains(k.GetString())).Select(k => $"{at}: {k} is missing")
                        : [],
                    "properties" or "patternProperties" => node is YamlMappingNode map ? Properties(root, keyword, map, at) : [],
                    "additionalProperties" => node is YamlMappingNode map ? Additional(root, schema, keyword.Value, map, at) : [],
                    "minItems" => node is YamlSequenceNode items && items.Children.Count < keyword.Value.GetInt32()
                        ? [$"{at}: too few"]
                        : [],
                    "propertyNames" => node is YamlMappingNode map
                        ? Keys(map)
                            .Where(k => !Regex.IsMatch(k, keyword.Value.GetProperty("pattern").GetString()!))
                            .Select(k => $"{at}/{k}: not a name")
                        : [],
                    "not" => Faults(root, keyword.Value, node, at).Any() ? [] : [$"{at}: is what it may not be"],
                    "allOf" => keyword.Value.EnumerateArray().SelectMany(part => Faults(root, part, node, at)),
                    "if" => !Faults(root, keyword.Value, node, at).Any() ? Faults(root, schema.GetProperty("then"), node, at) : [],
                    "then" => [],
                    var unknown => [$"the keyword {unknown} is unknown here"],
                }
            );

    private static IEnumerable<string> Properties(JsonElement root, JsonProperty keyword, YamlMappingNode map, string at) =>
        map.Children.SelectMany(entry =>
            keyword
                .Value.EnumerateObject()
                .Where(p => keyword.Name == "properties" ? p.Name == Key(entry.Key) : Regex.IsMatch(Key(entry.Key), p.Name))
                .SelectMany(p => Faults(root, p.Value, entry.Value, $"{at}/{Key(entry.Key)}"))
        );

    private static IEnumerable<string> Additional(
        JsonElement root,
        JsonElement schema,
        JsonElement value,
        YamlMappingNode map,
        string at
    ) =>
        map
            .Children.Where(entry => !IsKnown(schema, Key(entry.Key)))
            .SelectMany(entry =>
                value.ValueKind == JsonValueKind.False
                    ? [$"{at}/{Key(entry.Key)}: unknown"]
                    : Faults(root, value, entry.Value, $"{at}/{Key(entry.Key)}")
            );

    private static bool IsKnown(JsonElement schema, string key) =>
        (schema.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(key, out _))
        || (
            schema.TryGetProperty("patternProperties", out JsonElement patterns)
            && patterns.EnumerateObject().Any(p => Regex.IsMatch(key, p.Name))
        );

    // In ECMAScript's regexes, which the schema is written in, a dollar is the end alone.
    private static bool IsMatch(string text, string pattern) => Regex.IsMatch(text, Regex.Replace(pattern, @"(?<!\\)\$(?=\||\)|$)", @"\z"));

    private static long? Number(YamlNode node) =>
        node is YamlScalarNode scalar
        && TypeOf(node) == "integer"
        && long.TryParse(scalar.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;

    private static string[] Types(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString()!)] : [value.GetString()!];

    private static IEnumerable<string> Keys(YamlMappingNode map) => map.Children.Keys.Select(Key);

    private static string Key(YamlNode node) => ((YamlScalarNode)node).Value ?? "";

    private static bool IsSame(JsonElement value, YamlNode node) =>
        node is YamlScalarNode scalar
        && value.ValueKind switch
        {
            JsonValueKind.String => TypeOf(node) == "string" && value.GetString() == scalar.Value,
            JsonValueKind.True => TypeOf(node) == "boolean" && scalar.Value == "true",
            JsonValueKind.False => TypeOf(node) == "boolean" && scalar.Value == "false",
            _ => TypeOf(node) is "integer" or "number" && value.GetRawText() == scalar.Value,
        };

    // As YAML 1.2's core schema, which editors use.
    private static string TypeOf(YamlNode node) =>
        node switch
        {
            YamlMappingNode => "object",
            YamlSequenceNode => "array",
            YamlScalarNode { Style: not (ScalarStyle.Plain or ScalarStyle.Any) } => "string",
            YamlScalarNode { Value: "true" or "false" } => "boolean",
            YamlScalarNode { Value: null or "" or "~" or "null" } => "null",
            YamlScalarNode scalar => Regex.IsMatch(scalar.Value!, "^[-+]?[0-9]+$") ? "integer"
            : Regex.IsMatch(scalar.Value!, @"^[-+]?[0-9]*\.[0-9]+$") ? "number"
            : "string",
            _ => "unknown",
        };
}
