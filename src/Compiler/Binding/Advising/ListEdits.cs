using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>Edits that make a list of a map: of <c>a.example.com: { ... }</c>, or of the only element without its <c>-</c>.</summary>
internal static class ListEdits
{
    /// <summary>The edits, or null where the map is written in a way that single edits can't change.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="map">The map.</param>
    /// <param name="key">The field that takes what was the key: <c>host</c> or <c>path</c>.</param>
    public static IReadOnlyList<TextEdit>? Of(BindingContext c, MapSyntax map, string key)
    {
        if (!c.Sources.TryGetValue(map.Span.File, out SourceText? source) || map.Entries.Count == 0)
        {
            return null;
        }

        bool isFlow = source.Slice(map.Span).StartsWith('{');
        if (map.Find(key) is not null)
        {
            return isFlow ? Enclose(map.Span) : Indent(source, map);
        }

        bool named = map.Entries.All(e =>
            key == "path"
                ? e.Key.Value.StartsWith('/')
                : e.Key.Value.Contains('.', StringComparison.Ordinal) || e.Key.Value is "_" or "localhost"
        );
        if (!named)
        {
            return null;
        }

        var edits = new List<TextEdit>();
        foreach (EntrySyntax entry in map.Entries)
        {
            if (Element(source, entry, key, isFlow) is not { } element)
            {
                return null;
            }

            edits.AddRange(element);
        }

        return isFlow && map.Span.Line == map.Span.EndLine ? [Bracket(map.Span, atEnd: false), .. edits, Bracket(map.Span, atEnd: true)]
            : isFlow ? null
            : edits;
    }

    private static IReadOnlyList<TextEdit>? Element(SourceText source, EntrySyntax entry, string key, bool inFlow)
    {
        SourceSpan name = entry.Key.Span;
        SourceSpan value = entry.Value.Span;
        string head = $"{key}: {YamlScalar.Of(entry.Key.Value)}";
        string dash = inFlow ? "" : "- ";
        if (entry.Value is ScalarSyntax { IsNull: false } && value.Line == value.EndLine)
        {
            return
            [
                new TextEdit(name with { EndLine = value.Line, EndColumn = value.Column }, $"{dash}{{ {head}, proxy: "),
                At(value.EndLine, value.EndColumn, value.File, " }"),
            ];
        }

        if (entry.Value is not MapSyntax inner || inner.Entries.Count == 0)
        {
            return null;
        }

        if (source.Slice(value).StartsWith('{'))
        {
            return [new TextEdit(new SourceSpan(name.File, name.Line, name.Column, value.Line, value.Column + 1), $"{dash}{{ {head},")];
        }

        // The fields below keep their indentation: two columns deeper than the name, as they stand beside `- `.
        return !inFlow && inner.Entries[0].Key.Span.Column == name.Column + 2
            ? [new TextEdit(new SourceSpan(name.File, name.Line, name.Column, name.EndLine, name.EndColumn + 1), dash + head)]
            : null;
    }

    private static TextEdit[]? Indent(SourceText source, MapSyntax map)
    {
        SourceSpan first = map.Entries[0].Key.Span;
        string before = source.Line(first.Line)[..(first.Column - 1)];
        return !string.IsNullOrWhiteSpace(before)
            ? null
            :
            [
                At(first.Line, first.Column, first.File, "- "),
                .. Enumerable
                    .Range(first.Line + 1, map.Span.EndLine - first.Line)
                    .Where(n => source.Line(n).Trim().Length > 0)
                    .Select(n => At(n, 1, first.File, "  ")),
            ];
    }

    private static TextEdit[] Enclose(SourceSpan span) =>
        [At(span.Line, span.Column, span.File, "["), At(span.EndLine, span.EndColumn, span.File, "]")];

    private static TextEdit Bracket(SourceSpan span, bool atEnd) =>
        atEnd
            ? new TextEdit(span with { Line = span.EndLine, Column = span.EndColumn - 1 }, "]")
            : new TextEdit(span with { EndLine = span.Line, EndColumn = span.Column + 1 }, "[");

    private static TextEdit At(int line, int column, string file, string text) =>
        new(new SourceSpan(file, line, column, line, column), text);
}
