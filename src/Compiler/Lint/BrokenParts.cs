using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint;

/// <summary>
/// The sites, routes and upstreams in which a value could not be read. The model lacks the value, so what a rule concludes from them may be
/// false: a route whose condition is misspelled is equal to another only because the condition is missing.
/// </summary>
internal sealed class BrokenParts
{
    // Faults that leave out of the model what rules compare: keys, hosts, listeners, conditions.
    private static readonly HashSet<string> _concluded = new(StringComparer.Ordinal)
    {
        "CFG0100",
        "CFG0101",
        "CFG0114",
        "CFG0115",
        "CFG0116",
        "CFG0133",
    };

    private readonly List<SourceSpan> _spans = [];

    /// <summary>Finds the parts of a spec with errors.</summary>
    public BrokenParts(Spec spec, IReadOnlyList<Diagnostic> errors)
    {
        SourceSpan[] faults = [.. errors.Where(d => _concluded.Contains(d.Rule.Code)).Select(d => d.Span)];
        foreach (Upstream upstream in spec.Upstreams)
        {
            Add(upstream.At.Span, faults);
        }

        foreach (Site site in spec.Sites)
        {
            SourceSpan[] rest = [.. faults.Where(f => Contains(site.At.Span, f))];
            foreach (Route route in rest.Length == 0 ? [] : site.Routes)
            {
                if (rest.Any(f => Contains(route.At.Span, f)))
                {
                    _spans.Add(route.At.Span);
                    rest = [.. rest.Where(f => !Contains(route.At.Span, f))];
                }
            }

            Add(site.At.Span, rest);
        }
    }

    /// <summary>Whether a finding, or another place that it speaks of, lies in such a part.</summary>
    public bool Concern(SourceSpan span, ReadOnlySpan<RelatedSpan> related)
    {
        foreach (RelatedSpan other in related)
        {
            if (IsIn(other.Span))
            {
                return true;
            }
        }

        return IsIn(span);
    }

    private void Add(SourceSpan part, SourceSpan[] faults)
    {
        if (faults.Any(f => Contains(part, f)))
        {
            _spans.Add(part);
        }
    }

    private bool IsIn(SourceSpan span) => _spans.Exists(s => Contains(s, span));

    private static bool Contains(SourceSpan outer, SourceSpan inner) =>
        outer.IsSome
        && inner.IsSome
        && outer.File == inner.File
        && (inner.Line, inner.Column).CompareTo((outer.Line, outer.Column)) >= 0
        && (inner.Line, inner.Column).CompareTo((outer.EndLine, outer.EndColumn)) <= 0;
}
