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
            Shared = Render(EffectiveHeaders.Response(site, only), only);
            _own[only] = [];
            return;
        }

        // What no route changes is the site's.
        HashSet<string> own = new(StringComparer.OrdinalIgnoreCase);
        foreach (Route route in site.Routes)
        {
            own.UnionWith(Names(route));
        }

        bool first = true;
        foreach (Route route in site.Routes)
        {
            IReadOnlyList<HeaderEdit> edits = EffectiveHeaders.Response(site, route);
            if (first)
            {
                Shared = Render(edits.Where(edit => !own.Contains(edit.Name)), route);
                first = false;
            }

            _own[route] = Render(edits.Where(edit => own.Contains(edit.Name)), route);
        }

        if (RouteTable.LeavesRest(site.Routes))
        {
            Rest = Render(EffectiveHeaders.Response(site, RouteTable.NoRoute).Where(edit => own.Contains(edit.Name)), site);
        }
    }

    /// <summary>The rules of every route.</summary>
    public List<HeaderRulesView> Shared { get; }

    /// <summary>The rules beside those for what no route takes.</summary>
    public List<HeaderRulesView> Rest { get; } = [];

    /// <summary>The rules of one route beside those.</summary>
    public List<HeaderRulesView> Of(Route route) => _own[route];

    /// <summary>All that is done to headers of the site's answers.</summary>
    public static IEnumerable<HeaderEdit> All(Site site) =>
        site.Routes.Concat(RouteTable.LeavesRest(site.Routes) ? [RouteTable.NoRoute] : []).SelectMany(route => EffectiveHeaders.Response(site, route));

    /// <summary>Whether some rule of the route sets or removes the header.</summary>
    public static bool Touches(Site site, Route route, string name) =>
        EffectiveHeaders.Response(site, route).Any(edit => edit.Drops && edit.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Names(Route route)
    {
        HeaderEdits edits = route.Headers.Response;
        return edits.Set.Select(static value => value.Name).Concat(edits.Add.Select(static value => value.Name)).Concat(edits.Remove.Select(static name => name.Name))
            .Concat(route.CacheControl is null ? [] : ["Cache-Control"]);
    }

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
