using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Makes the server of a site.</summary>
internal sealed class SiteBuilder(NginxBuild build, Listeners listeners, CommonView common)
{
    public ServerView Build(Site site)
    {
        string name = build.SiteNames.Of(site);
        ResponseHeaders headers = HeadersOf(site);
        var scope = new ServerScope(name, headers);
        var errors = new ErrorProfiles(build, scope);
        bool proxies = site.Routes.Any(route => route.Proxy is not null || route.ForwardAuth is not null);
        var locations = new LocationBuilder(build, site, scope, headers, errors, common);
        List<LocationView> routes = Routes(site, scope, locations);
        string head = NginxUnits.Size(site.Limits.Head);
        return new ServerView
        {
            Listens = listeners.Of(site),
            Names = Names(site),
            Http2 = site.Http2 && build.Features.Http2Directive && site.Tls is not null,
            Tls = site.Tls is { } tls ? Tls(tls) : null,
            Common = build.IsInclude ? common with { Head = head } : null,
            Head = build.IsInclude || head == common.Head ? null : head,
            AccessLog = Logs.Of(build, site.Log),
            LoggedRoute = site.Routes.Any(route => (route.Log ?? site.Log) is { Format: AccessLogFormat.Json }) ? "$" + build.Shared.LoggedRoute : null,
            Types = build.IsInclude && site.Routes.Any(route => route.Action is FilesAction) ? MediaTypes : [],
            Compression = Compression.Of(build, site),

            // Distributions turn it on for all.
            Uncompressed = build.IsInclude && !site.Compress.Contains(ContentCoding.Gzip) ? new CompressionView(true, false, false, "") : null,
            ResponseHeaders = headers.Added,
            HiddenHeaders = headers.Hidden,
            ServerHeader = headers.ServerHeader,
            Refusals = Refusals(site, name),
            Locations = [.. routes, .. scope.Locations, .. errors.CommonLocations(proxies)],
        };
    }

    /// <summary>The lines of <c>types</c>.</summary>
    public static IReadOnlyList<string> MediaTypes { get; } = [.. Model.Files.MediaTypes.All.Select(row => NginxQuoting.Argument(row.Type).Text + " " + string.Join(' ', row.Suffixes))];

    /// <summary>TLS towards clients.</summary>
    public ServerTlsView Tls(SiteTls tls) => new()
    {
        Certificate = build.Text(tls.Cert ?? "", tls.At.Of("cert")),
        Key = build.Text(tls.Key ?? "", tls.At.Of("key")),
        Protocols = tls.MinVersion == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2 TLSv1.3",
        Ciphers = tls.Ciphers.Count == 0 ? null : build.Argument(string.Join(':', tls.Ciphers), tls.At.Of("ciphers")),
        ClientCa = tls.ClientCa is { } ca ? build.Argument(ca, tls.At.Of("client_ca")) : null,
    };

    /// <summary>The arguments of <c>server_name</c>. A star stands for one label, which nginx's own star does not.</summary>
    public string Names(Site site) => string.Join(' ', site.Hosts.Select(host => build.Use(NameOf(host), site.At.Of("host"))));

    private static NginxQuoted NameOf(HostPattern host) => host.Kind switch
    {
        HostPatternKind.Exact => NginxQuoting.Argument(host.Name),
        HostPatternKind.Wildcard => NginxQuoting.RegexKey(WildcardRegex(host)),
        _ => NginxQuoting.Argument("_"),
    };

    /// <summary>A regex for the names of a wildcard.</summary>
    public static string WildcardRegex(HostPattern host) => @"^[^.]+\." + NginxQuoting.EscapeRegex(host.Name) + "$";

    private ResponseHeaders HeadersOf(Site site)
    {
        var headers = new ResponseHeaders(build);
        if (site.Hsts is { } hsts)
        {
            headers.Set("Strict-Transport-Security", "$" + Hsts(NginxQuoting.HeaderValue(hsts.HeaderValue).Text));
        }

        if (site.Http3 && site.Listen.FirstOrDefault(l => l.SocketPath is null) is { } listen)
        {
            headers.Set("Alt-Svc", string.Create(null, $"'h3=\":{listen.Port}\"; ma=86400'"));
        }

        if (site.Routes.Any(route => route.Proxy is { WebSocket: not WebSocketMode.Never }))
        {
            headers.Add("Upgrade", "$" + build.Shared.UpgradedTo);
        }

        headers.Apply(site.Headers.Response, upstream: null);
        return headers;
    }

    // RFC 6797, section 7.2: never over plain HTTP, as in the 400 to a plain request on a TLS port.
    private string Hsts(string value) => build.Map("hsts", new MapView
    {
        Purpose = "hsts",
        Source = "$scheme",
        Variable = "",
        Lines = [new MapLineView("default", "\"\""), new MapLineView("https", value)],
    });

    private List<RefusalView> Refusals(Site site, string name)
    {
        string empty = "$" + build.Shared.Empty;
        List<RefusalView> refusals = [new RefusalView(null, "$" + build.Shared.BadRequest, "400 " + empty)];
        if (listeners.SiteBySni(site) is { } variable)
        {
            refusals.Add(new RefusalView("misdirected", $"${variable} !~ ^(?:{name})?$", "421 " + empty));
        }

        return refusals;
    }

    private List<LocationView> Routes(Site site, ServerScope scope, LocationBuilder builder)
    {
        IReadOnlyList<IReadOnlyList<Route>> groups = RouteGroups.Of(site.Routes);
        var names = new Dictionary<Route, string>(ReferenceEqualityComparer.Instance);
        foreach (Route route in groups.SelectMany(group => group))
        {
            names.Add(route, scope.Names.New(route.Path.IsEverything ? "root" : route.Path.Text));
        }

        var jumped = new HashSet<Route>(ReferenceEqualityComparer.Instance);
        var dispatch = new Dictionary<IReadOnlyList<Route>, string>(ReferenceEqualityComparer.Instance);
        bool needsNotFound = false;
        for (int i = 0; i < groups.Count; i++)
        {
            if (groups[i][0].Match.Count == 0)
            {
                continue;
            }

            // Where none of this path's routes has to take the request, those of the paths behind it are tried.
            List<Route> candidates = Candidates(groups, i, out bool complete);
            needsNotFound |= !complete;
            jumped.UnionWith(candidates);
            dispatch[groups[i]] = new Dispatch(build).VariableOf(names[groups[i][0]], [.. candidates.Select(route => (route, names[route]))], groups[i].Count, ServerScope.NotFound);
        }

        var locations = new List<LocationView>();
        var named = new List<LocationView>();
        foreach (IReadOnlyList<Route> group in groups)
        {
            string matcher = PathRegex.Location(build, group[0].Path);
            string? about = group[0].Path is { Kind: PathMatcherKind.Prefix, IsEverything: false } prefix ? NginxBuild.Comment(prefix.Text) : null;
            if (dispatch.TryGetValue(group, out string? variable))
            {
                locations.Add(new LocationView { Purpose = LocationBuilder.RoutePurpose, About = about, Matcher = matcher, Dispatch = "@$" + variable });
            }
            else if (jumped.Contains(group[0]))
            {
                locations.Add(new LocationView { Purpose = LocationBuilder.RoutePurpose, About = about, Matcher = matcher, Dispatch = "@" + names[group[0]] });
            }
            else
            {
                locations.AddRange(builder.Build(group[0], matcher, names[group[0]], about));
            }
        }

        foreach (Route route in groups.SelectMany(group => group).Where(jumped.Contains))
        {
            named.AddRange(builder.Build(route, "@" + names[route], names[route], null));
        }

        if (!groups.Any(group => group[0].Path.IsEverything))
        {
            locations.Add(new LocationView { Matcher = "/", Return = new ReturnView("404 $" + build.Shared.Empty, "\"\"") });
        }

        if (needsNotFound)
        {
            named.Add(new LocationView { Matcher = "@" + ServerScope.NotFound, Return = new ReturnView("404 $" + build.Shared.Empty, "\"\"") });
        }

        return [.. locations, .. named];
    }

    /// <summary>The routes that a path's requests may go to, in order; up to the first that takes them whatever their conditions.</summary>
    private static List<Route> Candidates(IReadOnlyList<IReadOnlyList<Route>> groups, int first, out bool complete)
    {
        var candidates = new List<Route>();
        for (int i = first; i < groups.Count; i++)
        {
            foreach (Route route in groups[i])
            {
                candidates.Add(route);
                complete = route.Match.Count == 0 && (i == first || route.Path.IsEverything);
                if (complete)
                {
                    return candidates;
                }
            }
        }

        complete = false;
        return candidates;
    }
}
