using Confgen.Model.Sources;

namespace Confgen.Model.Diagnostics;

/// <summary>
/// Collects the diagnostics of a run: every stage reports all it finds. What an alias brings to many places is one fault.
/// </summary>
public sealed class DiagnosticBag
{
    /// <summary>Errors up to which one looks for more: nobody reads on, and a file that is no spec at all has one in every line.</summary>
    public const int MostErrors = 1000;

    // Characters of a message or a hint that quotes a value: nobody reads on, and a value may have megabytes.
    private const int LongestText = 1000;

    private readonly List<Diagnostic> _items = [];
    private readonly HashSet<(string Code, SourceSpan Span, string Message)> _seen = [];
    private readonly List<(SourceSpan Within, RelatedSpan Why)> _explained = [];
    private int _errors;

    /// <summary>What was reported so far, in the order of reporting.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>Whether an error was reported.</summary>
    public bool HasErrors => _errors > 0;

    /// <summary>Whether <see cref="MostErrors"/> were reported: further ones are dropped, and no stage need look for them.</summary>
    public bool IsFull => _errors >= MostErrors;

    /// <summary>
    /// What is found from now on in a stretch of text says another place, too: how the text came to count. The first one holds.
    /// </summary>
    public void Explain(SourceSpan within, RelatedSpan why)
    {
        if (!_explained.Exists(each => each.Within == within))
        {
            _explained.Add((within, why));
        }
    }

    /// <summary>Reports a diagnostic.</summary>
    public void Add(Diagnostic diagnostic)
    {
        if (diagnostic.Related.Count == 0 && _explained.Find(each => each.Within.Contains(diagnostic.Span)) is { Why: { } why })
        {
            diagnostic = diagnostic with { Related = [why] };
        }

        diagnostic = diagnostic with { Message = Short(diagnostic.Message), Hint = diagnostic.Hint is { } hint ? Short(hint) : null };
        bool error = diagnostic.Severity == Severity.Error;
        if ((error && IsFull) || !_seen.Add((diagnostic.Rule.Code, diagnostic.Span, diagnostic.Message)))
        {
            return;
        }

        _errors += error ? 1 : 0;
        _items.Add(
            error && IsFull
                ? diagnostic with
                {
                    Hint = string.Create(null, $"this is the error number {MostErrors:N0}: no more are looked for"),
                }
                : diagnostic
        );
    }

    /// <summary>Reports a diagnostic of the rule.</summary>
    public void Report(Rule rule, SourceSpan span, string message, string? hint = null, params ReadOnlySpan<RelatedSpan> related) =>
        Add(new Diagnostic(rule, span, message) { Hint = hint, Related = ValueList.Create(related) });

    /// <summary>Reports a diagnostic whose way out is an edit.</summary>
    public void Report(Rule rule, SourceSpan span, string message, Advice? advice, params ReadOnlySpan<RelatedSpan> related) =>
        Add(
            new Diagnostic(rule, span, message)
            {
                Hint = advice?.Hint,
                Fix = advice?.Edits ?? [],
                Related = ValueList.Create(related),
            }
        );

    private static string Short(string text) =>
        text.Length <= LongestText ? text : text[..(LongestText - (char.IsHighSurrogate(text[LongestText - 1]) ? 1 : 0))] + "…";
}
