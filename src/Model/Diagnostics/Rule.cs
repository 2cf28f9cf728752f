namespace Confgen.Model.Diagnostics;

/// <summary>
/// One kind of diagnostic: its permanent code, and the text of its help page. A rule is declared beside the code that raises it, as a
/// static field; the documentation and the tests find all of them by reflection.
/// </summary>
/// <param name="Code">Permanent and unique, as <c>CFG0107</c>.</param>
/// <param name="Name">In kebab-case, as <c>unknown-upstream</c>; what <c>lint:</c> and silencing comments may say instead of the
/// code.</param>
/// <param name="Severity">The severity unless the spec configures another.</param>
/// <param name="Title">One line: what is wrong.</param>
public sealed record Rule(string Code, string Name, Severity Severity, string Title)
{
    /// <summary>Why it matters and what to do, in Markdown paragraphs.</summary>
    public required string Why { get; init; }

    /// <summary>A complete spec that raises this rule and no other of its severity or above. A test compiles it.</summary>
    public required string Bad { get; init; }

    /// <summary>The same spec, corrected: it raises nothing. A test compiles it.</summary>
    public required string Good { get; init; }

    /// <summary>Files that the examples need beside the spec, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The language of the examples: <c>yaml</c> for specs, <c>sh</c> for calls of the program.</summary>
    public string Language { get; init; } = "yaml";

    /// <summary>The target that the bad example must be rendered for, where the rule belongs to rendering; else null.</summary>
    public string? Target { get; init; }
}
