using System.Text.Json.Nodes;
using Confgen.Cli.Editing.Cursors;
using Confgen.Cli.Editing.Protocol;
using Confgen.Model.Sources;

namespace Confgen.Cli.Editing.Features;

/// <summary>The sites, routes, upstreams and tunnels of a file.</summary>
internal static class Outline
{
    // Kinds of the protocol.
    private const int Module = 2;
    private const int Method = 6;
    private const int Variable = 13;

    private static readonly string[] _routeKeys = ["path", "exact", "regex"];

    /// <summary>The symbols, flat and in the order of the lines.</summary>
    public static JsonArray Of(string path, IReadOnlyList<string> lines)
    {
        var symbols = new List<JsonNode>();
        for (int i = 0; i < lines.Count; i++)
        {
            SpecLine line = SpecLine.Of(lines[i]);
            if (line.Key is not { } key || line.IsEmpty)
            {
                continue;
            }

            string value = lines[i][Math.Min(line.ValueColumn, lines[i].Length)..].Trim().Trim('"', '\'');
            IReadOnlyList<string?> above = Cursor.PathOf(lines, i);
            (string Name, int Kind)? symbol =
                key == "host" && above is ["sites", null] ? (value, Module)
                : _routeKeys.Contains(key, StringComparer.Ordinal) && above is ["sites", null, "routes", null] ? ($"{key} {value}", Method)
                : above is ["upstreams"] or ["tunnels"] or ["fragments"] ? (key, Variable)
                : null;
            if (symbol is { Name.Length: > 0 } one)
            {
                var span = new SourceSpan(path, i + 1, line.Column + 1, i + 1, lines[i].Length + 1);
                symbols.Add(
                    new JsonObject
                    {
                        ["name"] = one.Name,
                        ["kind"] = one.Kind,
                        ["range"] = Shapes.Range(span),
                        ["selectionRange"] = Shapes.Range(span),
                    }
                );
            }
        }

        return new JsonArray([.. symbols]);
    }
}
