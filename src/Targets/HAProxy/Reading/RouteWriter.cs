using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Writes which requests a route takes.</summary>
internal static class RouteWriter
{
    /// <summary>Writes the path and the conditions; false, and the lines are lost, where a spec can't say them.</summary>
    public static bool WriteConditions(RouteForm form, OutputMap route)
    {
        string? problem =
            form.Kind == PathMatcherKind.Regex && !form.Paths.All(static regex => RegexPattern.TryParse(regex, out _, out _, out _))
                ? "a spec's regexes have neither look-around nor back-references"
            : form.Conditions.Any(static term =>
                term.Values.Count != 1 && term.Kind is TermKind.Header or TermKind.Query or TermKind.Cookie
            )
                ? "a spec compares a field with one value"
            : form.Conditions.Any(static term => term is { Kind: TermKind.Client } && term.Values.Any(static v => v.StartsWith('-')))
                ? "a list of networks in a file"
            : null;
        if (problem is not null)
        {
            foreach (SourceLine line in form.Lines.Append(form.Rule.Line))
            {
                line.Entry.Lose(problem);
            }

            return false;
        }

        string key = form.Kind switch
        {
            PathMatcherKind.Exact => "exact",
            PathMatcherKind.Regex => "regex",
            _ => "path",
        };
        string[] paths = [.. form.Paths.Select(path => form.Kind == PathMatcherKind.Prefix && path.Length > 1 ? path.TrimEnd('/') : path)];
        route.Set(key, OutputList.OfTexts(paths));
        foreach (Term term in form.Conditions)
        {
            OutputMap match = route.Map("match");
            if (term.IsNegated)
            {
                match = match.List("not").Add(new OutputMap());
            }

            Write(term, match);
        }

        return true;
    }

    /// <summary>What to know of a path that HAProxy takes otherwise; null for nothing.</summary>
    public static string? Note(RouteForm form) =>
        form.Kind == PathMatcherKind.Prefix && form.Paths.Any(static path => path.Length > 1)
            ? "a path takes whole segments: `/api` and what is below, and not `/apis`"
            : null;

    private static void Write(Term term, OutputMap match)
    {
        switch (term.Kind)
        {
            case TermKind.Method:
                match.Set("method", OutputList.OfTexts(term.Values));
                break;
            case TermKind.Client:
                match.Set("client", OutputList.OfTexts(term.Values));
                break;
            case TermKind.Header:
                match.Map("header").SetCondition(term.Name, term.Values[0], term.IsRegex);
                break;
            case TermKind.Query:
                match.Map("query").SetCondition(term.Name, term.Values[0], term.IsRegex);
                break;
            default:
                match.Map("cookie").SetCondition(term.Name, term.Values[0], term.IsRegex);
                break;
        }
    }
}
