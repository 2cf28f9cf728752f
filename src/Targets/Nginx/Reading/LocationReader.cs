using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>
/// Reads a location into its route, and each <c>if</c> in it into one more before it. nginx asks all conditions in turn: the first branch
/// with <c>return</c> or <c>break</c> ends that, else the last one that holds decides (ngx_http_rewrite_module).
/// </summary>
internal sealed class LocationReader(ReadingState reading, SiteContext site, LocationTable locations)
{
    private static readonly string[] _others =
    [
        "uwsgi_pass",
        "scgi_pass",
        "memcached_pass",
        "stub_status",
        "return_html",
        "empty_gif",
        "mp4",
        "flv",
        "dav_methods",
        "perl",
        "js_content",
        "content_by_lua_block",
        "content_by_lua_file",
    ];

    /// <summary>The routes, in the order in which a spec must have them.</summary>
    /// <param name="location">The location.</param>
    /// <param name="conditions">The server's own <c>if</c> directives, which are asked before the location's.</param>
    public List<Location> Read(Location location, IReadOnlyList<SourceDirective> conditions)
    {
        FastCgiReader.SettleMissing(location.Scope);
        var ending = new List<Location>();
        var others = new List<Location>();
        foreach (SourceDirective directive in conditions.Concat(location.Scope.OwnOf("if")))
        {
            if (Branch(directive, location) is { } branch)
            {
                (directive.Children.Exists(c => c.Name is "return" or "break") ? ending : others).Add(branch);
            }
        }

        List<Location> routes = [.. ending, .. Enumerable.Reverse(others)];
        if (Action(location, location.Scope) is not { } acting)
        {
            return routes;
        }

        Families(acting);
        location.Directive?.Entry.Say(location.Route);
        routes.Add(location);
        return routes;
    }

    // A branch that a spec asks before the location; null where there is none.
    private Location? Branch(SourceDirective directive, Location location)
    {
        if (
            directive.Entry.IsSettled
            && directive.Children.All(c => c.Entry.IsSettled)
            && !directive.Children.Exists(c => c.Name == "return")
        )
        {
            return null;
        }

        if (Condition.Read(directive.Arguments, site) is not { } condition)
        {
            directive.LoseAll("'match' has no such condition");
            return null;
        }

        if (condition.Always == false)
        {
            directive.TuneAll("the condition never holds here");
            return null;
        }

        if (condition.Always == true)
        {
            directive.LoseAll("a condition that always holds: write its directives without it");
            return null;
        }

        if (!directive.Children.TrueForAll(c => c.Name is "return" or "add_header" or "proxy_pass" or "grpc_pass" or "break"))
        {
            directive.LoseAll("a route can't do this on a condition");
            return null;
        }

        var branch = new Location(location.Kind, location.Pattern, new Scope(location.Scope, directive, directive.Children))
        {
            Outer = location.Outer,
        };
        RouteOrder.WriteMatcher(branch, locations.All);
        bool hasAction = directive.Children.Exists(c => c.Name is "return" or "proxy_pass" or "grpc_pass");
        if (Action(branch, hasAction ? branch.Scope : location.Scope) is not { } acting)
        {
            directive.LoseAll("its directives are lost");
            return null;
        }

        Families(acting);
        directive.Entry.Say(branch.Route);
        foreach (SourceDirective child in directive.Children.Where(c => c.Name == "break"))
        {
            child.Entry.Imply("a route does one thing");
        }

        condition.WriteInto(branch.Route);
        return branch;
    }

    // The location whose directives hold for the response; null where there is none.
    private Location? Action(Location location, Scope scope)
    {
        bool forwards =
            scope.OwnOf("return").Any()
            || ProxyReader.Find(scope) is not null
            || FastCgiReader.Find(scope) is not null
            || scope.Own.Any(d => _others.Contains(d.Name));
        Location own = scope == location.Scope ? location : location with { Scope = scope };
        if (!forwards && !GuardsReader.IsClosed(scope) && FilesReader.Serves(scope) && ScriptFallback.Of(own, locations) is { } fallback)
        {
            return ScriptFilesReader.Read(reading, fallback, own, site) ?? (Refuse(location.Route) ? location : null);
        }

        if (forwards || FilesFirstReader.Find(scope) is not { } tries)
        {
            return Acts(location, scope) ? location : null;
        }

        return FilesFirstReader.Read(reading, tries, own, site, locations) ?? (Refuse(location.Route) ? location : null);
    }

    private bool Acts(Location location, Scope scope)
    {
        OutputMap route = location.Route;
        if (scope.OwnOf("return").FirstOrDefault() is { } response)
        {
            return ReturnReader.Read(reading, response, scope, site, route) || Refuse(route);
        }

        foreach (SourceDirective rewrite in scope.OwnOf("rewrite"))
        {
            if (ReturnReader.ReadRewrite(reading, rewrite, scope, site, route))
            {
                return true;
            }
        }

        if (ProxyReader.Find(scope) is { } pass)
        {
            return ProxyReader.Read(reading, pass, scope == location.Scope ? location : location with { Scope = scope }, site)
                || Refuse(route);
        }

        if (FastCgiReader.Find(scope) is { } run)
        {
            Location own = scope == location.Scope ? location : location with { Scope = scope };
            return FastCgiReader.ReadOwn(reading, run, own, site, locations) || Refuse(route);
        }

        if (scope.Own.FirstOrDefault(d => _others.Contains(d.Name)) is { } other)
        {
            other.Entry.Lose($"routes don't forward by '{other.Name}'; the route responds with 501");
            route.Word("respond", "501");
            route.Comments.Add($"Lost: {other.Name} {other.Words}");
            return true;
        }

        if (FilesReader.Serves(scope))
        {
            return FilesReader.Read(reading, scope == location.Scope ? location : location with { Scope = scope }, site) || Refuse(route);
        }

        if (location.Directive is not null && location.Scope.Effective("deny").Any(d => d.First == "all"))
        {
            route.Word("respond", "403");
            return true;
        }

        location.Directive?.LoseAll("it does nothing that a spec knows");
        return false;
    }

    // What can't be said must not fall to another route, which could be open.
    private static bool Refuse(OutputMap route)
    {
        foreach (string key in route.Entries.Select(e => e.Key).Except(["path", "exact", "regex"]).ToArray())
        {
            route.Take(key);
        }

        route.Comments.Add("Lost: see the report.");
        route.Word("respond", "501");
        return true;
    }

    private void Families(Location location)
    {
        BodyLimit(location);
        ResponseHeadersReader.Read(reading, location, site, locations.HasServersFields);
        GuardsReader.Read(reading, location, site, locations);
        ErrorsReader.Read(reading, location, site, locations);
        if (location.Directive is not null && location.Scope.OwnOf("access_log").FirstOrDefault() is { } log)
        {
            LogReader.Read(log, location.Route);
        }
    }

    private static void BodyLimit(Location location)
    {
        if (location.Scope.Find("client_max_body_size") is not { } directive)
        {
            // nginx allows a mebibyte unless told otherwise.
            location.Route.Word("max_body", "1MiB");
        }
        else if (Units.Size(directive.First) is { } size)
        {
            directive.Entry.Say(location.Route.Word("max_body", size));
        }
        else
        {
            directive.Entry.Lose("not a size");
        }
    }
}
