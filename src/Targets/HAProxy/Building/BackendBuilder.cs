using System.Text;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Files;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Makes a backend of a route: guards, header rules and what responds.</summary>
internal sealed class BackendBuilder(HAProxyTexts texts, HAProxyCertificates certificates, UserLists users, string own)
{
    private readonly ErrorReplies _errors = new(texts);
    private readonly GuardLines _guards = new(texts, new ErrorReplies(texts), users);
    private readonly ResponseAddressLines _addresses = new(texts);
    private readonly HeaderLines _headers = new(texts);
    private readonly PathRewrites _rewrites = new(texts);
    private readonly ServerLines _servers = new(texts, certificates, own);

    /// <summary>The backend of a route, without a name.</summary>
    public BackendView Of(Site site, Route route)
    {
        string about = $"{site.Hosts[0]}, {(ReferenceEquals(route, RouteTable.NoRoute) ? "no route" : route.Path)}";
        var backend = new BackendView
        {
            Name = "",
            About = new string([.. about.Select(static c => char.IsControl(c) ? ' ' : c)]),
            Rules = [],
        };
        string? server = route.Proxy?.Upstream.Servers is [var only] ? only.Address.HostPort : null;
        string[] guards = [.. AccessLogLines.Request(texts, site, route), .. _guards.Of(route)];
        string[] response =
        [
            .. route.Cors is { } cors ? new CorsLines(texts).Response(cors) : [],
            .. _headers.Response(site, route, server),
        ];
        backend = backend with { Options = route.RateLimit is { } rate ? [RateLimits.Table(rate)] : [] };
        return route.Action switch
        {
            ProxyAction proxy => backend with
            {
                IsProxied = true,
                Options = [.. backend.Options, .. Options(site, route, proxy)],
                Rules =
                [
                    .. guards,
                    .. _errors.WithoutServer(route, proxy.Upstream),
                    .. Request(site, route, proxy, server),
                    .. _errors.OnResponse(route),
                    .. _addresses.Response(route),
                    .. response,
                ],
                Servers = [.. _servers.Of(proxy.Upstream)],
            },
            RespondAction respond => backend with { Rules = [.. guards, Fixed(respond), .. response] },
            RedirectAction redirect => backend with { Rules = [.. guards, Redirected(redirect), .. response] },
            CloseAction => backend with { Rules = [.. guards, "http-request reject", .. response] },
            _ => backend,
        };
    }

    private string Fixed(RespondAction respond)
    {
        string status = string.Create(null, $"http-request return status {respond.Status}");
        return respond.Body.Length == 0
            ? status
            : $"{status} content-type {texts.Word(respond.ContentType, respond.At.Span)} string "
                + texts.Word(respond.Body, respond.At.Of(RespondFields.Body));
    }

    private string Redirected(RedirectAction redirect) =>
        string.Create(null, $"http-request return status {redirect.Status} hdr Location ")
        + texts.Format(redirect.To, redirect.At.Of(RedirectFields.To));

    private IEnumerable<string> Options(Site site, Route route, ProxyAction proxy)
    {
        yield return "timeout connect " + HAProxyUnits.Time(proxy.Timeouts.Connect);
        yield return "timeout server " + HAProxyUnits.Time(proxy.ReadTimeout);
        yield return "timeout tunnel " + HAProxyUnits.Time(proxy.UpgradedTimeout);
        foreach (string option in _servers.Options(proxy.Upstream, site.Tls is not null).Concat(_errors.Options(route)))
        {
            yield return option;
        }

        if (site.Compress.Contains(ContentCoding.Gzip) && !proxy.Sse)
        {
            yield return "compression algo gzip";
            yield return "compression type " + string.Join(' ', MediaTypes.Compressible);
        }
    }

    private IEnumerable<string> Request(Site site, Route route, ProxyAction proxy, string? server)
    {
        if (proxy.WebSocket == WebSocketMode.Never)
        {
            yield return "http-request del-header Upgrade";
        }

        foreach (string line in _rewrites.Of(route))
        {
            yield return line;
        }

        foreach (string line in _addresses.Request(route))
        {
            yield return line;
        }

        SourceSpan at = route.At.Of(RouteFields.Host);
        string? host = proxy.Host.Kind switch
        {
            HostHeaderKind.Literal => proxy.Host.Literal,
            HostHeaderKind.Upstream => server,
            _ => null,
        };
        if (host is not null)
        {
            yield return $"http-request set-header Host {texts.Format(host, at)}";
        }

        foreach (string line in _headers.Request(site, route, server))
        {
            yield return line;
        }
    }

    /// <summary>The longest response that is written out, in bytes.</summary>
    public static int LongestBody(IEnumerable<Site> sites) =>
        sites
            .SelectMany(static site => site.Routes)
            .Select(static route => route.Action is RespondAction respond ? Encoding.UTF8.GetByteCount(respond.Body) : 0)
            .DefaultIfEmpty()
            .Max();
}
