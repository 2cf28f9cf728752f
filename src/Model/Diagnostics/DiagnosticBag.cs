using Confgen.Model.Sources;

namespace Confgen.Model.Diagnostics;

/// <summary>Collects the diagnostics of a run: every stage reports all it finds.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _items = [];

    /// <summary>What was reported so far, in the order of reporting.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>Whether an error was reported.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Reports a diagnostic.</summary>
    public void Add(Diagnostic diagnostic)
    {
        _items.Add(diagnostic);
        HasErrors |= diagnostic.Severity == Severity.Error;
    }

    /// <summary>Reports a diagnostic of the rule.</summary>
    public void Report(Rule rule, SourceSpan span, string message, string? hint = null, params ReadOnlySpan<RelatedSpan> related) =>
        Add(new Diagnostic(rule, span, message) { Hint = hint, Related = ValueList.Create(related) });
}
