using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Files;
using Confgen.Model.Routes;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// How routes answer nginx's own errors where it isn't by an empty body, as <c>confgen/errors.conf</c> has it: by pages of the spec, and,
/// where a route has a Server field of its own, from locations that send it, too.
/// </summary>
internal sealed class ErrorProfiles
{
    /// <summary>The errors that nginx itself raises after it has read a target, beside those of upstreams.</summary>
    private static readonly int[] _own = [401, 403, 404, 405, 413, 416, 421, 429, 500, 501];

    /// <summary>
    /// The errors of upstreams: nginx says 502 where no server is left, which is 503, and 504 of a failed connect, which is 502.
    /// </summary>
    private static readonly int[] _ofUpstream = [502, 503, 504];

    private readonly NginxBuild _build;
    private readonly ServerScope _server;
    private readonly Dictionary<string, ErrorProfile> _profiles = [];

    public ErrorProfiles(NginxBuild build, ServerScope server)
    {
        _build = build;
        _server = server;
    }

    /// <summary>The profile of a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="headers">The route's response fields.</param>
    /// <param name="name">The route's name.</param>
    /// <param name="fallback">Makes the location for a page that another upstream gives.</param>
    public ErrorProfile Of(Route route, ResponseHeaders headers, string name, Func<ErrorPage, string, LocationView> fallback)
    {
        IReadOnlyList<ServerHeaderView>? serverHeader = headers.ServerHeader.SequenceEqual(_server.SiteHeaders.ServerHeader)
            ? null
            : headers.ServerHeader;
        if (route.Errors.IsEmpty && serverHeader is null)
        {
            return ErrorProfile.Inherited;
        }

        string key = string.Join(
            '\n',
            [
                string.Join(',', route.Errors.Pages),
                route.Proxy is null ? "" : "proxied",
                headers.ReplacesType ? "typed" : "",
                .. (serverHeader ?? []).Select(header => header.ToString()),
            ]
        );
        if (_profiles.TryGetValue(key, out ErrorProfile? known))
        {
            return known;
        }

        ErrorProfile made = Make(route, headers.ReplacesType, serverHeader, name, fallback);

        // A page that proxies belongs to its route: it forwards with that route's settings.
        if (!route.Errors.Pages.Any(page => page.Proxy is not null))
        {
            _profiles.Add(key, made);
        }

        return made;
    }

    private ErrorProfile Make(
        Route route,
        bool replacesType,
        IReadOnlyList<ServerHeaderView>? serverHeader,
        string name,
        Func<ErrorPage, string, LocationView> fallback
    )
    {
        var pages = new Dictionary<int, ErrorPageView>();
        foreach (ErrorPage page in route.Errors.Pages)
        {
            AddPage(page, replacesType, serverHeader, name, fallback, pages);
        }

        if (serverHeader is not null)
        {
            string empty = "@" + _server.Names.New("empty", name);
            Add(
                new LocationView
                {
                    Matcher = empty,
                    Return = new ReturnView(200, "\"\"", "\"\"") { DropsTypes = true },
                },
                serverHeader
            );
            foreach (int status in _own.Concat(_ofUpstream).Where(status => !pages.ContainsKey(status)))
            {
                pages.Add(status, new ErrorPageView([status], empty));
            }
        }

        bool ofUpstream = route.Proxy is not null && _ofUpstream.Any(pages.ContainsKey);
        var looked = new Dictionary<int, ErrorPageView>(pages);
        if (ofUpstream)
        {
            IReadOnlyList<ErrorPageView> direct = Grouped(pages, [.. _own, .. _ofUpstream]);
            string badGateway = "@" + _server.Names.New("bad_gateway", name);
            string timeout = "@" + _server.Names.New("timeout", name);
            Add(Looking(badGateway, "no_server", 502, direct), serverHeader);
            Add(Looking(timeout, "never_connected", 504, direct), serverHeader);
            looked[502] = new ErrorPageView([502], badGateway, TakesStatus: true);
            looked[504] = new ErrorPageView([504], timeout, TakesStatus: true);
        }

        return new ErrorProfile
        {
            Pages = Grouped(looked, [.. _own, .. route.Proxy is null ? [] : _ofUpstream]),
            IsRecursive = ofUpstream || route.Errors.Pages.Any(page => page.Proxy is not null),
            PageOf = status => pages.GetValueOrDefault(status),
        };
    }

    /// <summary>The pages, one for all statuses that have the same.</summary>
    public static IReadOnlyList<ErrorPageView> Grouped(IReadOnlyDictionary<int, ErrorPageView> pages, IEnumerable<int> statuses) =>
        [
            .. statuses
                .Where(pages.ContainsKey)
                .GroupBy(status => (pages[status].Target, pages[status].TakesStatus, pages[status].Status))
                .Select(group => new ErrorPageView([.. group], group.Key.Target, group.Key.TakesStatus, group.Key.Status)),
        ];

    private void AddPage(
        ErrorPage page,
        bool replacesType,
        IReadOnlyList<ServerHeaderView>? serverHeader,
        string name,
        Func<ErrorPage, string, LocationView> fallback,
        Dictionary<int, ErrorPageView> pages
    )
    {
        // A single status goes before a class, whatever their order.
        int[] statuses =
        [
            .. Enumerable
                .Range(page.When.First, page.When.Last - page.When.First + 1)
                .Where(status => !pages.ContainsKey(status) || page.When.IsSingle),
        ];
        if (statuses.Length == 0)
        {
            return;
        }

        string when = page.When.ToString();
        string target;
        LocationView location;
        if (page.Proxy is not null)
        {
            target = "@" + _server.Names.New("fallback", name);
            location = fallback(page, target);
        }
        else if (page.File is { } file)
        {
            // A path that no client asks for: nginx sends a file only to GET, which a redirect to a path makes of any method.
            target = "/." + _server.Names.New("error", when, name);
            _build.ServesFiles = true;
            location = new LocationView
            {
                Matcher = "= " + target,
                Internal = true,
                Files = new FilesView
                {
                    IsAlias = true,
                    Path = _build.Text(file, page.At.Of(ErrorPageFields.File)),
                    Type = _build.Argument(MediaTypes.Of(file), page.At.Of(ErrorPageFields.File)),
                },
            };
        }
        else
        {
            target = "@" + _server.Names.New("error", when, name);
            location = new LocationView
            {
                Matcher = target,
                Return = ReturnText.Of(
                    _build,
                    200,
                    page.Body ?? "",
                    page.ContentType,
                    page.At.Of(ErrorPageFields.Body),
                    mayHaveSuffix: true
                ),
            };
        }

        Add(replacesType ? location.WithoutType() : location, serverHeader);
        foreach (int one in statuses)
        {
            pages[one] = new ErrorPageView([one], target, page.Status is not null || page.Proxy is not null, page.Status);
        }
    }

    private void Add(LocationView location, IReadOnlyList<ServerHeaderView>? serverHeader) =>
        _server.Locations.Add(serverHeader is null ? location : location with { ServerHeader = serverHeader });

    /// <summary>A location that finds out what nginx means by a status, and answers by the page of what it is.</summary>
    private static LocationView Looking(string name, string refusal, int otherwise, IReadOnlyList<ErrorPageView> pages) =>
        new()
        {
            Matcher = name,
            ErrorPages = pages,
            RepeatsErrors = true,
            Refusals = [new RefusalView(refusal)],
            Return = new ReturnView(otherwise),
        };
}
