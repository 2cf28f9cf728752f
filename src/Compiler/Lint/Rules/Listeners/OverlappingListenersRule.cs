using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Listeners;

/// <summary>A connection belongs to one listener.</summary>
internal sealed class OverlappingListenersRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0202",
        "overlapping-listeners",
        Severity.Error,
        "Two listeners that take the same connections"
    )
    {
        Why =
            "`80` takes connections on every address, IPv4 and IPv6, and so those of `0.0.0.0:80` and `127.0.0.1:80`. Programs differ in "
            + "what they make of both together: some can't start, some let the narrower one hide every site of the wider one. Use one "
            + "form for a port.",
        Bad = """
            sites:
              - { host: a.example.com, listen: 8080, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, listen: "0.0.0.0:8080", proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - { host: a.example.com, listen: 8080, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, listen: 8080, proxy: "http://127.0.0.1:3001" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var wide = new Dictionary<int, (ListenAddress Listen, SourceSpan Place)>();
        foreach ((ListenAddress listen, SourceSpan place) in Written(spec).Where(l => l.Listen.IsWildcard()))
        {
            if (!wide.TryAdd(listen.Port, (listen, place)) && wide[listen.Port].Listen != listen)
            {
                Report(context, listen, place, wide[listen.Port]);
            }
        }

        foreach (
            (ListenAddress listen, SourceSpan place) in Written(spec).Where(l => !l.Listen.IsWildcard() && l.Listen.SocketPath is null)
        )
        {
            if (wide.TryGetValue(listen.Port, out (ListenAddress Listen, SourceSpan Place) other) && SameFamily(listen, other.Listen))
            {
                Report(context, listen, place, other);
            }
        }

        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress twice in site.Listen.GroupBy(l => l).Where(g => g.Count() > 1).Select(g => g.Last()))
            {
                context.Report(twice.At.Span, $"{twice} stands twice in this list", "write it once");
            }
        }
    }

    private static IEnumerable<(ListenAddress Listen, SourceSpan Place)> Written(Spec spec) =>
        spec.Sites.SelectMany(s => s.Listen.Select(l => (l, l.At.Span.IsSome ? l.At.Span : s.At.Span)));

    private static bool SameFamily(ListenAddress narrow, ListenAddress wide) =>
        wide.Address is null
        || (narrow.Address ?? "").Contains(':', StringComparison.Ordinal) == wide.Address.Contains(':', StringComparison.Ordinal);

    private static void Report(
        LintContext context,
        ListenAddress listen,
        SourceSpan place,
        (ListenAddress Listen, SourceSpan Place) other
    ) =>
        context.Report(
            place,
            $"{listen} overlaps {other.Listen}, where another site listens",
            $"write {other.Listen} here too, or use another port",
            new RelatedSpan(other.Place, "the other listener")
        );
}
