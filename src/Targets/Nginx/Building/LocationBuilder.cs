using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Makes the locations of one site.</summary>
internal sealed class LocationBuilder
{
    /// <summary>The purpose of a location that takes a route's requests.</summary>
    public const string RoutePurpose = "route";

    private readonly NginxBuild _build;
    private readonly Site _site;
    private readonly ServerScope _server;
    private readonly ResponseHeaders _siteHeaders;
    private readonly ErrorProfiles _errors;
    private readonly TargetMaps _targets;
    private readonly CommonView _common;

    public LocationBuilder(NginxBuild build, Site site, ServerScope server, ResponseHeaders siteHeaders, ErrorProfiles errors, CommonView common)
    {
        _build = build;
        _site = site;
        _server = server;
        _siteHeaders = siteHeaders;
        _errors = errors;
        _targets = new TargetMaps(build);
        _common = common;
    }

    /// <summary>The location that answers for a route, and those behind it, the answering one first.</summary>
    /// <param name="route">The route.</param>
    /// <param name="matcher">What stands before its brace.</param>
    /// <param name="name">The route's name, unique in the server.</param>
    /// <param name="about">The path whose requests it takes, for a comment; or null.</param>
    public IReadOnlyList<LocationView> Build(Route route, string matcher, string name, string? about)
    {
        ProxyAction? proxy = route.Proxy;
        UpstreamTarget? upstream = proxy is null ? null : _build.Upstreams.TargetOf(proxy.Upstream);
        ResponseHeaders headers = HeadersOf(route, upstream);
        bool sameHeaders = headers.IsSame(_siteHeaders);
        ErrorProfile errors = _errors.Of(route, sameHeaders ? null : headers, upstream?.MayHaveNoServer ?? false, name,
            (page, location) => Fallback(route, page, location, headers, sameHeaders));
        var guards = new GuardBuilder(_build, _server, route, name);
        LocationView outer = new()
        {
            Purpose = RoutePurpose,
            About = about,
            Matcher = matcher,
            AccessLog = Logs.Of(_build, route.Log),
            LoggedRoute = (route.Log ?? _site.Log) is { Format: AccessLogFormat.Json } ? new HeaderView("$" + _build.Shared.LoggedRoute, _build.Text(route.Path.Text, route.Path.At.Span)) : null,
            MaxBody = NginxUnits.Size(route.MaxBody) == _common.MaxBody ? null : NginxUnits.Size(route.MaxBody),
            Refusals = [.. guards.Refusals],
            Guards = guards.View,
            RecursiveErrors = errors.IsRecursive,
            ErrorPages = errors.Pages,
            ResponseHeaders = sameHeaders ? [] : headers.Added,
            HiddenHeaders = sameHeaders ? [] : headers.Hidden,
            ServerHeader = sameHeaders ? [] : headers.ServerHeader,
            Uncompressed = proxy is { Sse: true } ? Compression.Of(_build, _site) : null,
        };
        ResponseHeaders? own = sameHeaders ? null : headers;
        bool splitsGuards = route.ForwardAuth is not null && (route.BasicAuth is not null || !route.Access.IsOpen);
        if (route.IsGuarded && route.Action is RespondAction or RedirectAction)
        {
            return BehindGuards(splitsGuards);
        }

        if (proxy is null || upstream is null)
        {
            return [guards.WithAuth(outer, own, errors, location => WithAction(route, location, name, headers))];
        }

        bool splitsUpgrades = upstream.Family == "proxy" && proxy.WebSocket == WebSocketMode.Always && proxy.UpgradedTimeout != proxy.ReadTimeout;
        bool intercepts = route.Errors.Intercept.Count > 0;
        if (!splitsUpgrades && !intercepts && !splitsGuards)
        {
            return [guards.WithAuth(outer, own, errors, location => location with { Proxy = Proxy(route, proxy, upstream, proxy.ReadTimeout, guards.AuthHeaders) })];
        }

        // What guards the route stays in front; what forwards stands in a location of its own.
        string inner = "@" + _server.Names.NewWith(ServerScope.UpgradedSuffix, name, "proxy");
        List<LocationView> locations = [outer with { Dispatch = inner + (splitsUpgrades ? "$" + UpgradeSuffix : "") }];
        LocationView behind = outer with { Purpose = null, Matcher = inner, Refusals = [], Guards = null, ErrorPages = intercepts ? Intercepted(route.Errors, errors) : outer.ErrorPages };
        locations.Add(Behind(behind, proxy.ReadTimeout));
        if (splitsUpgrades)
        {
            locations.Add(Behind(behind with { Purpose = "upgraded", Matcher = inner + ServerScope.UpgradedSuffix }, proxy.UpgradedTimeout));
        }

        return locations;

        List<LocationView> BehindGuards(bool asksApart)
        {
            string last = "@" + _server.Names.New(name, "answer");
            LocationView response = WithAction(route, outer with { Purpose = "behind_guards", Matcher = last, Refusals = [], Guards = null }, name, headers);
            if (!asksApart)
            {
                return [guards.WithAuth(outer with { Dispatch = last }, own, errors, static location => location), response];
            }

            string asked = "@" + _server.Names.New(name, "asked");
            LocationView asking = outer with { Purpose = null, Matcher = asked, Refusals = [], Guards = null, Dispatch = last };
            return [outer with { Dispatch = asked }, guards.WithAuth(asking, own, errors, static location => location), response];
        }

        LocationView Behind(LocationView location, TimeSpan read) => guards.WithAuth(location, own, errors, action =>
            action with { Proxy = Proxy(route, proxy, upstream, read, guards.AuthHeaders) with { Intercepts = intercepts } });
    }

    /// <summary>How a request is forwarded.</summary>
    private ProxyView Proxy(Route route, ProxyAction proxy, UpstreamTarget upstream, TimeSpan read, IReadOnlyList<HeaderView> authHeaders, bool rewrites = true, Upstream? other = null)
    {
        Upstream servers = other ?? proxy.Upstream;
        string? host = proxy.Host.Kind switch
        {
            HostHeaderKind.Literal => _build.Text(proxy.Host.Literal ?? "", proxy.At.Of("host")),
            HostHeaderKind.Upstream => _build.Text(upstream.HostPort ?? "", proxy.At.Of("host")),
            _ => null,
        };
        IReadOnlyList<HeaderView> variables = [];
        bool upgrades = proxy.WebSocket != WebSocketMode.Never && servers.Scheme != ServerScheme.H2c;
        HeaderEdits[] rules = [_site.Headers.Request, route.Headers.Request];
        string connect = NginxUnits.Time(proxy.Timeouts.Connect);
        string readTime = NginxUnits.Time(read);
        bool upgraded = proxy.WebSocket != WebSocketMode.Never && read != proxy.ReadTimeout;
        TimeSpan send = upgraded && proxy.Timeouts.Send < read ? read : proxy.Timeouts.Send;
        return new ProxyView
        {
            Family = upstream.Family,
            Pass = rewrites ? _targets.Url(upstream, route) : _build.Use(upstream.Url().ToQuoted(), route.At.Span),
            HttpVersion = servers.Scheme == ServerScheme.H2c && upstream.Family == "proxy" ? "2" : null,
            Headers = upstream.Family == "grpc"
                ? _build.RequestHeaders.OfGrpc(host ?? "$" + _build.Shared.ClientHost, rules, upstream.HostPort, authHeaders)
                : _build.RequestHeaders.Of(host, upgrades, rules, upstream.HostPort, authHeaders, out variables),
            Variables = variables,
            BuffersResponse = upstream.Family == "proxy" && servers.Buffers?.Read is not null && !proxy.Sse && proxy.FlushInterval is null,
            BuffersRequest = route.Errors.Pages.Any(page => page.Proxy is not null),
            ConnectTimeout = connect == _common.Proxy?.ConnectTimeout && upstream.Family == "proxy" ? null : connect,
            ResolverTimeout = _common.ResolverTimeout is { } common && common != connect ? connect : null,
            SendTimeout = NginxUnits.Time(send) == "60s" ? null : NginxUnits.Time(send),
            ReadTimeout = readTime == "60s" ? null : readTime,
            NextUpstream = !upstream.HasSeveral ? null : servers.Retries == 0 ? "off" : Passive(servers.PassiveHealth),
            Tries = upstream.HasSeveral && servers.Retries > 0 && (servers.Retries + 1 != _common.Proxy?.Tries || upstream.Family == "grpc") ? servers.Retries + 1 : null,
            Buffers = servers.Buffers is { } buffers ? Buffers(buffers) : null,
            Tls = upstream.TlsName is { } tlsName ? Tls(servers.Tls, tlsName) : null,
        };
    }

    private LocationView Fallback(Route route, ErrorPage page, string location, ResponseHeaders headers, bool sameHeaders)
    {
        ProxyAction proxy = route.Proxy ?? new ProxyAction { Upstream = page.Proxy ?? new Upstream { Name = "" } };
        Upstream upstream = page.Proxy ?? proxy.Upstream;
        UpstreamTarget target = _build.Upstreams.TargetOf(upstream);
        return new LocationView
        {
            Matcher = location,
            ResponseHeaders = sameHeaders ? [] : headers.Added,
            HiddenHeaders = sameHeaders ? [] : headers.Hidden,
            ServerHeader = sameHeaders ? [] : headers.ServerHeader,
            Proxy = Proxy(route, proxy, target, proxy.ReadTimeout, [], rewrites: false, upstream) with { BuffersRequest = false },
        };
    }

    private LocationView WithAction(Route route, LocationView location, string name, ResponseHeaders headers)
    {
        LocationView made = WithAction(route, location, name);
        return headers.ReplacesType ? made.WithoutType() : made;
    }

    private LocationView WithAction(Route route, LocationView location, string name) => route.Action switch
    {
        RespondAction respond => location with
        {
            Return = ReturnText.Of(_build, respond.Status, respond.Body, respond.ContentType, respond.At.Of("body"),
                mayHaveSuffix: route.Path.Kind != PathMatcherKind.Exact || route.Path.Text.Contains('.', StringComparison.Ordinal)),
        },
        RedirectAction redirect => location with
        {
            RelativeRedirects = true,
            Return = new ReturnView(string.Create(null, $"{redirect.Status} {_build.Template(redirect.To, redirect.At.Of("to"))}"), null),
        },
        FilesAction files => new FilesBuilder(_build, _server).Build(route, files, location, name),
        _ => location,
    };

    private ResponseHeaders HeadersOf(Route route, UpstreamTarget? upstream)
    {
        var headers = new ResponseHeaders(_siteHeaders);
        if (upstream?.SetCookie is { } cookie)
        {
            headers.Add("Set-Cookie", cookie);
        }

        if (route.Action is FilesAction files)
        {
            headers.Add("Allow", "$" + AllowedForFiles);
            if (files.Precompressed.Count > 0)
            {
                // gzip_vary speaks only where a compressed file is found: a cache must know before.
                headers.Add("Vary", "$" + VaryOfFiles);
            }
        }

        if (route.Cors is { } cors)
        {
            new CorsBuilder(_build).Apply(cors, headers);
        }

        if (route.CacheControl is { } cache)
        {
            headers.Set("Cache-Control", "$" + CacheControl(_build.Text(cache, route.At.Of("cache_control")), proxied: upstream is not null));
        }

        headers.Apply(route.Headers.Response, upstream?.HostPort);
        return headers;
    }

    // An error page must not be cached for as long as what it stands for: errors keep what the upstream says of them.
    private string CacheControl(string value, bool proxied) => _build.Map("cache_control", new MapView
    {
        Purpose = "cache_control",
        Source = "$status",
        Variable = "",
        Lines = [new MapLineView("default", proxied ? "$upstream_http_cache_control" : "\"\""), new MapLineView("\"~^(?:2|30[1-478])\"", value)],
    });

    // RFC 9110, section 15.5.6: a 405 tells what is allowed. An empty header is not sent.
    private string AllowedForFiles => _build.Map("allow_for_files", new MapView
    {
        Purpose = "allow_for_files",
        Source = "$request_method",
        Variable = "",
        Lines = [new MapLineView("default", "\"GET, HEAD\""), new MapLineView("\"~^(?:GET|HEAD)$\"", "\"\"")],
    });

    private string VaryOfFiles => _build.Map("vary_of_files", new MapView
    {
        Source = "$status",
        Variable = "",
        Lines = [new MapLineView("default", "Accept-Encoding"), new MapLineView("\"~^[45]\"", "\"\"")],
    });

    private string UpgradeSuffix => _build.Map("upgrade_suffix", new MapView
    {
        Source = "$" + _build.Shared.Upgrade,
        Variable = "",
        Lines = [new MapLineView("default", "\"\""), new MapLineView("websocket", ServerScope.UpgradedSuffix)],
    });

    /// <summary>Only what is intercepted may stand here: nginx would replace every status of the upstream that has a page.</summary>
    private static List<string> Intercepted(ErrorRules errors, ErrorProfile profile)
    {
        var byTarget = new Dictionary<string, List<int>>();
        var statuses = new SortedSet<int>();
        foreach (StatusPattern pattern in errors.Intercept)
        {
            // nginx has pages for 300 to 599, and none for 499.
            statuses.UnionWith(Enumerable.Range(Math.Max(300, pattern.First), Math.Max(0, pattern.Last - Math.Max(300, pattern.First) + 1)).Where(status => status != 499));
        }

        foreach (ErrorPage page in errors.Pages)
        {
            statuses.UnionWith(new[] { 502, 503, 504 }.Where(page.When.Matches));
        }

        foreach (int status in statuses)
        {
            string target = profile.TargetOf(status);

            // nginx takes 494 to 497 for errors of its own, which it would make 400 of.
            target = status is >= 494 and <= 497 && !target.StartsWith('=') ? string.Create(null, $"={status} {target}") : target;
            if (!byTarget.TryGetValue(target, out List<int>? list))
            {
                byTarget[target] = list = [];
            }

            list.Add(status);
        }

        return [.. byTarget.Select(entry => string.Join(' ', entry.Value) + " " + entry.Key)];
    }

    private static string? Passive(PassiveHealth? passive)
    {
        if (passive is null || passive.Status.Count == 0)
        {
            return null;
        }

        int[] counted = [403, 404, 429, 500, 502, 503, 504];
        return "error timeout" + string.Concat(counted.Where(status => passive.Status.Any(pattern => pattern.Matches(status))).Select(status => string.Create(null, $" http_{status}")));
    }

    // The room for the head of an answer, as in the common settings.
    private const long HeadOfResponse = 32 * 1024;

    private static BuffersView Buffers(UpstreamBuffers buffers)
    {
        string? write = buffers.Write is { } size ? NginxUnits.Size(size) : null;
        if (buffers.Read is not { } read)
        {
            return new BuffersView(null, null, null, write);
        }

        const int Count = BuffersView.Count;
        const long Page = 4096;
        const long Least = HeadOfResponse / (Count / 2);
        long each = Math.Max(Least, (read + Count - 1) / Count);
        each = (each + Page - 1) / Page * Page;
        long head = Math.Max(each, HeadOfResponse);

        // The default of the busy ones counts the head's buffer, and nginx doesn't start where that is more than all buffers but one.
        return new BuffersView(
            NginxUnits.Size(each),
            head != HeadOfResponse ? NginxUnits.Size(head) : null,
            each != HeadOfResponse ? NginxUnits.Size(Math.Max(head, 2 * each)) : null,
            write);
    }

    private ProxyTlsView Tls(UpstreamTls tls, string name) => new()
    {
        Name = _build.Text(name, tls.At.Of("server_name")),
        Trusted = !tls.Verify ? null : _build.Argument(tls.Ca ?? _build.Settings.Trusted, tls.At.Of("ca")),
        Certificate = tls.Cert is { } cert ? _build.Text(cert, tls.At.Of("cert")) : null,
        Key = tls.Key is { } key ? _build.Text(key, tls.At.Of("key")) : null,
    };
}
