using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;
using Confgen.Targets.Raw;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Renders a spec: (1) the views of all servers, which put what they share into the http block, (2) the templates, (3) the check by
/// nginx's own grammar, (4) the canonical layout.
/// </summary>
internal sealed class NginxRenderer
{
    private const string LocalFile = "local.conf";

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
        CommonView common = Common();
        var listeners = new Listeners(_build);
        var sites = new SiteBuilder(_build, listeners, common);
        List<(Site Site, ServerView View)> servers = [.. _build.Spec.Sites.Select(site => (site, sites.Build(site)))];
        List<ServerView> redirects = [.. listeners.RedirectServers(sites, common)];
        List<ServerView> defaults = [.. listeners.DefaultServers(sites, common)];
        StreamsView? streams = new StreamBuilder(_build).Build();
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
                Streams = streams,
                Http = http,
                Servers = [.. defaults, .. redirects, .. servers.Select(server => server.View)],
            };
            Add("nginx.conf", "nginx.conf", view, NginxContext.Main);
            if (_build.Settings.User is null && !_context.SingleFile)
            {
                Add(LocalFile, LocalFile, view, NginxContext.None);
            }
        }
        else
        {
            Add("conf.d/00-confgen.conf", "shared.conf", new IncludeView { Version = _context.Version.ToString() }, NginxContext.Http);
            Add(
                $"conf.d/00-confgen-{_build.MainSite}.conf",
                "http.conf",
                new IncludeView
                {
                    Version = _context.Version.ToString(),
                    Http = http,
                    Servers = [.. defaults, .. redirects],
                },
                NginxContext.Http
            );
            if (streams is not null)
            {
                Add($"stream.d/confgen-{_build.MainSite}.conf", "stream.conf", streams, NginxContext.Stream);
            }

            foreach ((Site site, ServerView server) in servers)
            {
                Add(
                    $"conf.d/{_build.SiteNames.Of(site)}.conf",
                    "site.conf",
                    new IncludeView { Version = _context.Version.ToString(), Servers = [server] },
                    NginxContext.Http
                );
            }
        }

        return Check(texts);

        void Add(string path, string template, ITemplateView view, NginxContext context) =>
            texts.Add((path, _context.Templates.Render($"nginx/{template}.scriban", view), context));
    }

    private List<RenderedFile> Check(IReadOnlyList<(string Path, string Text, NginxContext Context)> texts)
    {
        // 3. nginx's grammar.
        var parsed = new List<NginxSourceFile>();
        foreach ((string path, string text, NginxContext context) in texts)
        {
            if (Parsed(path, NginxParser.Parse(text)) is { } file)
            {
                parsed.Add(new NginxSourceFile(path, file, context));
            }
        }

        var constants = new Dictionary<string, NginxBlock>(StringComparer.Ordinal);
        foreach (
            (string path, NginxParse parse) in new ConstantFiles(_context.Templates, _context.Version).IncludedBy(
                parsed.Select(file => file.Block)
            )
        )
        {
            if (Parsed(path, parse) is { } file)
            {
                constants.Add(path, file);
            }
        }

        var raw = new RawOutput(_context, "nginx");
        NginxSourceFile[] started = [.. parsed.Where(file => file.Context != NginxContext.None)];
        foreach (NginxFinding finding in NginxChecker.Check(started, _context.Version, constants).Where(finding => !finding.IsWarning))
        {
            string text = texts.FirstOrDefault(file => file.Path == finding.File).Text?.Split('\n')[finding.Line - 1] ?? "";
            if (!raw.Report(text, finding.Message, finding.IsUnknown))
            {
                _context.ReportBadOutput(finding.File, finding.Line, finding.Column, finding.Message);
            }
        }

        // 4. The layout.
        return _context.HasErrors
            ? []
            :
            [
                .. parsed.Select(file => new RenderedFile(
                    file.Name,
                    NginxFormatter.Format(_context.SingleFile ? NginxInlining.Of(file.Block, constants) : file.Block)
                )
                {
                    IsConstant = file.Name == LocalFile,
                }),
                .. _context.SingleFile
                    ? []
                    : constants.Select(file => new RenderedFile(file.Key, NginxFormatter.Format(file.Value)) { IsConstant = true }),
                .. _build.Files,
            ];
    }

    private NginxBlock? Parsed(string path, NginxParse parse)
    {
        if (parse.Error is { } error)
        {
            _context.ReportBadOutput(path, error.Line, error.Column, error.Message);
        }

        return parse.File;
    }

    private CommonView Common()
    {
        Route[] routes = [.. _build.Spec.Sites.SelectMany(site => site.Routes)];
        ProxyAction[] forwarded = [.. routes.Select(route => route.Proxy).OfType<ProxyAction>()];
        SiteTls[] tls = [.. _build.Spec.Sites.Select(site => site.Tls).OfType<SiteTls>()];
        long head = Mode(_build.Spec.Sites.Select(site => site.Limits.Head), Limits.DefaultHead);
        return new CommonView
        {
            Head = NginxUnits.Size(head),
            Http2Head = _build.Features.SharedHeadLimits || !_build.Spec.Sites.Any(site => site.Http2) ? null : NginxUnits.Size(head),
            MaxBody = NginxUnits.Size(Mode(routes.Select(route => route.MaxBody), Route.DefaultMaxBody)),
            TrustedProxies = [.. _build.Spec.TrustedProxies.Select(block => block.ToString())],
            Resolver = _build.Settings.Resolver.Count > 0 ? string.Join(' ', _build.Settings.Resolver) : null,
            ResolverTimeout =
                _build.Settings.Resolver.Count > 0
                    ? NginxUnits.Time(Mode(forwarded.Select(proxy => proxy.Timeouts.Connect), new Timeouts().Connect))
                    : null,
            Protocols = tls.Length == 0 ? null : Mode(tls.Select(SiteBuilder.Protocols), ""),

            // CVE-2025-23419: with kept sessions a client of one site could pass for a verified client of another.
            KeepsSessions = tls.Length > 0 && tls.All(site => site.ClientCa is null),
        };
    }

    private HttpView Http(CommonView common, Listeners listeners) =>
        new()
        {
            Common = _build.IsInclude ? null : common,
            IsLocal = _build is { IsInclude: false, Settings.User: null },
            HasTypes = _build is { ServesFiles: true, IsInclude: false },
            HashSizes = HashSizes.Of(listeners.AllNames, _build.Maps, countsVariables: _build.IsInclude),
            Maps = _build.Maps,
            RateZones = _build.RateZones,
            Raw = RawOutput.TextOf(_build.Spec.Raw.Of("nginx")),
            Upstreams = _build.Upstreams.Views,
        };

    private IEnumerable<string> Modules()
    {
        if (_build.Settings.HasStream)
        {
            yield return "modules/ngx_stream_module.so";
        }

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
