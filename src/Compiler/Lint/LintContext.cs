using Confgen.Compiler.Files;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint;

/// <summary>What a lint rule has at hand.</summary>
internal sealed class LintContext
{
    private readonly DiagnosticBag _diagnostics;
    private readonly Rule _rule;
    private readonly Severity _severity;
    private readonly HashSet<SourceSpan> _reported = [];

    public LintContext(
        Rule rule,
        Severity severity,
        IReadOnlyDictionary<string, SourceText> sources,
        SpecUses uses,
        IFileSystem files,
        DiagnosticBag diagnostics
    )
    {
        _rule = rule;
        _severity = severity;
        _diagnostics = diagnostics;
        Sources = sources;
        Uses = uses;
        Files = files;
    }

    /// <summary>The time of the check.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The parts of the spec that have errors of their own; null where there is none.</summary>
    public BrokenParts? Broken { get; init; }

    /// <summary>The files of the spec by name, for what the model doesn't keep.</summary>
    public IReadOnlyDictionary<string, SourceText> Sources { get; }

    /// <summary>Which names something uses.</summary>
    public SpecUses Uses { get; }

    /// <summary>The files that the spec may name.</summary>
    public IFileSystem Files { get; }

    /// <summary>
    /// Reports the rule at a place, once: what a thousand routes inherit from one line, or share by an alias, is one fault.
    /// </summary>
    public void Report(SourceSpan span, string message, string? hint = null, params ReadOnlySpan<RelatedSpan> related)
    {
        Report(span, message, Advice.Of(hint), related);
    }

    /// <summary>As <see cref="Report(SourceSpan, string, string?, ReadOnlySpan{RelatedSpan})"/>, with a way out that is an edit.</summary>
    public void Report(SourceSpan span, string message, Advice? advice, params ReadOnlySpan<RelatedSpan> related)
    {
        if ((Broken is null || !Broken.Concern(span, related)) && _reported.Add(span))
        {
            _diagnostics.Add(
                new Diagnostic(_rule, span, message)
                {
                    Severity = _severity,
                    Hint = advice?.Hint,
                    Fix = advice?.Edits ?? [],
                    Related = ValueList.Create(related),
                }
            );
        }
    }

    /// <summary>What stands at a place of one line; null for several.</summary>
    public string? Text(SourceSpan span) =>
        span.Line == span.EndLine && Sources.TryGetValue(span.File, out SourceText? source) ? source.Slice(span) : null;

    /// <summary>Whether the value at a place came from the environment rather than from the spec's text.</summary>
    public bool IsFromEnvironment(SourceSpan span)
    {
        if (!Sources.TryGetValue(span.File, out SourceText? source))
        {
            return false;
        }

        for (int line = span.Line; line <= span.EndLine; line++)
        {
            string text = source.Line(line);
            int start = line == span.Line ? Math.Min(span.Column - 1, text.Length) : 0;
            int end = line == span.EndLine ? Math.Clamp(span.EndColumn - 1, start, text.Length) : text.Length;
            if (HasReference(text.AsSpan(start, end - start)))
            {
                return true;
            }
        }

        return false;
    }

    // `$${` is a literal `${`.
    private static bool HasReference(ReadOnlySpan<char> text)
    {
        int at = text.IndexOf("${", StringComparison.Ordinal);
        return at >= 0 && (at == 0 || text[at - 1] != '$' || HasReference(text[(at + 2)..]));
    }
}
