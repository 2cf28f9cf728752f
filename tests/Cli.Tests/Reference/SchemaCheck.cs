using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Confgen.Cli.Tests.Reference;

/// <summary>A JSON Schema against YAML, as an editor reads it.</summary>
internal static class SchemaCheck
{
    private static readonly JsonSerializerOptions _deep = new() { MaxDepth = 1000 };
    private static readonly EvaluationOptions _options = new() { OutputFormat = OutputFormat.List };
    private static readonly ConcurrentDictionary<string, JsonSchema> _read = new(StringComparer.Ordinal);

    public static string[] Faults(JsonElement schema, string yaml)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(yaml);
        stream.Load(new MergingParser(new Parser(reader)));
        JsonNode? node = Json(stream.Documents[0].RootNode);
        EvaluationResults results = _read
            .GetOrAdd(schema.GetRawText(), text => JsonSchema.FromText(OnlyAtTheEnd(text)))
            .Evaluate(JsonSerializer.SerializeToElement(node, _deep), _options);
        return results.IsValid
            ? []
            :
            [
                .. (results.Details ?? [])
                    .Where(d => !d.IsValid)
                    .SelectMany(d => (d.Errors ?? []).Select(e => $"{d.InstanceLocation}: {e.Key}: {e.Value}"))
                    .DefaultIfEmpty("invalid"),
            ];
    }

    // In ECMAScript's regexes, which a schema is written in, a dollar is the end alone; in .NET also a line break there.
    private static string OnlyAtTheEnd(string schema) => Regex.Replace(schema, @"(?<!\\)\$(?=[""|)])", @"(?![\\s\\S])");

    // YAML 1.2's core schema.
    private static JsonNode? Json(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(e => KeyValuePair.Create(((YamlScalarNode)e.Key).Value ?? "", Json(e.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
            YamlScalarNode { Value: { } text, Style: not (ScalarStyle.Plain or ScalarStyle.Any) } => text,
            YamlScalarNode { Value: null or "" or "~" or "null" } => null,
            YamlScalarNode { Value: "true" or "false" } scalar => scalar.Value == "true",
            YamlScalarNode scalar when Regex.IsMatch(scalar.Value, @"^[-+]?[0-9]+$") => long.Parse(
                scalar.Value,
                CultureInfo.InvariantCulture
            ),
            YamlScalarNode scalar when Regex.IsMatch(scalar.Value, @"^[-+]?[0-9]*\.[0-9]+$") => decimal.Parse(
                scalar.Value,
                CultureInfo.InvariantCulture
            ),
            YamlScalarNode scalar => scalar.Value,
            _ => throw new NotSupportedException($"{node.NodeType}"),
        };
}
