using System.Buffers;
using System.Text.Json;

namespace Confgen.Runtime.Acme;

/// <summary>JSON without reflection.</summary>
internal static class AcmeJson
{
    private const int LongestText = 8192;

    /// <summary>A document.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An object; <see cref="JsonException"/> for anything else.</summary>
    public static JsonElement Read(byte[] document)
    {
        JsonElement root = JsonElement.Parse(document);
        return root.ValueKind == JsonValueKind.Object ? root : throw new JsonException("not an object");
    }

    /// <summary>A member that is a text; null where it isn't there.</summary>
    public static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.String
        && member.GetString() is { Length: <= LongestText } text
            ? text
            : null;

    /// <summary>The elements of a member that is a list; none where it isn't there.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.Array
            ? member.EnumerateArray()
            : [];

    /// <summary>The texts of a list.</summary>
    public static IEnumerable<string> Texts(JsonElement json, string name) =>
        Items(json, name).Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString() ?? "");

    /// <summary>Whether a member is there and true.</summary>
    public static bool IsTrue(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.True;
}
