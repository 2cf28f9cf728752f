using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Confgen.Model.Sources;

namespace Confgen.Targets.V2Ray.Syntax;

/// <summary>JSON as V2Ray reads it: quoting, and the layout of a rendered file.</summary>
internal static class JsonText
{
    private const int Width = 120;

    private static readonly JsonDocumentOptions _asRendered = new() { AllowTrailingCommas = true };

    /// <summary>The text as a JSON string; only what JSON itself asks for is escaped, since the file is no part of a web page.</summary>
    public static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    /// <summary>
    /// A rendered text laid out: a value on one line where it fits; commas before a closing bracket, which templates can't help, go.
    /// </summary>
    /// <param name="file">The file's name.</param>
    /// <param name="text">What the template gave.</param>
    /// <param name="fault">Why it can't be read; null where it can.</param>
    public static string Format(string file, string text, out V2RayFinding? fault)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, _asRendered);
            var result = new StringBuilder();
            Write(result, document.RootElement, 0, 0);
            fault = null;
            return result.Append('\n').ToString();
        }
        catch (JsonException e)
        {
            int line = (int)(e.LineNumber ?? 0) + 1;
            int column = (int)(e.BytePositionInLine ?? 0) + 1;
            fault = new V2RayFinding(
                new SourceSpan(file, line, column, line, column + 1),
                "this is no JSON: " + e.Message.Split(" LineNumber")[0].TrimEnd('.')
            );
            return "";
        }
    }

    private static void Write(StringBuilder result, JsonElement value, int indent, int before)
    {
        string line = OnOneLine(value);
        if (indent > 0 && indent + before + line.Length < Width)
        {
            result.Append(line);
            return;
        }

        (char open, char close) = value.ValueKind == JsonValueKind.Object ? ('{', '}') : ('[', ']');
        result.Append(open);
        string separator = "\n";
        foreach ((string key, JsonElement item) in Parts(value))
        {
            result.Append(separator).Append(' ', indent + 2).Append(key);
            Write(result, item, indent + 2, key.Length);
            separator = ",\n";
        }

        result.Append('\n').Append(' ', indent).Append(close);
    }

    private static string OnOneLine(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Any()
                ? $"{{ {string.Join(", ", Parts(value).Select(p => p.Key + OnOneLine(p.Value)))} }}"
                : "{}",
            JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray().Select(OnOneLine))}]",
            JsonValueKind.String => Quote(value.GetString() ?? ""),
            _ => value.GetRawText(),
        };

    private static IEnumerable<(string Key, JsonElement Value)> Parts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Select(p => (Quote(p.Name) + ": ", p.Value))
            : value.EnumerateArray().Select(item => ("", item));
}
