using System.Text.Json.Nodes;
using Confgen.Cli.Editing.Protocol;
using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Editing.Features;

/// <summary>The edits of diagnostics that have one way out.</summary>
internal static class CodeActions
{
    /// <summary>One action for each diagnostic in a range of lines, and one for all where a file has several.</summary>
    /// <param name="found">The diagnostics of the file.</param>
    /// <param name="first">The first line, from 0.</param>
    /// <param name="last">The last line, from 0.</param>
    public static JsonArray In(IEnumerable<Diagnostic> found, int first, int last)
    {
        Diagnostic[] fixable = [.. found.Where(d => d.Fix.Count > 0)];
        var actions = new List<JsonNode>();
        foreach (Diagnostic diagnostic in fixable.Where(d => d.Span.Line - 1 <= last && d.Span.EndLine - 1 >= first))
        {
            actions.Add(Action(diagnostic.Hint ?? $"correct {diagnostic.Rule.Code}", "quickfix", diagnostic.Fix, diagnostic));
        }

        if (fixable.Length > 1)
        {
            actions.Add(Action($"correct all {fixable.Length} that have one way out", "source.fixAll.confgen", Apart(fixable), null));
        }

        return new JsonArray([.. actions]);
    }

    private static JsonObject Action(string title, string kind, IEnumerable<TextEdit> edits, Diagnostic? diagnostic)
    {
        var action = new JsonObject
        {
            ["title"] = char.ToUpperInvariant(title[0]) + title[1..],
            ["kind"] = kind,
            ["edit"] = Shapes.WorkspaceEdit(edits),
        };
        if (diagnostic is not null)
        {
            action["isPreferred"] = true;
            action["diagnostics"] = new JsonArray(Findings.Of(diagnostic));
        }

        return action;
    }

    // Edits of one change must not overlap; what is left out comes with the next round.
    private static List<TextEdit> Apart(IEnumerable<Diagnostic> fixable)
    {
        var taken = new List<TextEdit>();
        foreach (Diagnostic diagnostic in fixable)
        {
            if (!diagnostic.Fix.Any(edit => taken.Exists(other => Overlap(edit, other))))
            {
                taken.AddRange(diagnostic.Fix);
            }
        }

        return taken;
    }

    private static bool Overlap(TextEdit one, TextEdit other) =>
        one.Span.File == other.Span.File
        && (one.Span.Line, one.Span.Column).CompareTo((other.Span.EndLine, other.Span.EndColumn)) <= 0
        && (other.Span.Line, other.Span.Column).CompareTo((one.Span.EndLine, one.Span.EndColumn)) <= 0;
}
