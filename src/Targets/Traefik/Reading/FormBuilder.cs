using Confgen.Model.Regexes;
using Confgen.Model.Routes;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Makes the routes of a site from the alternatives that its requests are tried by, in order of priority.</summary>
internal static class FormBuilder
{
    /// <summary>The routes, in an order that a spec keeps.</summary>
    public static IReadOnlyList<RouterForm> Build(IReadOnlyList<(RouterSource Router, IReadOnlyList<RuleTerm> Clause)> chosen)
    {
        var forms = new List<RouterForm>();
        for (int i = chosen.Count - 1; i >= 0; i--)
        {
            (RouterSource router, IReadOnlyList<RuleTerm> clause) = chosen[i];
            RuleTerm[] paths = [.. clause.Where(static term => term.IsPath && !term.IsNegated)];
            RuleTerm[] others = [.. clause.Where(static term => !term.IsPath)];
            if (Problem(clause, paths, others) is { } problem || Around(forms, clause, out problem) is not { } around)
            {
                router.Key["rule"]?.Lose(problem!);
                continue;
            }

            forms.Insert(
                0,
                new RouterForm(
                    router,
                    paths is [var only]
                        ? only.Kind switch
                        {
                            RuleTermKind.Exact => PathMatcherKind.Exact,
                            RuleTermKind.PathRegex => PathMatcherKind.Regex,
                            _ => PathMatcherKind.Prefix,
                        }
                        : PathMatcherKind.Prefix,
                    paths is [var path] ? path.Values : ["/"],
                    others
                )
            );
            forms.InsertRange(0, around);
        }

        return InOrder(forms);
    }

    private static string? Problem(IReadOnlyList<RuleTerm> clause, RuleTerm[] paths, RuleTerm[] others) =>
        paths.Length > 1 ? "a route takes a path, an exact path or a regex, not two of them at once"
        : clause.Any(static term => term.Kind == RuleTermKind.Unknown) ? "a spec has no word for one of its matchers"
        : paths.Any(static term =>
            term.Kind == RuleTermKind.PathRegex && !term.Values.All(static r => RegexPattern.TryParse(r, out _, out _, out _))
        )
            ? "a spec's regexes are a subset of RE2"
        : others
            .Where(static term => !term.IsNegated)
            .GroupBy(static term => (term.Kind, term.Name.ToLowerInvariant()))
            .Any(static g => g.Count() > 1)
            ? "a spec compares a field with one value"
        : null;

    // What a path that must not be there leads to stands before the route: what the routers behind it make of such paths.
    private static List<RouterForm>? Around(List<RouterForm> behind, IReadOnlyList<RuleTerm> clause, out string? problem)
    {
        var around = new List<RouterForm>();
        problem = null;
        foreach (RuleTerm term in clause.Where(static term => term is { IsPath: true, IsNegated: true }))
        {
            PathMatcherKind kind = term.Kind switch
            {
                RuleTermKind.Exact => PathMatcherKind.Exact,
                RuleTermKind.Prefix => PathMatcherKind.Prefix,
                _ => PathMatcherKind.Regex,
            };
            foreach (string text in term.Values)
            {
                if (!Lead(behind, kind, text, around))
                {
                    problem = "what other routers make of the paths that it must not have isn't known";
                    return null;
                }
            }
        }

        return around;
    }

    private static bool Lead(List<RouterForm> behind, PathMatcherKind kind, string text, List<RouterForm> around)
    {
        foreach (RouterForm form in behind)
        {
            bool isWider = form.Kind == PathMatcherKind.Prefix && form.Paths.Any(path => Covers(path, kind, text));
            bool isBelow = kind == PathMatcherKind.Prefix && form.Kind != PathMatcherKind.Regex && form.Place.IsBelow(text);
            if (isWider)
            {
                around.Add(form with { Kind = kind, Paths = [text] });
                if (form.Conditions.Count == 0)
                {
                    return true;
                }
            }
            else if (isBelow)
            {
                around.Add(form);
            }
            else if (kind == PathMatcherKind.Regex || form.Kind == PathMatcherKind.Regex)
            {
                return false;
            }
        }

        around.Add(new RouterForm(null, kind, [text], []));
        return true;
    }

    private static bool Covers(string prefix, PathMatcherKind kind, string text) =>
        prefix == "/" || (kind != PathMatcherKind.Regex && text.StartsWith(prefix, StringComparison.Ordinal));

    // A spec has an order of its own: where it is another one, regexes keep the source's.
    private static List<RouterForm> InOrder(List<RouterForm> forms)
    {
        bool isKept = Enumerable.Range(0, forms.Count).All(i => forms.Skip(i + 1).All(next => forms[i].Place.StaysBefore(next.Place)));
        return isKept ? forms : [.. forms.Select(static form => form.Place.TakesAll ? form : form.AsRegex())];
    }
}
