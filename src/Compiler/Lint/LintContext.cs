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

    public LintContext(Rule rule, Severity severity, IReadOnlyDictionary<string, SourceText> sources, IReadOnlySet<string> usedUpstreams, DiagnosticBag diagnostics)
    {
        _rule = rule;
        _severity = severity;
        _diagnostics = diagnostics;
        Sources = sources;
        UsedUpstreams = usedUpstreams;
    }

    /// <summary>The files of the spec by name, for what the model doesn't keep.</summary>
    public IReadOnlyDictionary<string, SourceText> Sources { get; }

    /// <summary>The names of the upstreams that something uses.</summary>
    public IReadOnlySet<string> UsedUpstreams { get; }

    /// <summary>Reports the rule at a place.</summary>
    public void Report(SourceSpan span, string message, string? hint = null, params ReadOnlySpan<RelatedSpan> related) =>
        _diagnostics.Add(new Diagnostic(_rule, span, message) { Severity = _severity, Hint = hint, Related = ValueList.Create(related) });

    /// <summary>Whether the value at a place came from the environment rather than from the spec's text.</summary>
    public bool IsFromEnvironment(SourceSpan span) =>
        Sources.TryGetValue(span.File, out SourceText? source) && source.Line(span.Line).AsSpan().Contains("${", StringComparison.Ordinal);
}
