using Confgen.Compiler.Language;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Importing;

/// <summary>
/// Makes a spec of what was read one that a person would write: what all routes of a site say stands at the site, what all sites say stands
/// in the defaults, and a site with one route for everything has that route's fields itself.
/// </summary>
internal static class SpecTidying
{
    private static readonly string[] _ofProxies = ["timeouts", "websocket"];
    private static readonly string[] _ofSources = ["max_body", "errors"];

    /// <summary>Tidies the spec, and writes its upstreams.</summary>
    public static void Tidy(OutputMap spec, UpstreamTable upstreams)
    {
        if (spec["sites"] is not OutputList list)
        {
            return;
        }

        OutputMap[] sites = [.. list.Items.OfType<OutputMap>()];
        foreach (OutputMap site in sites)
        {
            LiftToSite(site);
        }

        upstreams.WriteTo(spec);
        if (sites.Length > 1)
        {
            LiftToDefaults(spec, sites);
        }

        foreach (OutputMap site in sites)
        {
            Merge(site);
            Order(site);
        }

        spec.Sort(["version", "defaults", "trusted_proxies", "acme", "upstreams", "sites", "targets"]);
    }

    private static OutputMap[] Routes(OutputMap site) => site["routes"] is OutputList list ? [.. list.Items.OfType<OutputMap>()] : [];

    // No upgrade passes to a script.
    private static bool Forwards(OutputMap route, string field) =>
        route["proxy"] is not null || (route["fastcgi"] is not null && field != "websocket");

    private static void LiftToSite(OutputMap site)
    {
        OutputMap[] routes = Routes(site);
        SharedHeaders.Lift(site, routes);
        foreach (string field in RouteFields.OfSite.Select(f => f.Name))
        {
            // What only upstreams see is no business of a route without one.
            OutputMap[] concerned =
            [
                .. routes.Where(r =>
                    Forwards(r, field) || (!_ofProxies.Contains(field) && (r["files"] is not null || !_ofSources.Contains(field)))
                ),
            ];
            foreach (OutputMap other in routes.Except(concerned))
            {
                OutputNode? dropped = other.Take(field);
                if (
                    dropped is not null
                    && concerned.Select(c => c[field]).FirstOrDefault(v => v?.Canonical == dropped.Canonical) is { } same
                )
                {
                    Follow(dropped, same);
                }
            }

            Lift(concerned, site, field);
        }

        foreach (string direction in (string[])["request", "response"])
        {
            OutputMap[] concerned = [.. routes.Where(r => direction != "request" || Forwards(r, "headers"))];
            LiftHeaders(concerned, site, direction);
        }
    }

    private static void Lift(OutputMap[] from, OutputMap to, string field)
    {
        if (
            from.Length == 0
            || to[field] is not null
            || from[0][field] is not { } first
            || from.Any(f => f[field]?.Canonical != first.Canonical)
        )
        {
            return;
        }

        foreach (OutputMap one in from)
        {
            OutputNode value = one.Take(field)!;
            Follow(value, first);
        }

        to.Set(field, first);
    }

    // Rules of a site apply before its routes': those move that no other rule of the name stands beside.
    private static void LiftHeaders(OutputMap[] routes, OutputMap site, string direction)
    {
        OutputMap?[] rules = [.. routes.Select(r => (r["headers"] as OutputMap)?[direction] as OutputMap)];
        if (rules.Length == 0 || rules.Contains(null) || (site["headers"] as OutputMap)?[direction] is not null)
        {
            return;
        }

        string[] on = [.. rules.Select(r => r!["on"]?.Canonical ?? "").Distinct(StringComparer.Ordinal)];
        if (on.Length > 1)
        {
            return;
        }

        string[] Names(OutputMap map) =>
            [
                .. map.Entries.SelectMany(e =>
                    e.Value is OutputMap inner ? inner.Entries.Select(i => i.Key)
                    : e.Value is OutputList list ? list.Items.OfType<OutputText>().Select(t => t.Text)
                    : []
                ),
            ];
        bool IsAlone(string name) => rules.All(r => Names(r!).Count(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) == 1);

        foreach (string kind in (string[])["set", "add"])
        {
            OutputMap?[] maps = [.. rules.Select(r => r![kind] as OutputMap)];
            if (maps.Contains(null))
            {
                continue;
            }

            foreach ((string name, OutputNode value) in maps[0]!.Entries.ToArray())
            {
                if (IsAlone(name) && maps.All(m => m![name]?.Canonical == value.Canonical))
                {
                    Lift([.. maps.OfType<OutputMap>()], site.Map("headers").Map(direction).Map(kind), name);
                }
            }
        }

        OutputList?[] removals = [.. rules.Select(r => r!["remove"] as OutputList)];
        foreach (OutputText removed in removals.Contains(null) ? [] : removals[0]!.Items.OfType<OutputText>().ToArray())
        {
            if (IsAlone(removed.Text) && removals.All(l => l!.Items.Any(i => i.Canonical == removed.Canonical)))
            {
                OutputList target = site.Map("headers").Map(direction).List("remove");
                foreach (OutputList list in removals.OfType<OutputList>())
                {
                    OutputNode item = list.Items.First(i => i.Canonical == removed.Canonical);
                    list.Remove(item);
                    Follow(item, removed);
                }

                target.Add(removed);
            }
        }

        if (on[0].Length > 0 && (site["headers"] as OutputMap)?[direction] is OutputMap lifted)
        {
            lifted.Set("on", new OutputText(on[0], isWord: true));
            lifted.Sort(["on"]);
        }

        foreach (OutputMap route in routes)
        {
            Prune(route, "headers");
        }
    }

    // Takes maps and lists out that have become empty.
    private static void Prune(OutputMap owner, string key)
    {
        if (owner[key] is OutputMap map)
        {
            foreach ((string inner, _) in map.Entries.ToArray())
            {
                Prune(map, inner);
            }
        }

        if (owner[key] is OutputMap { Entries.Count: 0 } or OutputMap { Entries: [("on", OutputText)] } or OutputList { Items.Count: 0 })
        {
            owner.Take(key);
        }
    }

    private static void LiftToDefaults(OutputMap spec, OutputMap[] sites)
    {
        bool allHaveTls = sites.All(s => s["tls"] is not null);
        foreach (string field in DefaultsFields.Schema.Fields.Select(f => f.Name))
        {
            if (!allHaveTls && field is ("tls" or "redirect_http" or "hsts" or "http2" or "http3"))
            {
                continue;
            }

            OutputMap[] concerned =
            [
                .. sites.Where(s =>
                    field switch
                    {
                        "timeouts" or "websocket" or "max_body" => Forwards(s, field) || Routes(s).Any(r => Forwards(r, field)),
                        _ => true,
                    }
                ),
            ];
            bool isAll = concerned.Length == sites.Length || field is "timeouts" or "websocket" or "max_body";
            if (concerned.Length > 1 && isAll && field is not ("host" or "routes" or "listen"))
            {
                var defaults = spec["defaults"] as OutputMap ?? new OutputMap();
                Lift(concerned, defaults, field);
                if (defaults.Entries.Count > 0 && defaults.Parent is null)
                {
                    spec.Set("defaults", defaults);
                }
            }
        }
    }

    private static void Merge(OutputMap site)
    {
        if (
            site["routes"] is not OutputList { Items: [OutputMap only] } routes
            || only["path"] is not OutputText { Text: "/" }
            || only["host"] is not null
            || only["match"] is not null
            || only.Entries.Any(e => e.Key != "path" && site[e.Key] is not null)
        )
        {
            return;
        }

        routes.Remove(only);
        site.Take("routes");
        foreach ((string key, OutputNode value) in only.Entries.ToArray())
        {
            only.Take(key);
            if (key != "path")
            {
                site.Set(key, value);
            }
        }

        site.Comments.AddRange(only.Comments);
        only.ReplaceBy(site);
    }

    private static void Order(OutputMap site)
    {
        string[] fields = [.. SiteFields.Schema.Fields.Select(f => f.Name).Where(f => f != "routes")];
        string[] route = [.. RouteFields.Schema.Fields.Select(f => f.Name)];
        site.Sort([
            .. fields.Take(7),
            .. route.Where(f => f is "proxy" or "respond" or "files" or "redirect" or "fastcgi"),
            .. fields,
            .. route,
        ]);
        foreach (OutputMap one in Routes(site))
        {
            one.Sort(route);
        }
    }

    /// <summary>Says that what a node says is said by another one of the same shape.</summary>
    public static void Follow(OutputNode value, OutputNode kept)
    {
        if (value == kept)
        {
            return;
        }

        value.ReplaceBy(kept);
        if (value is OutputMap map && kept is OutputMap other)
        {
            foreach ((string key, OutputNode inner) in map.Entries)
            {
                if (other[key] is { } match)
                {
                    Follow(inner, match);
                }
            }
        }
        else if (value is OutputList list && kept is OutputList keptList)
        {
            foreach ((OutputNode inner, OutputNode match) in list.Items.Zip(keptList.Items))
            {
                Follow(inner, match);
            }
        }
    }
}
