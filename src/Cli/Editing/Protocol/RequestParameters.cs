using System.Text.Json.Nodes;

namespace Confgen.Cli.Editing.Protocol;

/// <summary>What a request or notification says of a document and a place in it.</summary>
internal sealed class RequestParameters(JsonObject parameters)
{
    /// <summary>The document's absolute name; null where it is no file.</summary>
    public string? Path => DocumentUri.PathOf(Text(Document, "uri"));

    /// <summary>The line of the place, from 0.</summary>
    public int Line => Number(parameters["position"], "line");

    /// <summary>The column of the place, from 0.</summary>
    public int Character => Number(parameters["position"], "character");

    /// <summary>The first line of the range, from 0.</summary>
    public int FirstLine => Number(parameters["range"]?["start"], "line");

    /// <summary>The last line of the range, from 0.</summary>
    public int LastLine => Number(parameters["range"]?["end"], "line");

    /// <summary>The text of a document that was opened.</summary>
    public string OpenedText => Text(Document, "text");

    /// <summary>The whole text of a document that changed: the server asks for no less.</summary>
    public string ChangedText => Text(parameters["contentChanges"] is JsonArray { Count: > 0 } changes ? changes[^1] : null, "text");

    private JsonNode? Document => parameters["textDocument"];

    private static string Text(JsonNode? owner, string name) =>
        owner is JsonObject map && map[name] is JsonValue value && value.TryGetValue(out string? text) ? text : throw Missing(name);

    private static int Number(JsonNode? owner, string name) =>
        owner is JsonObject map && map[name] is JsonValue value && value.TryGetValue(out int number) && number >= 0
            ? number
            : throw Missing(name);

    private static ProtocolException Missing(string name) => new(ErrorCode.InvalidParams, $"'{name}' is missing or has another type");
}
