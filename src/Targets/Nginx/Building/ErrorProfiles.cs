using Confgen.Model.Files;
using Confgen.Model.Routes;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// How a server answers its own errors. nginx sends HTML pages by itself; here an answer has the body that the spec gives, or none. A
/// location that answers for an error has to repeat the response headers of its route, so there is one set of them for each kind of route.
/// </summary>
internal sealed class ErrorProfiles
{
    /// <summary>The errors that nginx itself raises after it has read a target, beside those of upstreams.</summary>
    public static readonly int[] Own = [401, 403, 404, 405, 413, 416, 421, 429, 500, 501];

    /// <summary>The errors of upstreams: 504 is looked at first, because nginx gives it for a failed connect, too.</summary>
    public static readonly int[] OfUpstream = [502, 503];

    private const int Timeout = 504;

    private readonly NginxBuild _build;
    private readonly ServerScope _server;
    private readonly Dictionary<string, ErrorProfile> _profiles = [];

    public ErrorProfiles(NginxBuild build, ServerScope server)
    {
        _build = build;
        _server = server;
    }

    /// <summary>The <c>error_page</c> arguments that every server inherits.</summary>
    public static IReadOnlyList<string> Common(bool proxies) =>
    [
        Line([.. Own, .. proxies ? OfUpstream : []], "@empty"),
        "494 =431 @empty",
        .. proxies ? ["504 = @timeout"] : (string[])[],
    ];

    /// <summary>The locations that the common profile needs.</summary>
    public IEnumerable<LocationView> CommonLocations(bool proxies)
    {
        yield return Empty("@empty", null);
        if (proxies)
        {
            yield return OnTimeout("@timeout", null, null);
        }
    }

    /// <summary>The profile of a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="headers">The route's response headers where they are not the server's; else null.</param>
    /// <param name="mayHaveNoServer">Whether its upstream may have no server left.</param>
    /// <param name="name">The route's name.</param>
    /// <param name="fallback">Makes the location for a page that another upstream gives.</param>
    public ErrorProfile Of(Route route, ResponseHeaders? headers, bool mayHaveNoServer, string name, Func<ErrorPage, string, LocationView> fallback)
    {
        bool pages = !route.Errors.IsEmpty;
        if (!pages && headers is null && !mayHaveNoServer)
        {
            return ErrorProfile.Inherited;
        }

        string key = string.Join('\n',
            [pages ? string.Join(',', route.Errors.Pages) : "", mayHaveNoServer ? "1" : "", route.Proxy is null ? "" : "proxied", .. headers is null ? [] : headers.Added.Select(h => h.ToString()), .. headers is null ? [] : headers.ServerHeader.Select(h => h.ToString())]);
        if (_profiles.TryGetValue(key, out ErrorProfile? known))
        {
            return known;
        }

        ErrorProfile made = Make(route, headers, mayHaveNoServer, name, fallback);

        // A page that proxies belongs to its route: it forwards with that route's settings.
        if (!route.Errors.Pages.Any(page => page.Proxy is not null))
        {
            _profiles.Add(key, made);
        }

        return made;
    }

    private ErrorProfile Make(Route route, ResponseHeaders? headers, bool mayHaveNoServer, string name, Func<ErrorPage, string, LocationView> fallback)
    {
        var targets = new Dictionary<int, string>();
        foreach (ErrorPage page in route.Errors.Pages)
        {
            AddPage(page, headers, name, fallback, targets);
        }

        string empty = "@empty";
        if (headers is not null)
        {
            empty = "@" + _server.Names.New("empty", name);
            _server.Locations.Add(Empty(empty, headers));
        }

        bool proxied = route.Proxy is not null;
        bool pagesOfUpstream = new[] { 502, 503, Timeout }.Any(targets.ContainsKey);
        string timeout = "@timeout";
        string? noServer = null;
        IReadOnlyList<string> direct = Lines(targets, empty, proxied, timeout: null, noServer: null);
        if (proxied && (headers is not null || pagesOfUpstream))
        {
            timeout = "@" + _server.Names.New("timeout", name);
            _server.Locations.Add(OnTimeout(timeout, headers, pagesOfUpstream ? direct : null));
        }

        if (proxied && mayHaveNoServer)
        {
            noServer = "@" + _server.Names.New("no_server", name);
            _server.Locations.Add(OnNoServer(noServer, headers, pagesOfUpstream ? direct : null));
        }

        return new ErrorProfile
        {
            Pages = Lines(targets, empty, proxied, proxied ? timeout : null, noServer),
            IsRecursive = pagesOfUpstream || route.Errors.Pages.Any(page => page.Proxy is not null),
            TargetOf = status => targets.GetValueOrDefault(status, empty),
        };
    }

    /// <summary>The arguments of each <c>error_page</c>.</summary>
    private static List<string> Lines(Dictionary<int, string> targets, string empty, bool proxied, string? timeout, string? noServer)
    {
        var byTarget = new Dictionary<string, List<int>>();
        foreach (int status in (int[])[.. Own, .. proxied ? OfUpstream : [], .. proxied ? [Timeout] : (int[])[]])
        {
            string target = status switch
            {
                502 when noServer is not null => "= " + noServer,
                Timeout when timeout is not null => "= " + timeout,
                _ => targets.GetValueOrDefault(status, empty),
            };
            if (!byTarget.TryGetValue(target, out List<int>? statuses))
            {
                byTarget[target] = statuses = [];
            }

            statuses.Add(status);
        }

        List<string> lines = [.. byTarget.Select(entry => Line(entry.Value, entry.Key))];
        lines.Add("494 =431 @empty");
        return lines;
    }

    private void AddPage(ErrorPage page, ResponseHeaders? headers, string name, Func<ErrorPage, string, LocationView> fallback, Dictionary<int, string> targets)
    {
        // A single status goes before a class, whatever their order.
        int[] statuses = [.. Enumerable.Range(page.When.First, page.When.Last - page.When.First + 1).Where(status => !targets.ContainsKey(status) || page.When.IsSingle)];
        if (statuses.Length == 0)
        {
            return;
        }

        string target;
        string overwrite = page.Status is { } status ? string.Create(null, $"={status} ") : "";
        string when = page.When.ToString();
        if (page.Proxy is not null)
        {
            string location = "@" + _server.Names.New("fallback", name);
            _server.Locations.Add(fallback(page, location));
            target = "= " + location;
        }
        else if (page.File is { } file)
        {
            // A path that no client asks for: nginx sends a file only to GET, which a redirect to a path makes of any method.
            string location = "/." + _server.Names.New("error", when, name);
            _build.ServesFiles = true;
            _server.Locations.Add(WithHeaders(new LocationView
            {
                Matcher = "= " + location,
                Internal = true,
                Files = new FilesView { IsAlias = true, Path = _build.Text(file, page.At.Of("file")), Type = _build.Argument(MediaTypes.Of(file), page.At.Of("file")) },
            }, headers));
            target = overwrite + location;
        }
        else
        {
            string location = "@" + _server.Names.New("error", when, name);
            ReturnView body = ReturnText.Of(_build, 200, page.Body ?? "", page.ContentType, page.At.Of("body"), mayHaveSuffix: true);
            _server.Locations.Add(WithHeaders(new LocationView { Matcher = location, Return = body }, headers));
            target = overwrite + location;
        }

        foreach (int one in statuses)
        {
            targets[one] = target;
        }
    }

    private LocationView Empty(string name, ResponseHeaders? headers) => WithHeaders(new LocationView
    {
        Purpose = name == "@empty" ? "empty_page" : null,
        Matcher = name,
        Return = new ReturnView("200 \"\"", "\"\""),
    }, headers);

    private LocationView OnTimeout(string name, ResponseHeaders? headers, IReadOnlyList<string>? pages) => WithHeaders(new LocationView
    {
        Matcher = name,
        ErrorPages = pages ?? [],
        Refusals = [new RefusalView("never_connected", "$upstream_connect_time ~ -$", Response(502, pages))],
        Return = new ReturnView(Response(Timeout, pages), pages is null ? "\"\"" : null),
    }, headers);

    private LocationView OnNoServer(string name, ResponseHeaders? headers, IReadOnlyList<string>? pages) => WithHeaders(new LocationView
    {
        Matcher = name,
        ErrorPages = pages ?? [],
        Refusals = [new RefusalView(null, "$" + _build.Shared.NoServer, Response(503, pages))],
        Return = new ReturnView(Response(502, pages), pages is null ? "\"\"" : null),
    }, headers);

    /// <summary>The answer itself, or, where there are pages, the error that leads to one.</summary>
    private string Response(int status, IReadOnlyList<string>? pages) => string.Create(null, $"{status}{(pages is null ? " $" + _build.Shared.Empty : "")}");

    private LocationView WithHeaders(LocationView location, ResponseHeaders? headers)
    {
        LocationView own = (headers ?? _server.SiteHeaders).ReplacesType ? location.WithoutType() : location;
        return headers is null ? own : own with { ResponseHeaders = headers.Added, ServerHeader = headers.ServerHeader };
    }

    private static string Line(IEnumerable<int> statuses, string target) => string.Join(' ', statuses) + " " + target;
}
