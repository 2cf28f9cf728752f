using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Compiler.Lint.Rules.Routes;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>
/// What one route guards, another one must not give away. For each guarded route the rule asks, in turn: (1) do paths below it, or a
/// spelling of it, go to an open route of its own site, and (2) does an open route of any site lead to the same path at the same upstream?
/// An open route below the guarded one is an exception that somebody wrote on purpose, and so is a site that only this machine reaches.
/// </summary>
internal sealed class GuardBypassRule : LintRule
{
    // Beyond it the comparison between sites stops, so that it stays linear.
    private const int MaxGuardedPaths = 32;

    // Paths that are tried against the regexes of one site: where it has thousands of both, the product would take minutes.
    private const int MaxTried = 200_000;

    public static readonly Rule Definition = new("CFG0320", "guard-bypass", Severity.Warning, "A guard that another route gets around")
    {
        Why =
            "A guard holds for the requests of its route. The same page is also reached by a regex route, which goes before every `path`; "
            + "by another host or port without the guard; by a route that rewrites to it; or, behind an `exact` path, with a trailing "
            + "slash. Guard those too, or let them respond with something else.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, proxy: "http://127.0.0.1:3000" }
                  - { path: /admin, proxy: "http://127.0.0.1:3000", allow: [10.0.0.0/8] }
                  - { regex: '\.(js|css)$', proxy: "http://127.0.0.1:3000", cache_control: max-age=3600 }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, proxy: "http://127.0.0.1:3000" }
                  - { path: /admin, proxy: "http://127.0.0.1:3000", allow: [10.0.0.0/8] }
                  - { path: /assets, proxy: "http://127.0.0.1:3000", cache_control: max-age=3600 }

            """,
    };

    private static readonly string[] _below = ["", "/", "/x", "/x.js", "/x.css", "/x.png", "/x.php", "/x.html", "/x.json", "/1"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var choice = new RouteChoice();
        var guarded = new Dictionary<string, Dictionary<string, (Site Site, Route Route)>>(StringComparer.Ordinal);
        Site? last = null;
        (int tried, int regexes) = (0, 0);
        foreach ((Site site, Route route, ProxyAction proxy) in spec.ProxyRoutes())
        {
            if (!route.IsFenced(site) || !Guards(route) || UpstreamPath.Of(route) is not { Client: not "/" } way)
            {
                continue;
            }

            // 1. The route's own site.
            if (!ReferenceEquals(site, last))
            {
                (last, tried, regexes) = (site, 0, site.Routes.Count(r => r.Path.Kind == PathMatcherKind.Regex));
            }

            if ((tried += regexes * _below.Length) <= MaxTried)
            {
                CheckSiblings(context, choice, site, route, proxy, way);
            }

            if (!guarded.TryGetValue(proxy.Upstream.Name, out Dictionary<string, (Site, Route)>? paths))
            {
                guarded[proxy.Upstream.Name] = paths = new Dictionary<string, (Site, Route)>(StringComparer.Ordinal);
            }

            if (way.Upstream != "/" && paths.Count < MaxGuardedPaths)
            {
                paths.TryAdd(way.Upstream, (site, route));
            }
        }

        // 2. Every open route to an upstream of which something is guarded.
        foreach ((Site site, Route route, ProxyAction proxy) in guarded.Count == 0 ? [] : spec.ProxyRoutes())
        {
            if (
                !route.IsFenced(site)
                && guarded.TryGetValue(proxy.Upstream.Name, out Dictionary<string, (Site, Route)>? paths)
                && UpstreamPath.Of(route) is { } way
                && !site.Listen.All(l => l.IsLocal())
            )
            {
                foreach ((string path, (Site guardedSite, Route guardedRoute)) in paths)
                {
                    CheckOpen(context, choice, (site, route, way), path, guardedSite, guardedRoute);
                }
            }
        }
    }

    // A guard on some methods is meant for those alone, as one for writing; but one on GET that leaves HEAD out is none.
    private static bool Guards(Route route) => route.Match.Count == 0 || (route.Match.Count == 1 && route.Match.Methods.Contains("GET"));

    private static void CheckSiblings(LintContext context, RouteChoice choice, Site site, Route route, ProxyAction proxy, UpstreamPath way)
    {
        bool exact = route.Path.Kind == PathMatcherKind.Exact;
        foreach (string path in exact ? [way.Client + "/"] : _below.Select(b => way.Client + b))
        {
            foreach (Route other in choice.Candidates(site, path))
            {
                if (
                    other.Proxy is { } open
                    && open.Upstream.Name == proxy.Upstream.Name
                    && !other.IsFenced(site)
                    && !IsException(other, way.Client)
                )
                {
                    string hint = exact
                        ? $"write 'path: {way.Client}' for it, or guard the other route too"
                        : "guard that route too, or exclude these paths from it";
                    Report(context, route, other, $"'{path}' goes around this guard: {other.Path} takes it, to the same upstream", hint);
                    return;
                }
            }
        }
    }

    private static void CheckOpen(
        LintContext context,
        RouteChoice choice,
        (Site Site, Route Route, UpstreamPath Way) open,
        string path,
        Site guardedSite,
        Route guardedRoute
    )
    {
        bool sameSite = ReferenceEquals(open.Site, guardedSite);
        bool below = RouteChoice.IsBelow(open.Way.Upstream, path);
        bool sibling = sameSite && open.Route.Rewrite is null && guardedRoute.Rewrite is null;
        bool onPurpose = below && open.Way.Upstream != path && open.Route.Rewrite is null;
        bool single = open.Route.Path.Kind == PathMatcherKind.Exact && open.Way.Upstream != path;
        if (sibling || onPurpose || single || open.Way.ClientPathOf(path) is not { } client)
        {
            return;
        }

        if (choice.Candidates(open.Site, client).Any(r => ReferenceEquals(r, open.Route)))
        {
            string where = sameSite ? $"'{client}'" : $"'{client}' of {open.Site.Hosts[0]} on {open.Site.Listen[0]}";
            Report(
                context,
                guardedRoute,
                open.Route,
                $"{where} goes around this guard: it leads to '{path}' at the same upstream",
                "guard that route too, or exclude this path from it"
            );
        }
    }

    private static bool IsException(Route other, string guarded) =>
        other.Path.Kind == PathMatcherKind.Regex
            ? RouteChoice.IsBelow(RegexShape.FirstLiteral(other.Path.Text), guarded)
            : RouteChoice.IsBelow(other.Path.Text, guarded) && other.Path.Text.TrimEnd('/') != guarded;

    private static void Report(LintContext context, Route guarded, Route open, string message, string hint)
    {
        SourceSpan place = guarded.Path.At.Span.IsSome ? guarded.Path.At.Span : guarded.At.Span;
        context.Report(
            place,
            message,
            hint,
            new RelatedSpan(open.Path.At.Span.IsSome ? open.Path.At.Span : open.At.Span, "the open route")
        );
    }
}
