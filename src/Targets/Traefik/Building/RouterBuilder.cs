using Confgen.Compiler.Rendering;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Targets.Traefik.Syntax;
using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik.Building;

/// <summary>
/// Makes routers of sites and routes, in the order in which they are tried: Traefik would try those with longer rules first, so that each
/// gets its priority.
/// </summary>
internal sealed class RouterBuilder
{
    /// <summary>The service of what never leaves Traefik.</summary>
    public const string Nowhere = "noop@internal";

    /// <summary>Who gets certificates.</summary>
    public const string Resolver = "acme";

    private readonly RenderContext _context;
    private readonly Middlewares _middlewares;
    private readonly ServiceBuilder _services;
    private readonly TlsBuilder _tls;
    private readonly RoutingPaths _paths;
    private readonly RuleWriter _rules;
    private readonly RouteChain _chain;
    private readonly TraefikNames _names = new();
    private readonly List<RouterView> _routers = [];
    private readonly bool _logs;

    public RouterBuilder(RenderContext context, Middlewares middlewares, ServiceBuilder services, TlsBuilder tls)
    {
        (_context, _middlewares, _services, _tls) = (context, middlewares, services, tls);
        _paths = new RoutingPaths(context.Version);
        _rules = new RuleWriter(context, _paths);
        _chain = new RouteChain(context, middlewares, new TraefikTexts(context));
        _logs = AccessLogs.Of(context.Spec) is not null;
    }

    /// <summary>All routers.</summary>
    public IReadOnlyList<RouterView> Build()
    {
        AddRefusals();
        IReadOnlyList<HostGroup> groups = HostGroup.Of(_context.Spec);
        foreach (HostGroup group in groups)
        {
            if (group.Redirects && group.Site.RedirectHttp is { } redirect)
            {
                Add(group, "to https", TraefikNames.Of(group.Site) + "-to-https", [], [_chain.ToHttps(group.Site, redirect)]);
            }
            else
            {
                AddSite(group, groups);
            }
        }

        return [.. _routers.Select((router, at) => router with { Priority = _routers.Count - at })];
    }

    // What no site gets, whatever its routes.
    private void AddRefusals()
    {
        ListenerModel[] serving = [.. Listeners.Of(_context.Spec).Where(static listener => listener.Sites.Count > 0)];
        foreach (IGrouping<bool, ListenerModel> listeners in serving.GroupBy(static listener => listener.HasTls))
        {
            string suffix = listeners.Key ? "-tls" : "";
            var router = new RouterView
            {
                Name = "refused-path" + suffix,
                About = "Paths with `..`, which clients resolve.",
                EntryPoints = [.. listeners.Select(EntryPoints.NameOf)],
                Rule = TraefikQuoting.Scalar(RuleWriter.Matches(RoutingPaths.Ambiguous)),
                Priority = 0,
                Middlewares = [_middlewares.Refuse(400)],
                Service = Nowhere,
                Tls = listeners.Key,
            };
            _routers.Add(router);
            _routers.Add(
                router with
                {
                    Name = "refused-method" + suffix,
                    About = "A method that repeats what it is sent.",
                    Rule = TraefikQuoting.Scalar("Method(`TRACE`)"),
                    Middlewares = [_middlewares.Refuse(405)],
                }
            );
        }
    }

    private void AddSite(HostGroup group, IReadOnlyList<HostGroup> groups)
    {
        Site site = group.Site;
        string name = TraefikNames.Of(site);
        string[] refused =
        [
            .. LenientPathRegex.Matters(site) ? (string[])[_paths.Lenient] : [],
            .. site.Routes.Any(static route => route.Path.Kind == PathMatcherKind.Regex) ? (string[])[_paths.Unclean] : [],
        ];
        if (refused.Length > 0)
        {
            string rule = RuleWriter.Any([.. refused.Select(RuleWriter.Matches)]);
            Add(group, "paths that could be read in several ways", name + "-refused", [rule], [_middlewares.Refuse(400)]);
        }

        Route[] routes = [.. RouteTable.InOrder(site.Routes)];
        long limit = routes.Any(static route => route.MaxBody == 0) ? 0 : routes.Max(static route => route.MaxBody);
        if (limit > 0)
        {
            AddLimit(group, limit, name + "-limit", []);
        }

        foreach (Route route in routes)
        {
            AddRoute(group, route, limit);
        }

        if (RouteTable.LeavesRest(site.Routes) && (_chain.Responses(site, RouteTable.NoRoute).Any() || IsWithin(group, groups)))
        {
            Add(group, "no route", name + "-rest", [], _chain.Of(site, RouteTable.NoRoute));
        }
    }

    /// <param name="group">The hosts.</param>
    /// <param name="route">The route.</param>
    /// <param name="limit">The limit on bodies that holds for all routes; 0 for none.</param>
    private void AddRoute(HostGroup group, Route route, long limit)
    {
        Site site = group.Site;
        string name = TraefikNames.Of(site, route);
        string[] conditions = [_rules.Path(route.Path), .. _rules.Of(route.Match)];
        if (route.MaxBody > 0 && route.MaxBody != limit)
        {
            AddLimit(group, route.MaxBody, name + "-limit", conditions);
        }

        if (route.Access.Deny.Count > 0)
        {
            Add(
                group,
                $"{route.Path}, denied",
                name + "-denied",
                [.. conditions, RuleWriter.Clients(route.Access.Deny)],
                [.. _chain.Responses(site, route), _middlewares.Refuse(403)]
            );
        }

        Add(
            group,
            route.Path.ToString(),
            name,
            conditions,
            _chain.Of(site, route),
            route.Proxy is { } proxy ? _services.Of(site, proxy) : Nowhere,
            (route.Log ?? site.Log) is not { Format: not AccessLogFormat.Off }
        );
    }

    // The fields of the site are those that each of its responses has.
    private void AddLimit(HostGroup group, long limit, string name, IReadOnlyList<string> conditions) =>
        Add(
            group,
            "bodies over the limit",
            name,
            [.. conditions, RuleWriter.LongerThan(limit)],
            [.. _chain.Responses(group.Site, RouteTable.NoRoute), _middlewares.Refuse(413)]
        );

    private void Add(
        HostGroup group,
        string about,
        string name,
        IReadOnlyList<string> conditions,
        IReadOnlyList<string> middlewares,
        string service = Nowhere,
        bool unlogged = false
    )
    {
        Site site = group.Site;
        bool tls = !group.Redirects && site.Tls is not null;
        _routers.Add(
            new RouterView
            {
                Name = _names.Unique(name),
                About = new string([.. $"{site.Hosts[0]}, {about}".Select(static c => c is < ' ' or > '~' or '{' or '}' ? ' ' : c)]),
                EntryPoints = [.. group.On.Select(EntryPoints.NameOf)],
                Rule = TraefikQuoting.Scalar(RuleWriter.All([RuleWriter.Hosts(group.Hosts), .. conditions])),
                Priority = 0,
                Middlewares = middlewares,
                Service = service,
                Tls = tls,
                TlsOptions = tls ? _tls.Of(site) : null,
                Resolver = tls && site.Tls?.Source == CertificateSource.Auto ? Resolver : null,
                Unlogged = unlogged && _logs && _context.Version >= TraefikVersions.KeepsLocation,
            }
        );
    }

    // Whether another site's rule takes these hosts, too.
    private static bool IsWithin(HostGroup group, IReadOnlyList<HostGroup> groups) =>
        !group.IsAny
        && groups.Any(other => other.Rank < group.Rank && !ReferenceEquals(other.Site, group.Site) && other.On.Intersect(group.On).Any());
}
