using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Templates;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The header rules on the answers of a site's routes: those that all share are said once.</summary>
internal sealed class ResponseHeaders
{
    private readonly CaddyQuoter _texts;
    private readonly Dictionary<Route, List<HeaderRulesView>> _own = new(ReferenceEqualityComparer.Instance);

    public ResponseHeaders(CaddyQuoter texts, Site site)
    {
        _texts = texts;
        Shared = [];
        // What no route takes gets the site's rules alone.
        if (site.Routes is [{ Path.IsEverything: true, Match.Count: 0 } only])
        {
            Shared = Render(Always(site, only), only);
            _own[only] = [];
            return;
        }

        // What no route changes is the site's.
        HashSet<string> own = new(StringComparer.OrdinalIgnoreCase);
        foreach (Route route in site.Routes)
        {
            own.UnionWith(Names(route.Headers.Response));
        }

        bool first = true;
        foreach (Route route in site.Routes)
        {
            IReadOnlyList<HeaderEdit> edits = Always(site, route);
            if (first)
            {
                Shared = Render(edits.Where(edit => !own.Contains(edit.Name)), route);
                first = false;
            }

            _own[route] = Render(edits.Where(edit => own.Contains(edit.Name)), route);
        }

        if (RouteTable.LeavesRest(site.Routes))
        {
            Rest = Render(Always(site, RouteTable.NoRoute).Where(edit => own.Contains(edit.Name)), site);
        }
    }

    /// <summary>The rules of every route.</summary>
    public List<HeaderRulesView> Shared { get; }

    /// <summary>The rules beside those for what no route takes.</summary>
    public List<HeaderRulesView> Rest { get; } = [];

    /// <summary>The rules of one route beside those.</summary>
    public List<HeaderRulesView> Of(Route route) => _own[route];

    /// <summary>The rule for responses of the route that succeed: its <c>cache_control</c>, unless a rule of its own says otherwise.</summary>
    public IReadOnlyList<HeaderRulesView> SuccessOf(Route route)
    {
        if (route.CacheControl is not { } cache || Names(route.Headers.Response, adds: false).Contains("Cache-Control", StringComparer.OrdinalIgnoreCase)
            || route.Action is RespondAction { Status: not (200 or 201 or 204 or 206 or (>= 301 and <= 304) or 307 or 308) })
        {
            return [];
        }

        string name = route.Action is ProxyAction ? "{cache_control}" : "Cache-Control";
        return [new HeaderRulesView { Lines = [name + " " + _texts.HeaderValue(TextTemplate.Literal(cache), route.At.Of("cache_control"))] }];
    }

    /// <summary>All that is done to headers of the site's answers.</summary>
    public static IEnumerable<HeaderEdit> All(Site site) =>
        site.Routes.Concat(RouteTable.LeavesRest(site.Routes) ? [RouteTable.NoRoute] : []).SelectMany(route => Always(site, route));

    /// <summary>Whether some rule of the route sets or removes the header.</summary>
    public static bool Touches(Site site, Route route, string name) =>
        Always(site, route).Any(edit => edit.Drops && edit.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<HeaderEdit> Always(Site site, Route route) => EffectiveHeaders.Response(site, route with { CacheControl = null });

    private static IEnumerable<string> Names(HeaderEdits edits, bool adds = true) =>
        edits.Set.Select(static value => value.Name).Concat(adds ? edits.Add.Select(static value => value.Name) : []).Concat(edits.Remove.Select(static name => name.Name));

    /// <summary>
    /// One block, or two where a name is set and appended to: a block appends before it sets; one more for values that may be empty. Deferred blocks run in the reverse order of
    /// their writing.
    /// </summary>
    private List<HeaderRulesView> Render(IEnumerable<HeaderEdit> edits, SpecNode of)
    {
        SourceSpan at = of.At.Of("headers");
        var first = new List<string>();
        var later = new List<string>();
        var conditional = new List<string>();
        foreach (HeaderEdit edit in EmptyHeaderRules.Of(edits))
        {
            string name = _texts.FieldName(edit.Name, at);
            if (EmptyHeaderRules.MayBeEmpty(edit))
            {
                first.AddRange(edit.Drops ? ["-" + name] : []);
                foreach (TextTemplate value in edit.Values)
                {
                    (EmptyHeaderRules.MayBeEmpty(value) ? conditional : later).Add("+" + name + " " + _texts.HeaderValue(value, at));
                }

                continue;
            }

            if (edit is { Drops: true, Values.Count: 0 })
            {
                first.Add("-" + name);
            }

            for (int i = 0; i < edit.Values.Count; i++)
            {
                bool sets = edit.Drops && i == 0;
                (edit.Drops && i > 0 ? later : first).Add((sets ? "" : "+") + name + " " + _texts.HeaderValue(edit.Values[i], at));
            }
        }

        var blocks = new List<HeaderRulesView>();
        if (conditional.Count > 0)
        {
            blocks.Add(new HeaderRulesView { Lines = conditional, Matcher = EmptyHeaderRules.HasQuery + " ", IsConditional = true });
        }

        if (later.Count > 0)
        {
            blocks.Add(new HeaderRulesView { Lines = later });
        }

        if (first.Count > 0)
        {
            blocks.Add(new HeaderRulesView { Lines = first });
        }

        return blocks;
    }
}
