using Confgen.Model.Routes;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Makes sites of the routers of an entry point: one for all hosts that are treated alike.</summary>
internal sealed class ListenerReader
{
    private const string Any = "_";
    private readonly Configuration _configuration;
    private readonly EntryPoint _entry;
    private readonly RouterSource[] _routers;

    public ListenerReader(Configuration configuration, EntryPoint entry, bool hasTls, IEnumerable<RouterSource> routers)
    {
        (_configuration, _entry, HasTls, _routers) = (configuration, entry, hasTls, [.. routers]);
        foreach (RouterSource router in _routers)
        {
            if (router.Problem is { } problem)
            {
                router.Key.Lose(problem);
            }
            else if (router.Alternatives.Any(static clause => clause.Any(static term => term.Kind == RuleTermKind.HostRegex)))
            {
                router.Key["rule"]?.Lose("a spec's hosts are names, `*.example.com` and `app.*`");
            }
        }
    }

    /// <summary>The entry point.</summary>
    public EntryPoint Entry => _entry;

    /// <summary>Whether clients speak TLS.</summary>
    public bool HasTls { get; }

    /// <summary>The routers.</summary>
    public IReadOnlyList<RouterSource> Routers => _routers;

    /// <summary>The hosts for which everything is sent to https, with the router that does so; <c>_</c> for all.</summary>
    public IReadOnlyList<(string Host, RouterSource Router, SourceKey Redirect)> Redirected()
    {
        var redirected = new List<(string Host, RouterSource Router, SourceKey Redirect)>();
        foreach (string host in HasTls ? [] : Hosts())
        {
            if (
                Chosen(host) is [var (router, clause)]
                && clause.All(static term => term.IsPath && term.Values is ["/"])
                && MiddlewareWriter.RedirectOf(_configuration, _entry, router) is { } redirect
            )
            {
                redirected.Add((host, router, redirect));
            }
        }

        return redirected;
    }

    /// <summary>The sites, but for hosts that are left out.</summary>
    public IEnumerable<OutputMap> Sites(UpstreamWriter upstreams, TlsWriter tls, IReadOnlySet<string> without)
    {
        foreach (
            IGrouping<string, string> hosts in Hosts()
                .Where(host => !without.Contains(host) && Chosen(host).Count > 0)
                .GroupBy(host =>
                    string.Join(
                        ' ',
                        Chosen(host)
                            .Select(each =>
                                $"{Array.IndexOf(_routers, each.Router)}.{string.Join('&', each.Clause.Select(static t => t.ToString()))}"
                            )
                    )
                )
        )
        {
            var site = new OutputMap();
            string[] names = [.. hosts];
            IReadOnlyList<RouterForm> forms = FormBuilder.Build(Chosen(names[0]));
            if (forms.Count == 0)
            {
                continue;
            }

            OutputNode host = site.Set("host", OutputList.OfTexts(names));
            Listen(site);
            if (HasTls)
            {
                tls.Write(site, names, [.. forms.Select(static form => form.Router).OfType<RouterSource>().Distinct()], _entry);
            }

            foreach (RouterForm form in forms)
            {
                Write(site, host, names, form, upstreams);
            }

            yield return site;
        }
    }

    private void Listen(OutputMap site)
    {
        string listen = _entry.Listen(HasTls);
        if (listen != (HasTls ? "443" : "80"))
        {
            OutputText place = listen.All(char.IsAsciiDigit) ? site.Word("listen", listen) : site.Set("listen", listen);
            _entry.Key?["address"]?.Say(place);
        }
        else
        {
            _entry.Key?["address"]?.Imply("a site listens there by itself");
        }

        if (_entry.Key?["http3"] is { } http3 && HasTls)
        {
            http3.Say(site.Word("http3", "true"));
        }

        if (_entry.Key?["http.maxHeaderBytes"] is { Value: { } head } longest)
        {
            longest.Say(site.Map("limits").Word("head", head));
        }
    }

    // A rule of which nothing can be read leads nowhere.
    private string[] Hosts() =>
        [
            .. _routers
                .SelectMany(static router => router.Alternatives)
                .SelectMany(static clause => clause)
                .Where(static term => term is { Kind: RuleTermKind.Host, IsNegated: false })
                .SelectMany(static term => term.Values)
                .Where(static host => host != Any)
                .Distinct(StringComparer.Ordinal),
            Any,
        ];

    // What decides for a host: up to what takes everything.
    private List<(RouterSource Router, IReadOnlyList<RuleTerm> Clause)> Chosen(string host)
    {
        var chosen = new List<(RouterSource Router, IReadOnlyList<RuleTerm> Clause)>();
        foreach (RouterSource router in _routers)
        {
            foreach (IReadOnlyList<RuleTerm> clause in router.Alternatives)
            {
                if (clause.All(term => !term.IsHost || (term.Kind == RuleTermKind.Host && term.IsNegated != Takes(term.Values, host))))
                {
                    RuleTerm[] rest = [.. clause.Where(static term => !term.IsHost)];
                    chosen.Add((router, rest));
                    if (rest.Length == 0)
                    {
                        return chosen;
                    }
                }
            }
        }

        return chosen;
    }

    private static bool Takes(IReadOnlyList<string> values, string host) =>
        values.Any(value =>
            value == host
            || value == Any
            || (
                value.StartsWith("*.", StringComparison.Ordinal)
                && host.EndsWith(value[1..], StringComparison.Ordinal)
                && !host[..^(value.Length - 1)].Contains('.', StringComparison.Ordinal)
            )
            || (value.EndsWith(".*", StringComparison.Ordinal) && host.StartsWith(value[..^1], StringComparison.Ordinal))
        );

    private void Write(OutputMap site, OutputNode host, IReadOnlyList<string> hosts, RouterForm form, UpstreamWriter upstreams)
    {
        var route = new OutputMap();
        string key = form.Kind switch
        {
            PathMatcherKind.Exact => "exact",
            PathMatcherKind.Regex => "regex",
            _ => "path",
        };
        string[] paths = [.. form.Paths.Select(path => form.Kind == PathMatcherKind.Prefix && path.Length > 1 ? path.TrimEnd('/') : path)];
        OutputNode place = route.Set(key, OutputList.OfTexts(paths));
        form.Conditions.ToList().ForEach(term => Condition(term, route));
        site.List("routes").Add(route);
        if (form.Router is not { } router)
        {
            route.Map("respond").Word("status", "404");
            return;
        }

        router.Key["rule"]?.Say(form.Paths is ["/"] ? host : place, Note(form, router));
        router.Key["ruleSyntax"]?.Imply("the rule is read by it");
        router.Key["priority"]?.Imply("the order of the routes is the same");
        router
            .Key["entryPoints"]
            ?.Say(host, _entry.IsKnown ? null : $"the port of '{_entry.Name}' isn't known here: name the static file, too");
        if (!HasTls)
        {
            router.Key["tls"]?.Imply("there is none");
        }

        router.Key["observability"]?.Tune("what is measured and logged of it");
        var writer = new MiddlewareWriter(_configuration, _entry, site, route, hosts);
        if (!writer.Apply(router, HasTls))
        {
            router.Key["service"]?.Imply("a middleware responds");
            return;
        }

        string service = Configuration.Local(router.Service);
        if (upstreams.Write(route, service, writer.Retries) is { } use)
        {
            router.Key["service"]?.Say(use);
            return;
        }

        string reason = service.EndsWith("@internal", StringComparison.Ordinal)
            ? $"'{service}' is Traefik's own"
            : $"nothing is known of the servers of '{service}'";
        (router.Key["service"] ?? router.Key["rule"])?.Lose(reason + ": its requests get 501");
        route.Map("respond").Word("status", "501");
    }

    private static string? Note(RouterForm form, RouterSource router)
    {
        string[] notes =
        [
            .. router.IsOldRule
                ? (string[])["a rule of Traefik 2, and read as one: Traefik 3 needs core.defaultRuleSyntax: v2 for it"]
                : [],
            .. form.IsWhole ? (string[])["a path takes whole segments: `/api` and what is below, and not `/apis`"] : [],
        ];
        return notes.Length == 0 ? null : string.Join("; ", notes);
    }

    private static void Condition(RuleTerm term, OutputMap route)
    {
        OutputMap match = route.Map("match");
        if (term.IsNegated)
        {
            match = match.List("not").Add(new OutputMap());
        }

        switch (term.Kind)
        {
            case RuleTermKind.Method:
                match.Set("method", OutputList.OfTexts(term.Values));
                break;
            case RuleTermKind.Client:
                match.Set("client", OutputList.OfTexts(term.Values));
                break;
            case RuleTermKind.Header:
                match.Map("header").SetCondition(term.Name, term.Values[0], term.IsRegex);
                break;
            case RuleTermKind.Query:
                match.Map("query").SetCondition(term.Name, term.Values[0], term.IsRegex);
                break;
            default:
                match.Map("cookie").SetCondition(term.Name, term.Values[0], term.IsRegex);
                break;
        }
    }
}
