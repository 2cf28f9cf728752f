using Confgen.Model.Sources;

namespace Confgen.Model.Diagnostics;

/// <summary>Something to tell the spec's author: what is wrong, where, and the way out.</summary>
/// <param name="Rule">The kind, with its code and help page.</param>
/// <param name="Span">The place.</param>
/// <param name="Message">What is wrong, in one line without a full stop.</param>
public sealed record Diagnostic(Rule Rule, SourceSpan Span, string Message)
{
    /// <summary>The severity in force: the rule's own, or the one that the spec configures.</summary>
    public Severity Severity { get; init; } = Rule.Severity;

    /// <summary>The way out, in one line, written under the marked text; or null.</summary>
    public string? Hint { get; init; }

    /// <summary>The edits that follow the way out, where there is only one; else empty.</summary>
    public ValueList<TextEdit> Fix { get; init; } = [];

    /// <summary>Other places concerned.</summary>
    public ValueList<RelatedSpan> Related { get; init; } = [];
}
