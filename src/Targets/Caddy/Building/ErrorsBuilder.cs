using System.Globalization;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Collects what <c>handle_errors</c> of a site has to do: header rules hold for errors, too, and Caddy forgets them there; and the pages.
/// A site has one <c>handle_errors</c>, so routes mark their requests where it must distinguish them.
/// </summary>
internal sealed class ErrorsBuilder(
    CaddyQuoter texts,
    ProxyBuilder proxies,
    RouteBuilder routes,
    ResponseHeaders headers,
    Site site,
    bool alone
)
{
    private readonly List<ErrorMatcherView> _matchers = [];
    private readonly List<HeaderRulesView> _headers = [];
    private readonly List<ErrorPageView> _pages = [];
    private readonly List<string> _retrying = [];
    private readonly bool _hidesFailures = site.Routes.Any(route => route.Proxy is { } proxy && proxies.PassesOverFailed(proxy.Upstream));
    private readonly bool _hidesAll = site.Routes.All(route => route.Proxy is not { } proxy || proxies.PassesOverFailed(proxy.Upstream));
    private bool _raises;

    /// <summary>The placeholder of an error's status.</summary>
    private string StatusKey => _hidesFailures ? "{http.vars.status}" : "{http.error.status_code}";

    /// <summary>What is to be done, or null for nothing.</summary>
    public ErrorsView? View
    {
        get
        {
            List<HeaderRulesView> all = _raises ? [.. headers.Shared.Blocks, .. _headers] : _headers;
            return all.Count == 0 && _pages.Count == 0 && !_hidesFailures
                ? null
                : new ErrorsView
                {
                    Headers = all,
                    Matchers = _matchers,
                    Pages = _pages,
                    HidesFailures = _hidesFailures,
                    Retrying = _hidesAll ? null : _retrying,
                };
        }
    }

    /// <summary>Adds a route, and gives the name that it must mark its requests with; or null.</summary>
    public string? Add(Route route, string name)
    {
        bool raises = Raises(route);
        _raises |= raises;
        bool retries = !_hidesAll && route.Proxy is { } proxy && proxies.PassesOverFailed(proxy.Upstream);
        _retrying.AddRange(retries ? [name] : []);
        if (!raises || (headers.Of(route).Blocks.Count == 0 && route.Errors.IsEmpty && route.Cors is null))
        {
            return retries ? name : null;
        }

        string marked = alone ? "" : "@" + name + " ";
        if ((headers.Of(route).Blocks.Count > 0 || route.Cors is not null) && !alone)
        {
            _matchers.Add(new ErrorMatcherView("@" + name, name, null, Expression: null));
        }

        foreach (PresenceView presence in headers.Of(route).Blocks.Select(static rules => rules.Presence).OfType<PresenceView>())
        {
            if (!alone)
            {
                _matchers.Add(new ErrorMatcherView($"@{name}-{presence.Name}", name, null, presence.Expression));
            }
        }

        _headers.AddRange(
            headers
                .Of(route)
                .Blocks.Select(rules =>
                    rules with
                    {
                        Matcher =
                            rules.Presence is not { } presence ? marked
                            : alone ? rules.Matcher
                            : $"@{name}-{presence.Name} ",
                    }
                )
        );
        if (route.Cors is { } cors)
        {
            AddCors(routes.Cors(cors), name, marked);
        }

        int count = 0;
        foreach (ErrorPage page in route.Errors.Pages.OrderBy(static page => page.When.IsSingle ? 0 : 1))
        {
            _pages.Add(
                Page(
                    route,
                    page,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"@{name}-error{(count++ == 0 ? "" : "-" + count.ToString(CultureInfo.InvariantCulture))}"
                    ),
                    alone ? null : name
                )
            );
        }

        return alone ? null : name;
    }

    // Scripts of another origin may read an error only where it says so.
    private void AddCors(CorsView cors, string name, string marked)
    {
        string matcher = marked;
        if (cors.Origins is { } origins)
        {
            matcher = $"@{name}-origin ";
            _matchers.Add(new ErrorMatcherView(matcher.TrimEnd(), alone ? null : name, origins, Expression: null));
            _headers.Add(new HeaderRulesView { Matcher = marked, Lines = ["+Vary Origin"] });
        }

        _headers.Add(new HeaderRulesView { Matcher = matcher, Lines = [.. cors.Response] });
    }

    /// <summary>A fixed response or a redirect can't fail, unless something stands before it.</summary>
    private static bool Raises(Route route) => route.Action is ProxyAction or FilesAction || route.IsGuarded;

    private ErrorPageView Page(Route route, ErrorPage page, string matcher, string? mark)
    {
        string status = page.Status is { } own ? own.ToString(CultureInfo.InvariantCulture) : StatusKey;
        var view = new ErrorPageView
        {
            Matcher = matcher,
            Mark = mark,
            StatusKey = StatusKey,
            When = (page.When.IsSingle ? page.When.First : page.When.First / 100).ToString(CultureInfo.InvariantCulture),
            IsClass = !page.When.IsSingle,
        };
        if (page.File is { } file)
        {
            int slash = file.LastIndexOf('/');
            return view with
            {
                Root = texts.Value(slash <= 0 ? "/" : file[..slash], page.At.Of(ErrorPageFields.File)),
                SaysVary = texts.Version >= RouteBuilder.FilesVarySince,
                File = texts.Value(file[slash..], page.At.Of(ErrorPageFields.File)),
                Status = status,
            };
        }

        return page.Proxy is { } upstream
            ? view with
            {
                Proxy = proxies.BuildFallback(site, route, upstream, matcher.TrimStart('@')),
            }
            : view with
            {
                Respond = routes.Respond(
                    page.Body ?? "",
                    page.Status ?? page.When.First,
                    page.ContentType,
                    page.At.Of(ErrorPageFields.Body)
                ),
                Status = status,
            };
    }
}
