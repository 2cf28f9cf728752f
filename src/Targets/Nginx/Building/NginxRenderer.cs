using Confgen.Compiler.Rendering;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Renders a spec: (1) the views of all servers, which put what they share into the http block, (2) the templates, (3) the check by
/// nginx's own grammar, (4) the canonical layout.
/// </summary>
internal sealed class NginxRenderer
{
    private readonly NginxBuild _build;
    private readonly RenderContext _context;

    public NginxRenderer(RenderContext context)
    {
        _context = context;
        _build = new NginxBuild(context, NginxSettings.Of(context.Settings));
    }

    public IReadOnlyList<RenderedFile> Render()
    {
        // 1. The servers first: only then it is known what they share.
        bool proxies = _build.Spec.Sites.Any(site => site.Routes.Any(route => route.Proxy is not null || route.ForwardAuth is not null));
        CommonView common = Common(proxies);
        var listeners = new Listeners(_build);
        var sites = new SiteBuilder(_build, listeners, common);
        List<(Site Site, ServerView View)> servers = [.. _build.Spec.Sites.Select(site => (site, sites.Build(site)))];
        List<ServerView> redirects = [.. listeners.RedirectServers(sites)];
        List<ServerView> defaults = [.. listeners.DefaultServers(sites, Common(proxies: false))];
        HttpView http = Http(common, listeners);
        if (_context.HasErrors)
        {
            return [];
        }

        // 2. The templates.
        List<(string Path, string Text, NginxContext Context)> texts = [];
        if (_context.Layout == Layout.Complete)
        {
            var view = new NginxView
            {
                Version = _context.Version.ToString(),
                User = _build.Settings.User is { } user ? _build.Argument(user, _context.Settings.At.Of("user")) : null,
                Modules = [.. Modules()],
                Http = http,
                Servers = [.. defaults, .. redirects, .. servers.Select(server => server.View)],
            };
            texts.Add(("nginx.conf", _context.Templates.Render("nginx/nginx.conf.scriban", view), NginxContext.Main));
        }
        else
        {
            var shared = new IncludeView { Version = _context.Version.ToString(), Http = http, Servers = [.. defaults, .. redirects] };
            texts.Add(($"conf.d/00-confgen-{_build.MainSite}.conf", _context.Templates.Render("nginx/http.conf.scriban", shared), NginxContext.Http));
            foreach ((Site site, ServerView server) in servers)
            {
                var view = new IncludeView { Version = _context.Version.ToString(), Servers = [server] };
                texts.Add(($"conf.d/{_build.SiteNames.Of(site)}.conf", _context.Templates.Render("nginx/site.conf.scriban", view), NginxContext.Http));
            }
        }

        return Check(texts);
    }

    private List<RenderedFile> Check(IReadOnlyList<(string Path, string Text, NginxContext Context)> texts)
    {
        // 3. nginx's grammar.
        var parsed = new List<NginxSourceFile>();
        foreach ((string path, string text, NginxContext context) in texts)
        {
            NginxParse parse = NginxParser.Parse(text);
            if (parse.File is { } file)
            {
                parsed.Add(new NginxSourceFile(path, file, context));
            }
            else if (parse.Error is { } error)
            {
                _context.ReportBadOutput(path, error.Line, error.Column, error.Message);
            }
        }

        foreach (NginxFinding finding in NginxChecker.Check(parsed, _context.Version).Where(finding => !finding.IsWarning))
        {
            _context.ReportBadOutput(finding.File, finding.Line, finding.Column, finding.Message);
        }

        // 4. The layout.
        return _context.HasErrors ? [] : [.. parsed.Select(file => new RenderedFile(file.Name, NginxFormatter.Format(file.Block))), .. _build.Files];
    }

    private CommonView Common(bool proxies)
    {
        Route[] routes = [.. _build.Spec.Sites.SelectMany(site => site.Routes)];
        ProxyAction[] forwarded = [.. routes.Select(route => route.Proxy).OfType<ProxyAction>()];
        string connect = NginxUnits.Time(Mode(forwarded.Select(proxy => proxy.Timeouts.Connect), new Timeouts().Connect));
        long head = Mode(_build.Spec.Sites.Select(site => site.Limits.Head), Limits.DefaultHead);
        return new CommonView
        {
            Head = NginxUnits.Size(head),
            Http2Head = _build.Features.SharedHeadLimits || !_build.Spec.Sites.Any(site => site.Http2) ? null : NginxUnits.Size(head),
            MaxBody = NginxUnits.Size(Mode(routes.Select(route => route.MaxBody), Route.DefaultMaxBody)),
            TrustedProxies = [.. _build.Spec.TrustedProxies.Select(block => block.ToString())],
            Resolver = _build.Settings.Resolver.Count > 0 ? string.Join(' ', _build.Settings.Resolver) : null,
            ResolverTimeout = _build.Settings.Resolver.Count > 0 ? connect : null,
            ErrorPages = ErrorProfiles.Common(proxies),
            LimitsRate = routes.Any(route => route.RateLimit is not null),
            Proxy = !proxies ? null : new ProxyCommonView
            {
                ConnectTimeout = connect,
                Tries = 2,
                Trailers = _build.Features.Trailers,
                EarlyHints = _build.Features.EarlyHints,
                Headers = _build.RequestHeaders.Common,
            },
        };
    }

    private HttpView Http(CommonView common, Listeners listeners)
    {
        IReadOnlyList<LogFormatView> formats = _build.LogsJson ? [Logs.Json(_build)] : [];
        List<MapView> maps = [.. _build.Maps];
        if (_build.NeedsDollar)
        {
            maps.Insert(0, new MapView
            {
                Kind = "geo",
                Purpose = "dollar",
                Source = "",
                Variable = "$dollar",
                Lines = [new MapLineView("default", "\"$\"")],
            });
        }

        return new HttpView
        {
            Common = _build.IsInclude ? null : common,
            HashSizes = HashSizes.Of(listeners.AllNames, maps),
            LogFormats = formats,
            Types = _build is { ServesFiles: true, IsInclude: false } ? SiteBuilder.MediaTypes : [],
            Maps = maps,
            RateZones = _build.RateZones,
            Upstreams = _build.Upstreams.Views,
        };
    }

    private IEnumerable<string> Modules()
    {
        if (_build.Settings.HasBrotli)
        {
            yield return "modules/ngx_http_brotli_filter_module.so";
            yield return "modules/ngx_http_brotli_static_module.so";
        }

        if (_build.Settings.HasZstd)
        {
            yield return "modules/ngx_http_zstd_filter_module.so";
            yield return "modules/ngx_http_zstd_static_module.so";
        }

        if (_build.Settings.HasHeadersMore)
        {
            yield return "modules/ngx_http_headers_more_filter_module.so";
        }
    }

    /// <summary>The most frequent value, so that most blocks can inherit it; of several the first.</summary>
    private static T Mode<T>(IEnumerable<T> values, T fallback)
        where T : notnull => values.GroupBy(value => value).MaxBy(group => group.Count()) is { } group ? group.Key : fallback;
}
