using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Views;
using Confgen.Targets.Raw;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Makes the locations of one site.</summary>
internal sealed class LocationBuilder
{
    private readonly NginxBuild _build;
    private readonly Site _site;
    private readonly ServerScope _server;
    private readonly ErrorProfiles _errors;
    private readonly ProxyBuilder _proxies;
    private readonly CommonView _common;

    public LocationBuilder(NginxBuild build, Site site, ServerScope server, CommonView common)
    {
        _build = build;
        _site = site;
        _server = server;
        _errors = new ErrorProfiles(build, server);
        _proxies = new ProxyBuilder(build, site, common);
        _common = common;
    }

    /// <summary>The location that answers for a route, and those behind it, the answering one first.</summary>
    /// <param name="route">The route.</param>
    /// <param name="headers">Its response fields.</param>
    /// <param name="matcher">What stands before its brace.</param>
    /// <param name="name">The route's name, unique in the server.</param>
    public IReadOnlyList<LocationView> Build(Route route, ResponseHeaders headers, string matcher, string name)
    {
        UpstreamTarget? upstream = route.Proxy is { } forwards ? _build.Upstreams.TargetOf(forwards.Upstream) : null;
        ErrorProfile errors = _errors.Of(route, headers, name, (page, location) => Fallback(route, page, location, headers));
        var guards = new GuardBuilder(_build, _server, route, name);
        LocationView outer = new()
        {
            Matcher = matcher,
            AccessLog = Logs.Of(_build, route.Log),
            LoggedRoute = (route.Log ?? _site.Log) is { Format: AccessLogFormat.Json }
                ? _build.Text(route.Path.Text, route.Path.At.Span)
                : null,
            MaxBody = NginxUnits.Size(route.MaxBody) == _common.MaxBody ? null : NginxUnits.Size(route.MaxBody),
            Refusals = [.. guards.Refusals],
            Guards = guards.View,
            RecursiveErrors = errors.IsRecursive,
            ErrorPages = errors.Pages,
            RepeatsErrors = errors.Pages.Count > 0,
            HiddenHeaders = Hidden(headers, upstream),
            ServerHeader = ServerHeader(headers),
            Uncompressed = route.Proxy is { Sse: true } ? Compression.Of(_build, _site) : null,
        };
        List<LocationView> locations =
            route.Proxy is { FastCgi: not null } scripts && upstream is not null
                ? Scripts(route, scripts, upstream, outer, guards, headers, errors, name)
            : route.Proxy is { } proxy && upstream is not null ? Forwarding(route, proxy, upstream, outer, guards, headers, errors, name)
            : Answering(route, outer, guards, headers, errors, name);
        return RawOutput.TextOf(route.Raw.Of("nginx")) is { } raw
            ? [.. locations.Select(location => location.DoesWork ? location with { Raw = raw } : location)]
            : locations;
    }

    /// <summary>
    /// What forwards stands in a location of its own where it needs settings that the guards or the files in front must not have.
    /// </summary>
    private List<LocationView> Forwarding(
        Route route,
        ProxyAction proxy,
        UpstreamTarget upstream,
        LocationView outer,
        GuardBuilder guards,
        ResponseHeaders headers,
        ErrorProfile errors,
        string name
    )
    {
        bool splitsUpgrades =
            upstream.Family == "proxy" && proxy.WebSocket == WebSocketMode.Always && proxy.UpgradedTimeout != proxy.ReadTimeout;
        bool intercepts = route.Errors.Intercept.Count > 0;
        ProxyView Proxy(TimeSpan read) => _proxies.Of(route, proxy, upstream, read, guards.AuthHeaders) with { Intercepts = intercepts };
        if (!splitsUpgrades && !intercepts && !guards.AsksApart && proxy.FilesFirst is null)
        {
            return [guards.WithAuth(outer, headers, errors) with { Proxy = Proxy(proxy.ReadTimeout) }];
        }

        string inner = "@" + _server.Names.NewWith(ServerScope.UpgradedSuffix, name, "proxy");
        string next = inner + (splitsUpgrades ? "$" + SharedVariables.UpgradeSuffix : "");
        IReadOnlyList<LocationView> guarding = guards.InFront(outer, next, headers, errors);
        LocationView behind = Behind(route, outer, inner, errors);
        List<LocationView> locations =
        [
            .. WithFiles(route, proxy, guarding, next, headers),
            behind with
            {
                Proxy = Proxy(proxy.ReadTimeout),
            },
        ];
        if (splitsUpgrades)
        {
            locations.Add(
                behind with
                {
                    Purpose = "upgraded",
                    Matcher = inner + ServerScope.UpgradedSuffix,
                    Proxy = Proxy(proxy.UpgradedTimeout),
                }
            );
        }

        return locations;
    }

    private List<LocationView> Scripts(
        Route route,
        ProxyAction proxy,
        UpstreamTarget upstream,
        LocationView outer,
        GuardBuilder guards,
        ResponseHeaders headers,
        ErrorProfile errors,
        string name
    )
    {
        string inner = "@" + _server.Names.New(name, "script");
        LocationView behind = Behind(route, outer, inner, errors) with { HiddenHeaders = [] };
        return
        [
            .. WithFiles(route, proxy, guards.InFront(outer with { HiddenHeaders = [] }, inner, headers, errors), inner, headers),
            .. new FastCgiBuilder(_build, _site, _common).Build(
                route,
                proxy,
                upstream,
                behind,
                "@" + _server.Names.New(name, "front"),
                headers.Hidden,
                guards.AuthHeaders
            ),
        ];
    }

    // What guards let pass: it refuses nothing by itself.
    private static LocationView Behind(Route route, LocationView outer, string name, ErrorProfile errors)
    {
        bool intercepts = route.Errors.Intercept.Count > 0;
        return outer with
        {
            Matcher = name,
            Refusals = [],
            Guards = null,
            ErrorPages = intercepts ? InterceptedErrors.Of(route.Errors, errors) : outer.ErrorPages,
            RepeatsErrors = !intercepts && outer.RepeatsErrors,
        };
    }

    // The location that hands requests on looks for files first.
    private IEnumerable<LocationView> WithFiles(
        Route route,
        ProxyAction proxy,
        IReadOnlyList<LocationView> locations,
        string next,
        ResponseHeaders headers
    )
    {
        foreach (LocationView location in locations)
        {
            if (proxy.FilesFirst is not { } files || location.Dispatch != next)
            {
                yield return location;
                continue;
            }

            LocationView made = new FilesBuilder(_build, _server).BuildFirst(route, files, location);
            yield return headers.ReplacesType ? made.WithoutType() : made;
        }
    }

    private List<LocationView> Answering(
        Route route,
        LocationView outer,
        GuardBuilder guards,
        ResponseHeaders headers,
        ErrorProfile errors,
        string name
    )
    {
        if (!route.IsGuarded || route.Action is not (RespondAction or CloseAction or RedirectAction))
        {
            return [guards.WithAuth(WithAction(route, outer, name, headers), headers, errors)];
        }

        string last = "@" + _server.Names.New(name, "answer");
        return
        [
            .. guards.InFront(outer, last, headers, errors),
            WithAction(route, outer with { Purpose = "behind_guards", Matcher = last, Refusals = [], Guards = null }, name, headers),
        ];
    }

    private LocationView Fallback(Route route, ErrorPage page, string location, ResponseHeaders headers)
    {
        ProxyAction proxy = route.Proxy ?? new ProxyAction { Upstream = page.Proxy ?? new Upstream { Name = "" } };
        Upstream upstream = page.Proxy ?? proxy.Upstream;
        UpstreamTarget target = _build.Upstreams.TargetOf(upstream);
        return new LocationView
        {
            Matcher = location,
            HiddenHeaders = Hidden(headers, target),
            ServerHeader = ServerHeader(headers),
            Proxy = _proxies.Of(route, proxy, target, proxy.ReadTimeout, [], upstream),
        };
    }

    // A server hides fields for its proxies, and not for gRPC, which has directives of its own.
    private IReadOnlyList<string> Hidden(ResponseHeaders headers, UpstreamTarget? upstream) =>
        upstream?.Family != "grpc" && headers.Hidden.SequenceEqual(_server.SiteHeaders.Hidden) ? [] : headers.Hidden;

    private IReadOnlyList<ServerHeaderView> ServerHeader(ResponseHeaders headers) =>
        headers.ServerHeader.SequenceEqual(_server.SiteHeaders.ServerHeader) ? [] : headers.ServerHeader;

    private LocationView WithAction(Route route, LocationView location, string name, ResponseHeaders headers)
    {
        LocationView made = WithAction(route, location, name);
        return headers.ReplacesType ? made.WithoutType() : made;
    }

    private LocationView WithAction(Route route, LocationView location, string name) =>
        route.Action switch
        {
            RespondAction respond => location with
            {
                Return = ReturnText.Of(
                    _build,
                    respond.Status,
                    respond.Body,
                    respond.ContentType,
                    respond.At.Of(RespondFields.Body),
                    mayHaveSuffix: route.Path.Kind != PathMatcherKind.Exact || route.Path.Text.Contains('.', StringComparison.Ordinal)
                ),
            },
            CloseAction => location with { Return = new ReturnView(CloseAction.LoggedStatus) },
            RedirectAction redirect => location with
            {
                RelativeRedirects = true,
                Return = new ReturnView(redirect.Status, _build.Template(redirect.To, redirect.At.Of(RedirectFields.To))),
            },
            FilesAction files => new FilesBuilder(_build, _server).Build(route, files, location, name),
            _ => location,
        };
}
