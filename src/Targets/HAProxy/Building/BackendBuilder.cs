using System.Text;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Makes a backend of a route: guards, header rules and what responds.</summary>
internal sealed class BackendBuilder(HAProxyTexts texts, HAProxyCertificates certificates)
{
    // What browsers send although RFC 3986 doesn't allow it is refused behind a guard.
    private const string OddBytes = @"[^!$%&'()*+,\-./0-9:;=@A-Z\[\]_a-z~]";

    private readonly HeaderLines _headers = new(texts);
    private readonly PathRewrites _rewrites = new(texts);
    private readonly ServerLines _servers = new(texts, certificates);

    /// <summary>The backend of a route.</summary>
    public BackendView Of(string name, Site site, Route route)
    {
        string about = $"{site.Hosts[0]}, {(ReferenceEquals(route, RouteTable.NoRoute) ? "no route" : route.Path)}";
        var backend = new BackendView
        {
            Name = name,
            About = new string([.. about.Select(static c => char.IsControl(c) ? ' ' : c)]),
            Rules = [],
        };
        string? server = route.Proxy?.Upstream.Servers is [var only] ? only.Address.HostPort : null;
        string[] guards = [.. Guards(route)];
        string[] response = [.. _headers.Response(site, route, server)];
        return route.Action switch
        {
            ProxyAction proxy => backend with
            {
                IsProxied = true,
                Options = [.. Options(proxy)],
                Rules = [.. guards, .. Request(site, route, proxy, server), .. FromServer(proxy.Upstream), .. response],
                Servers = [.. _servers.Of(proxy.Upstream)],
            },
            RespondAction respond => backend with { Rules = [.. guards, Fixed(respond), .. response] },
            RedirectAction redirect => backend with { Rules = [.. guards, Redirected(redirect), .. response] },
            CloseAction => backend with { Rules = [.. guards, "http-request reject", .. response] },
            _ => backend,
        };
    }

    // HAProxy says 503 where no server can be reached, as where none is up: only health checks tell the two apart.
    private static IEnumerable<string> FromServer(Upstream upstream)
    {
        if (upstream.Servers.All(static server => server.Down))
        {
            yield break;
        }

        yield return "http-response set-var(txn.from_server) bool(true)";
        yield return "http-after-response set-status 502 if { status 503 } !{ var(txn.from_server) -m found }"
            + (upstream.ActiveHealth is null ? "" : " { nbsrv gt 0 }");
    }

    private IEnumerable<string> Guards(Route route)
    {
        if (route.IsGuarded || route.Transparent)
        {
            yield return $"http-request return status 400 if {{ path -m reg -- {texts.Word(OddBytes, route.At.Span)} }}";
        }

        AddressAccess access = route.Access;
        foreach (Cidr[] denied in access.Deny.Chunk(SiteRules.MostPatterns))
        {
            yield return $"http-request return status 403 if {{ var(txn.client) -m ip {string.Join(' ', denied)} }}";
        }

        if (access.Allow.Count > 0)
        {
            yield return "http-request return status 403 unless "
                + string.Join(
                    " or ",
                    access
                        .Allow.Chunk(SiteRules.MostPatterns)
                        .Select(static some => $"{{ var(txn.client) -m ip {string.Join(' ', some)} }}")
                );
        }

        if (route.MaxBody > 0)
        {
            yield return string.Create(null, $"http-request return status 413 if {{ req.hdr_val(content-length) gt {route.MaxBody} }}");
        }
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

    private IEnumerable<string> Options(ProxyAction proxy)
    {
        yield return "timeout connect " + HAProxyUnits.Time(proxy.Timeouts.Connect);
        yield return "timeout server " + HAProxyUnits.Time(proxy.ReadTimeout);
        yield return "timeout tunnel " + HAProxyUnits.Time(proxy.UpgradedTimeout);
        foreach (string option in _servers.Options(proxy.Upstream))
        {
            yield return option;
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
