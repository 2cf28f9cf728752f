using Confgen.Model.Routes;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Makes sites of a frontend: one for all hosts that are treated alike.</summary>
internal sealed class FrontendReader
{
    private const string Any = "_";
    private readonly SourceSection _section;
    private readonly RuleReader _rules;

    public FrontendReader(SourceSection section, Func<string, BackendReader?> backendOf, Func<string, SourceSection?> usersOf)
    {
        _section = section;
        _rules = new RuleReader(section, backendOf, usersOf);
        _rules.Read();
        Binds = new BindReader(section);
    }

    /// <summary>Where it listens.</summary>
    public BindReader Binds { get; }

    /// <summary>What sends all plain requests to https and nothing else; null where there is more.</summary>
    public Rule? PlainRedirect =>
        Binds.Has(tls: false) && HostsOf(tls: false).All(host => Chosen(host, tls: false) is [{ Clause.Count: 0, Rule.HttpsStatus: > 0 }])
            ? Chosen(Any, tls: false)[0].Rule
            : null;

    /// <summary>The sites of the listeners with TLS, or of those without.</summary>
    public IEnumerable<OutputMap> Sites(bool tls)
    {
        if (!Binds.Has(tls))
        {
            yield break;
        }

        foreach (
            IGrouping<string, string> hosts in HostsOf(tls)
                .Where(host => Chosen(host, tls).Count > 0)
                .GroupBy(host =>
                    string.Join(' ', Chosen(host, tls).Select(each => $"{_rules.Rules.IndexOf(each.Rule)}.{each.Number}"))
                    + "|"
                    + string.Join(' ', GuardsOf(host).Select(guard => _rules.Guards.IndexOf(guard)))
                )
        )
        {
            var site = new OutputMap();
            string[] names = [.. hosts];
            OutputNode host = site.Set("host", OutputList.OfTexts(names));
            Binds.Write(site, tls, names[0]);
            Write(site, host, Forms(names[0], Chosen(names[0], tls)));
            if (_section.Last("compression", "algo") is { } compression && compression.Words.Contains("gzip"))
            {
                compression.Entry.Say(site.Word("compress", "gzip"));
            }

            yield return site;
        }
    }

    private string[] HostsOf(bool tls) =>
        [
            .. _rules
                .Rules.SelectMany(static rule => rule.Alternatives)
                .Where(clause => clause.All(term => term.Kind != TermKind.Tls || term.IsNegated != tls))
                .Concat(_rules.Guards.Select(static guard => guard.Where))
                .SelectMany(static clause => clause)
                .Where(static term => term is { Kind: TermKind.Host, IsNegated: false })
                .SelectMany(static term => term.Values)
                .Distinct(StringComparer.Ordinal),
            Any,
        ];

    // What decides for a host: up to what takes everything.
    private List<(Rule Rule, int Number, IReadOnlyList<Term> Clause)> Chosen(string host, bool tls)
    {
        var chosen = new List<(Rule Rule, int Number, IReadOnlyList<Term> Clause)>();
        foreach (Rule rule in _rules.Rules)
        {
            for (int i = 0; i < rule.Alternatives.Count; i++)
            {
                IReadOnlyList<Term> clause = rule.Alternatives[i];
                if (!clause.All(term => Holds(term, host, tls)))
                {
                    continue;
                }

                Term[] rest = [.. clause.Where(static term => term.Kind is not (TermKind.Tls or TermKind.Host))];
                chosen.Add((rule, i, rest));
                if (rest.Length == 0)
                {
                    return chosen;
                }
            }
        }

        return chosen;
    }

    private static bool Holds(Term term, string host, bool tls) =>
        term.Kind switch
        {
            TermKind.Tls => term.IsNegated != tls,
            TermKind.Host => term.IsNegated != term.Values.Any(value => Takes(value, host)),
            _ => true,
        };

    private static bool Takes(string value, string host) =>
        value == host
        || (value.StartsWith("*.", StringComparison.Ordinal) && host != Any && host.EndsWith(value[1..], StringComparison.Ordinal));

    private IEnumerable<Guard> GuardsOf(string host) =>
        _rules.Guards.Where(guard => guard.Where.All(term => term.Kind != TermKind.Host || term.Values.Any(value => Takes(value, host))));

    private List<RouteForm> Forms(string host, List<(Rule Rule, int Number, IReadOnlyList<Term> Clause)> chosen)
    {
        var forms = new List<RouteForm>();
        foreach ((Rule rule, int number, IReadOnlyList<Term> clause) in chosen)
        {
            SourceLine[] lines = [.. rule.Alternatives[number].SelectMany(static term => term.Lines)];
            Term[] paths = [.. clause.Where(static term => term.IsPath)];
            if (
                paths.Length > 1
                || paths.Any(static term => term.IsNegated)
                || clause.Any(static t => t.Kind is TermKind.Unknown or TermKind.Users)
            )
            {
                foreach (SourceLine line in lines.Append(rule.Line))
                {
                    line.Entry.Lose("the importer doesn't know its condition");
                }

                continue;
            }

            forms.Add(
                new RouteForm(
                    rule,
                    paths is [var only]
                        ? only.Kind switch
                        {
                            TermKind.PathExact => PathMatcherKind.Exact,
                            TermKind.PathRegex => PathMatcherKind.Regex,
                            _ => PathMatcherKind.Prefix,
                        }
                        : PathMatcherKind.Prefix,
                    paths is [var path] ? path.Values : ["/"],
                    [.. clause.Where(static term => !term.IsPath)]
                )
                {
                    Lines = lines,
                }
            );
        }

        foreach (Guard guard in GuardsOf(host))
        {
            Protect(forms, guard);
        }

        return InOrder(forms);
    }

    // A path that no route has by itself gets one like the route that takes it.
    private static void Protect(List<RouteForm> forms, Guard guard)
    {
        if (guard.Where.FirstOrDefault(static term => term.IsPath) is not { } path)
        {
            forms.ForEach(form => form.Guards.Add(guard));
            return;
        }

        foreach (string text in path.Values)
        {
            bool isPrefix = path.Kind == TermKind.PathPrefix;
            forms.Where(form => isPrefix && form.IsBelow(text)).ToList().ForEach(form => form.Guards.Add(guard));
            int all = forms.FindIndex(static form => form.TakesAll);
            if (all < 0 || forms.Exists(form => form.Paths.Contains(text) && form.Conditions.Count == 0 && isPrefix))
            {
                continue;
            }

            PathMatcherKind kind =
                isPrefix ? PathMatcherKind.Prefix
                : path.Kind == TermKind.PathExact ? PathMatcherKind.Exact
                : PathMatcherKind.Regex;
            var made = new RouteForm(forms[all].Rule, kind, [text], []) { Lines = [.. forms[all].Lines, .. path.Lines] };
            made.Guards.AddRange(forms[all].Guards);
            made.Guards.Add(guard);
            forms.Insert(all, made);
        }
    }

    // A spec has an order of its own: where it is another one, regexes keep the source's.
    private static List<RouteForm> InOrder(List<RouteForm> forms)
    {
        for (int i = 0; i < forms.Count; i++)
        {
            for (int j = i + 1; j < forms.Count; j++)
            {
                if (!forms[i].StaysBefore(forms[j]))
                {
                    return [.. forms.Select(static form => form.TakesAll ? form : form.AsRegex())];
                }
            }
        }

        return forms;
    }

    private void Write(OutputMap site, OutputNode host, List<RouteForm> forms)
    {
        OutputList routes = site.List("routes");
        foreach (RouteForm form in forms)
        {
            var route = new OutputMap();
            if (!RouteWriter.WriteConditions(form, route))
            {
                continue;
            }

            if (form.Rule.Forwards)
            {
                HeaderRules.Write(_section, route);
                route.Word("max_body", "0");
            }

            OutputNode? action = form.Rule.Write(route);
            if (action is null)
            {
                form.Rule.Line.Entry.Lose("nothing that it leads to can be written: its requests get 501");
                route.Map("respond").Word("status", "501");
            }
            else
            {
                form.Rule.Line.Entry.Say(action, RouteWriter.Note(form));
            }

            routes.Add(route);
            foreach (Guard guard in form.Guards)
            {
                guard.Line.Entry.Say(guard.Write(route));
                foreach (SourceLine line in guard.Where.Append(guard.Who).SelectMany(static term => term.Lines))
                {
                    line.Entry.Say(route);
                }
            }

            foreach (SourceLine line in form.Lines)
            {
                line.Entry.Say(line[2].Contains("host", StringComparison.OrdinalIgnoreCase) ? host : route);
            }
        }
    }
}
