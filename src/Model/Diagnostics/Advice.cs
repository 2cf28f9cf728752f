using Confgen.Model.Sources;

namespace Confgen.Model.Diagnostics;

/// <summary>A way out of a diagnostic.</summary>
/// <param name="Hint">What to do, in one line.</param>
public sealed record Advice(string Hint)
{
    /// <summary>The edits that do it; empty where a person must choose.</summary>
    public ValueList<TextEdit> Edits { get; init; } = [];

    /// <summary>Advice to write something else at a place.</summary>
    public static Advice Replace(SourceSpan span, string text, string? hint = null) =>
        new(hint ?? (text.Contains('\'', StringComparison.Ordinal) ? $"write {text}" : $"write '{text}'"))
        {
            Edits = [new TextEdit(span, text)],
        };

    /// <summary>Advice without an edit, or null where there is none.</summary>
    public static Advice? Of(string? hint) => hint is null ? null : new Advice(hint);
}
