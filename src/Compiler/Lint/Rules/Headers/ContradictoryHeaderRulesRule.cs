using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Headers;

/// <summary>One place says one thing about a header.</summary>
internal sealed class ContradictoryHeaderRulesRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0213",
        "contradictory-header-rules",
        Severity.Error,
        "A header that one block sets twice, or sets and removes"
    )
    {
        Why =
            "Names of headers have no case, so `X-A` and `x-a` are one header, and only one of two values can hold. `set` replaces what "
            + "was there by itself, so a `remove` of the same name beside it says the opposite or nothing. To replace a header by several "
            + "lines, `remove` it and `add` each.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { response: { set: { X-Frame-Options: DENY }, remove: [x-frame-options] } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { response: { set: { X-Frame-Options: DENY } } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            CheckRules(context, site.Headers);
            foreach (Route route in site.Routes)
            {
                CheckRules(context, route.Headers);
            }
        }
    }

    private static void CheckRules(LintContext context, HeaderRules rules)
    {
        CheckEdits(context, rules.Request);
        CheckEdits(context, rules.Response);
    }

    private static void CheckEdits(LintContext context, HeaderEdits edits)
    {
        if (edits.IsEmpty)
        {
            return;
        }

        var set = new Dictionary<string, SourceSpan>(StringComparer.OrdinalIgnoreCase);
        foreach (HeaderValue value in edits.Set)
        {
            if (!set.TryAdd(value.Name, value.At.Span))
            {
                context.Report(
                    value.At.Span,
                    $"'{value.Name}' is set twice",
                    "keep one; 'add' appends a further line",
                    new RelatedSpan(set[value.Name], "the first value")
                );
            }
        }

        foreach (HeaderName name in edits.Remove)
        {
            if (set.TryGetValue(name.Name, out SourceSpan value))
            {
                context.Report(
                    name.At.Span,
                    $"'{name.Name}' is removed and set",
                    "remove this: 'set' replaces every line of the name",
                    new RelatedSpan(value, "the value")
                );
            }
        }
    }
}
