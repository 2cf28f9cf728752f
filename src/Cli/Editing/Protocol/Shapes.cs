using System.Text.Json.Nodes;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Cli.Editing.Protocol;

/// <summary>
/// Places and edits in the protocol's shape: lines and characters from 0, in UTF-16 units as <see cref="SourceSpan"/> counts them.
/// </summary>
internal static class Shapes
{
    public static JsonObject Position(int line, int column) =>
        new() { ["line"] = Math.Max(0, line - 1), ["character"] = Math.Max(0, column - 1) };

    public static JsonObject Range(SourceSpan span) =>
        span.IsSome
            ? new() { ["start"] = Position(span.Line, span.Column), ["end"] = Position(span.EndLine, span.EndColumn) }
            : new() { ["start"] = Position(1, 1), ["end"] = Position(1, 1) };

    public static JsonObject Location(SourceSpan span) => new() { ["uri"] = DocumentUri.Of(span.File), ["range"] = Range(span) };

    public static JsonObject Edit(SourceSpan span, string text) => new() { ["range"] = Range(span), ["newText"] = text };

    /// <summary>Edits of several files, by their URIs.</summary>
    public static JsonObject WorkspaceEdit(IEnumerable<TextEdit> edits)
    {
        var changes = new JsonObject();
        foreach (IGrouping<string, TextEdit> file in edits.GroupBy(e => e.Span.File, StringComparer.Ordinal))
        {
            changes[DocumentUri.Of(file.Key)] = new JsonArray([.. file.Select(e => Edit(e.Span, e.Text))]);
        }

        return new JsonObject { ["changes"] = changes };
    }

    public static JsonObject Markdown(string text) => new() { ["kind"] = "markdown", ["value"] = text };
}
