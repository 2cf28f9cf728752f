using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>JSON and YAML as trees.</summary>
internal static partial class DataTree
{
    /// <summary>Of JSON.</summary>
    public static Tree OfJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Read(document.RootElement);
    }

    /// <summary>Of YAML.</summary>
    public static Tree OfYaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return new Tree("", [.. stream.Documents.Select(d => Read(d.RootNode))]);
    }

    // Caddy hides its own configuration's file among those that are served: its name is another one each time.
    private static Tree Read(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => new Tree(
                "{}",
                [.. element.EnumerateObject().Where(p => p.Name != "hide").Select(p => new Tree(p.Name, [Read(p.Value)]))],
                IsOrdered: false
            ),

            // Routes are sorted by their paths, so that another value may stand at another place.
            JsonValueKind.Array => new Tree(
                "[]",
                [.. element.EnumerateArray().Select(Read)],
                IsOrdered: element.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.Object)
            ),
            JsonValueKind.String => new Tree(element.GetString() ?? ""),
            _ => new Tree(element.GetRawText()),
        };

    private static Tree Read(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new Tree(
                "{}",
                [.. map.Children.Select(p => new Tree("", [Read(p.Key), Read(p.Value)]))],
                IsOrdered: false
            ),

            // PyServe's rules are sorted by the length of their paths.
            YamlSequenceNode list => new Tree("[]", [.. list.Children.Select(Read)], IsOrdered: false),
            YamlScalarNode { Style: ScalarStyle.Plain, Value: { } value } when NoText().IsMatch(value) => new Tree("no text: " + value),
            YamlScalarNode scalar => new Tree(scalar.Value ?? ""),
            _ => new Tree(""),
        };

    // What PyYAML, which PyServe reads its file by, resolves to something else than a text (yaml/resolver.py).
    [GeneratedRegex(
        """
            ^(?:
              yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF
              |~|null|Null|NULL|
              |[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+
              |[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
              |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)
              |[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}.*
              |<<|=
            )\z
            """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex NoText();
}
