using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>
/// Edits of single entries of a map. Each gives null where the change can't be made without touching more than the entry.
/// </summary>
internal static class EntryEdits
{
    /// <summary>Another key for the same value.</summary>
    public static IReadOnlyList<TextEdit>? Rename(MapSyntax map, EntrySyntax entry, string key) =>
        map.Find(key) is null ? [new TextEdit(entry.Key.Span, key)] : null;

    /// <summary>Another key with another value.</summary>
    public static IReadOnlyList<TextEdit>? Replace(MapSyntax map, EntrySyntax entry, string key, string value) =>
        map.Find(key) is null && IsOneLine(entry.Value.Span)
            ? [new TextEdit(entry.Key.Span, key), new TextEdit(entry.Value.Span, value)]
            : null;

    /// <summary>
    /// The value of <paramref name="entry"/> as a field of a map under another key: <c>methods: GET</c> becomes <c>match: { method: GET
    /// }</c>.
    /// </summary>
    public static IReadOnlyList<TextEdit>? Nest(BindingContext c, MapSyntax map, EntrySyntax entry, string outer, string inner)
    {
        if (map.Find(outer) is not null || FlowText(c, entry.Value) is not { } value)
        {
            return null;
        }

        return [new TextEdit(entry.Key.Span, outer), new TextEdit(entry.Value.Span, $"{{ {inner}: {value} }}")];
    }

    /// <summary>Takes an entry away; null for the only one of a map.</summary>
    public static IReadOnlyList<TextEdit>? Remove(BindingContext c, MapSyntax map, EntrySyntax entry)
    {
        int index = map.Entries.ToList().IndexOf(entry);
        if (map.Entries.Count < 2 || index < 0 || !c.Sources.TryGetValue(map.Span.File, out SourceText? source))
        {
            return null;
        }

        SourceSpan key = entry.Key.Span;
        SourceSpan value = entry.Value.Span;
        bool isFlow = source.Slice(map.Span).StartsWith('{');
        EntrySyntax? next = index + 1 < map.Entries.Count ? map.Entries[index + 1] : null;
        EntrySyntax? previous = index > 0 ? map.Entries[index - 1] : null;
        if (isFlow)
        {
            return next is not null ? [new TextEdit(key with { EndLine = next.Key.Span.Line, EndColumn = next.Key.Span.Column }, "")]
                : previous is not null
                    ?
                    [
                        new TextEdit(
                            new SourceSpan(
                                key.File,
                                previous.Value.Span.EndLine,
                                previous.Value.Span.EndColumn,
                                value.EndLine,
                                value.EndColumn
                            ),
                            ""
                        ),
                    ]
                : null;
        }

        bool startsLine = string.IsNullOrWhiteSpace(source.Line(key.Line)[..(key.Column - 1)]);
        return startsLine ? [new TextEdit(new SourceSpan(key.File, key.Line, 1, Math.Max(value.EndLine, key.Line) + 1, 1), "")]
            : next is not null ? [new TextEdit(key with { EndLine = next.Key.Span.Line, EndColumn = next.Key.Span.Column }, "")]
            : null;
    }

    /// <summary>Advice to write several values for one text; in a flow list they take its place, and alone they become one.</summary>
    public static Advice Several(BindingContext c, SyntaxNode node, IEnumerable<string> items)
    {
        string all = string.Join(", ", items);
        string before = c.Sources.TryGetValue(node.Span.File, out SourceText? source)
            ? source.Line(node.Span.Line)[..(node.Span.Column - 1)].TrimEnd()
            : "";
        return before is [.., '[' or ','] ? Advice.Replace(node.Span, all)
            : before is [.., '-'] ? new Advice($"write each on a line of its own: {all}")
            : Advice.Replace(node.Span, $"[{all}]");
    }

    /// <summary>A value as it can stand in a flow map; null for one of several lines.</summary>
    public static string? FlowText(BindingContext c, SyntaxNode node) =>
        node switch
        {
            ScalarSyntax { IsNull: true } => null,
            ScalarSyntax { IsQuoted: false } scalar => IsFlowSafe(scalar.Value) ? scalar.Value : YamlScalar.Of(scalar.Value),
            _ when IsOneLine(node.Span)
                    && c.Sources.TryGetValue(node.Span.File, out SourceText? source)
                    && source.Slice(node.Span) is ['{' or '[' or '"' or '\'', ..] text => text,
            ListSyntax list when list.Items.Select(i => FlowText(c, i)).ToArray() is var items && items.All(i => i is not null) =>
                $"[{string.Join(", ", items)}]",
            _ => null,
        };

    private static readonly System.Buffers.SearchValues<char> _endsInFlow = System.Buffers.SearchValues.Create(",[]{}\n");

    // What is plain in a block may end at a comma or a bracket in a flow collection.
    private static bool IsFlowSafe(string text) =>
        text.AsSpan().IndexOfAny(_endsInFlow) < 0
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal);

    private static bool IsOneLine(SourceSpan span) => span.Line == span.EndLine;
}
