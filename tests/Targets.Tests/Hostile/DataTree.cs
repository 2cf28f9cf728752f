using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>JSON and YAML as trees.</summary>
internal static class DataTree
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
    private static Tree Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new Tree("{}", [.. element.EnumerateObject().Where(p => p.Name != "hide").Select(p => new Tree(p.Name, [Read(p.Value)]))], IsOrdered: false),

        // Routes are sorted by their paths, so that another value may stand at another place.
        JsonValueKind.Array => new Tree("[]", [.. element.EnumerateArray().Select(Read)], IsOrdered: element.EnumerateArray().Any(e => e.ValueKind != JsonValueKind.Object)),
        JsonValueKind.String => new Tree(element.GetString() ?? ""),
        _ => new Tree(element.GetRawText()),
    };

    private static Tree Read(YamlNode node) => node switch
    {
        YamlMappingNode map => new Tree("{}", [.. map.Children.Select(p => new Tree("", [Read(p.Key), Read(p.Value)]))], IsOrdered: false),

        // PyServe's rules are sorted by the length of their paths.
        YamlSequenceNode list => new Tree("[]", [.. list.Children.Select(Read)], IsOrdered: false),
        YamlScalarNode scalar => new Tree(scalar.Value ?? ""),
        _ => new Tree(""),
    };
}
