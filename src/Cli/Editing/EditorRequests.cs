using System.Text.Json.Nodes;
using Confgen.Cli.Editing.Cursors;
using Confgen.Cli.Editing.Features;
using Confgen.Cli.Editing.Protocol;
using Confgen.Cli.Formatting;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sources;

namespace Confgen.Cli.Editing;

/// <summary>What an editor asks about a document.</summary>
/// <param name="documents">The texts.</param>
/// <param name="specs">The specs that they belong to.</param>
/// <param name="targets">The programs whose differences are told.</param>
/// <param name="tell">Shows a message to the person.</param>
internal sealed class EditorRequests(OpenDocuments documents, SpecFiles specs, IReadOnlyList<ITarget> targets, Action<string> tell)
{
    /// <summary>The result of a request; null where there is none.</summary>
    /// <exception cref="ProtocolException">The method is unknown, or its parameters are malformed.</exception>
    public JsonNode? Respond(string method, RequestParameters asked)
    {
        Func<string, string, JsonNode?> feature = method switch
        {
            "textDocument/hover" => (_, text) => Hover(asked, LinesOf(text)),
            "textDocument/completion" => (path, text) => Complete(asked, path, LinesOf(text)),
            "textDocument/definition" => (path, text) => Define(asked, path, LinesOf(text)),
            "textDocument/documentSymbol" => (path, text) => Outline.Of(path, LinesOf(text)),
            "textDocument/codeAction" => (path, _) => CodeActions.In(specs.FindingsOf(path), asked.FirstLine, asked.LastLine),
            "textDocument/formatting" => Format,
            _ => throw new ProtocolException(ErrorCode.MethodNotFound, $"there is no method '{method}'"),
        };
        return asked.Path is { } path && documents.Read(path) is { } text ? feature(path, text) : null;
    }

    private JsonObject? Hover(RequestParameters asked, string[] lines) =>
        asked.Line < lines.Length ? Hovers.At(specs.Host.Catalogue, targets, lines, asked.Line, asked.Character) : null;

    private JsonArray? Complete(RequestParameters asked, string path, string[] lines) =>
        asked.Line < lines.Length
            ? new Completions(specs.Host.Catalogue, targets).At(Cursor.At(lines, asked.Line, asked.Character), asked.Line, NamesWith(path))
            : null;

    private JsonArray? Define(RequestParameters asked, string path, string[] lines) =>
        asked.Line < lines.Length
            ? new JsonArray([
                .. Definitions
                    .At(specs.Host.Catalogue, documents, path, lines, asked.Line, asked.Character, NamesWith(path))
                    .Select(Shapes.Location),
            ])
            : null;

    private JsonArray? Format(string path, string text)
    {
        var source = new SourceText(path, text);
        Compilation compilation = Compilation.FromText(specs.Host, source);
        if (compilation.Diagnostics.Any(d => SpecFormatter.CannotFormat(d, path)))
        {
            return null;
        }

        FormattedSpec formatted = SpecFormatter.Format(specs.Host, source);
        if (formatted.Text is not { } changed)
        {
            tell($"{Path.GetFileName(path)}: {formatted.Refusal}");
            return null;
        }

        return changed == text
            ? []
            : new JsonArray(Shapes.Edit(new SourceSpan(path, 1, 1, source.LineCount, source.Line(source.LineCount).Length + 1), changed));
    }

    private SpecName[] NamesWith(string path) =>
        [.. specs.FilesWith(path).SelectMany(file => documents.Read(file) is { } text ? SpecName.In(file, LinesOf(text)) : [])];

    private static string[] LinesOf(string text) => [.. text.Split('\n').Select(line => line.TrimEnd('\r'))];
}
