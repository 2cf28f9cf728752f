using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>A key of another program, with what to write for it here.</summary>
/// <param name="Field">The field that is meant, as <c>match</c>.</param>
internal sealed record ForeignWord(string Field)
{
    private const int LongestQuoted = 70;

    /// <summary>The field of <see cref="Field"/>'s map that takes the value; null where the field itself does.</summary>
    public string? Inner { get; init; }

    /// <summary>The value in this language; null where it is the same, and for a value that has none the function gives null.</summary>
    public Func<string, string?>? Value { get; init; }

    /// <summary>The field of <see cref="Field"/>'s map that takes a value which is a map itself; null for none.</summary>
    public string? InnerOfMap { get; init; }

    /// <summary>What to do, where no single line says it.</summary>
    public string? Hint { get; init; }

    /// <summary>What to do where <see cref="Value"/> gives nothing for the value; null for a word alone.</summary>
    public string? Other { get; init; }

    /// <summary>Whether the entry is needless here.</summary>
    public bool IsNeedless { get; init; }

    /// <summary>The value with which the entry is needless; null for none.</summary>
    public string? NeedlessWith { get; init; }

    /// <summary>The way out for an entry.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="map">The map.</param>
    /// <param name="entry">The entry with the word.</param>
    /// <param name="scope">The map's name in the catalogue of fields.</param>
    public Advice Advise(BindingContext c, MapSyntax map, EntrySyntax entry, string scope)
    {
        if (IsNeedless || (NeedlessWith is not null && entry.Value is ScalarSyntax { Value: var given } && given == NeedlessWith))
        {
            return new Advice($"remove it: {Hint}") { Edits = (EntryEdits.Remove(c, map, entry) ?? []).ToValueList() };
        }

        if (Inner is not null && Other is null && Together(c, map, entry, scope) is { } together)
        {
            return together;
        }

        if (InnerOfMap is not null && entry.Value is MapSyntax && EntryEdits.Nest(c, map, entry, Field, InnerOfMap) is { } nested)
        {
            return new Advice($"write '{Field}: {{ {InnerOfMap}: {EntryEdits.FlowText(c, entry.Value)} }}'")
            {
                Edits = nested.ToValueList(),
            };
        }

        string? value =
            Value is null ? EntryEdits.FlowText(c, entry.Value)
            : entry.Value is ScalarSyntax scalar ? Value(scalar.Value)
            : null;
        if (Hint is not null || (Value is not null && value is null))
        {
            return new Advice(Hint ?? Other ?? $"write '{Field}', as the reference shows it");
        }

        string line =
            value is null || value.Length > LongestQuoted
                ? $"{Field}{(Inner is null ? "" : $": {{ {Inner}")}: ...{(Inner is null ? "" : " }")}"
            : Inner is null ? $"{Field}: {value}"
            : $"{Field}: {{ {Inner}: {value} }}";
        if (map.Find(Field) is not null)
        {
            return new Advice(
                Inner is null ? $"'{Field}' is written already: remove one of the two" : $"add '{Inner}: {value ?? "..."}' to '{Field}'"
            );
        }

        IReadOnlyList<TextEdit>? edits =
            Inner is not null
                ? (
                    Value is null
                        ? EntryEdits.Nest(c, map, entry, Field, Inner)
                        : EntryEdits.Replace(map, entry, Field, $"{{ {Inner}: {value} }}")
                )
            : Value is null ? EntryEdits.Rename(map, entry, Field)
            : EntryEdits.Replace(map, entry, Field, value ?? "");
        return new Advice($"write '{line}'") { Edits = (edits ?? []).ToValueList() };
    }

    // Several words that mean fields of one map, as a certificate and its key: the first one becomes the map, and the others go.
    private Advice? Together(BindingContext c, MapSyntax map, EntrySyntax entry, string scope)
    {
        var all = new List<(EntrySyntax Entry, string Text)>();
        foreach (EntrySyntax other in map.Entries)
        {
            if (ForeignWords.Find(scope, other.Key.Value) is { Inner: { } inner } word && word.Field == Field)
            {
                string? value =
                    word.Value is null ? EntryEdits.FlowText(c, other.Value)
                    : other.Value is ScalarSyntax scalar ? word.Value(scalar.Value)
                    : null;
                all.Add((other, $"{inner}: {value ?? "..."}"));
            }
        }

        if (all.Count < 2 || map.Find(Field) is not null)
        {
            return null;
        }

        string text = $"{{ {string.Join(", ", all.Select(a => a.Text))} }}";
        if (all[0].Entry != entry)
        {
            return new Advice($"it goes with '{all[0].Entry.Key.Value}' into '{Field}: {text}'");
        }

        IReadOnlyList<TextEdit>?[] edits =
        [
            EntryEdits.Replace(map, entry, Field, text),
            .. all.Skip(1).Select(a => EntryEdits.Remove(c, map, a.Entry)),
        ];
        bool isWhole = edits.All(e => e is not null) && !text.Contains("...", StringComparison.Ordinal);
        return new Advice($"write '{Field}: {text}'") { Edits = isWhole ? edits.SelectMany(e => e ?? []).ToValueList() : [] };
    }
}
