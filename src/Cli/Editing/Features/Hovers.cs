using System.Text.Json.Nodes;
using Confgen.Cli.Editing.Cursors;
using Confgen.Cli.Editing.Protocol;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;

namespace Confgen.Cli.Editing.Features;

/// <summary>What the field at the cursor does.</summary>
internal static class Hovers
{
    /// <summary>The hover at a place, or null.</summary>
    /// <param name="catalogue">The language.</param>
    /// <param name="targets">The programs whose differences are told.</param>
    /// <param name="lines">The file.</param>
    /// <param name="line">The line, from 0.</param>
    /// <param name="character">The column, from 0.</param>
    public static JsonObject? At(
        FieldCatalogue catalogue,
        IReadOnlyList<ITarget> targets,
        IReadOnlyList<string> lines,
        int line,
        int character
    )
    {
        SpecLine read = SpecLine.Of(lines[line]);
        Cursor cursor = Cursor.At(lines, line, character);
        IReadOnlyList<string?> path =
            cursor.Key is not null ? cursor.Path
            : cursor.IsFlow ? [.. cursor.Path, WordAt(lines[line], cursor.WordStart)]
            : read.Key is { } key && character >= read.Column ? [.. Cursor.PathOf(lines, line), key]
            : cursor.Path;
        return SchemaPath.FieldAt(catalogue, path) is { } field
            ? new JsonObject { ["contents"] = Shapes.Markdown(SchemaText.Of(field, targets)) }
            : null;
    }

    // The whole key that begins at a column.
    private static string WordAt(string text, int start)
    {
        int end = start;
        while (end < text.Length && text[end] is not (':' or ',' or '}' or ' '))
        {
            end++;
        }

        return text[start..end].Trim('"', '\'');
    }
}
