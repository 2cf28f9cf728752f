using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>The header rules on the answers of a site's routes: those that all share are said once.</summary>
internal sealed class ResponseHeaders
{
    private readonly Texts _texts;
    private readonly Dictionary<Route, List<HeaderRulesView>> _own = new(ReferenceEqualityComparer.Instance);

    public ResponseHeaders(Texts texts, Site site)
    {
        _texts = texts;
        Dictionary<Route, List<HeaderPlan.Entry>> plans = new(ReferenceEqualityComparer.Instance);
        foreach (Route route in site.Routes)
        {
            plans[route] = [.. Plan(site, route).Entries];
        }

        // An entry is shared if it comes from the site and no route changes it.
        var own = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Route route in site.Routes)
        {
            own.UnionWith(RouteNames(route));
        }

        bool alone = site.Routes.Count == 1;
        Shared = Render(plans.Values.FirstOrDefault()?.Where(entry => alone || !own.Contains(entry.Name)) ?? []);
        foreach ((Route route, List<HeaderPlan.Entry> entries) in plans)
        {
            _own[route] = Render(entries.Where(entry => !alone && own.Contains(entry.Name)));
        }
    }

    /// <summary>The rules of every route.</summary>
    public List<HeaderRulesView> Shared { get; }

    /// <summary>The rules of one route beside those.</summary>
    public List<HeaderRulesView> Of(Route route) => _own[route];

    /// <summary>Whether some rule of the route sets or removes the header.</summary>
    public static bool Touches(Site site, Route route, string name) =>
        Plan(site, route).Entries.Any(entry => (entry.Removed || entry.Set is not null) && entry.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static HeaderPlan Plan(Site site, Route route)
    {
        var plan = new HeaderPlan();
        if (site.Hsts is { } hsts)
        {
            plan.Set("Strict-Transport-Security", TextTemplate.Literal(hsts.HeaderValue), hsts.At.Span);
        }

        plan.Apply(site.Headers.Response);
        if (route.CacheControl is { } cache)
        {
            plan.Set("Cache-Control", TextTemplate.Literal(cache), route.At.Of("cache_control"));
        }

        return plan.Apply(route.Headers.Response);
    }

    private static IEnumerable<string> RouteNames(Route route)
    {
        HeaderEdits edits = route.Headers.Response;
        return edits.Set.Select(static value => value.Name).Concat(edits.Add.Select(static value => value.Name)).Concat(edits.Remove.Select(static name => name.Name))
            .Concat(route.CacheControl is null ? [] : ["Cache-Control"]);
    }

    /// <summary>
    /// One block, or two where a name is both set and appended to: a block appends before it sets. Deferred blocks run in the reverse order
    /// of their writing.
    /// </summary>
    private List<HeaderRulesView> Render(IEnumerable<HeaderPlan.Entry> entries)
    {
        var first = new List<string>();
        var later = new List<string>();
        foreach (HeaderPlan.Entry entry in entries)
        {
            string name = _texts.FieldName(entry.Name, entry.At);
            bool replaced = entry.Set is not null || entry.Removed;
            if (entry.Set is { } value)
            {
                first.Add(name + " " + _texts.HeaderValue(value, entry.At));
            }
            else if (entry.Removed)
            {
                first.Add("-" + name);
            }

            foreach ((TextTemplate added, Model.Sources.SourceSpan at) in entry.Added)
            {
                (replaced ? later : first).Add("+" + name + " " + _texts.HeaderValue(added, at));
            }
        }

        var blocks = new List<HeaderRulesView>();
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
