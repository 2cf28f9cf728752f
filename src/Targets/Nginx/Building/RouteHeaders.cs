using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>What a site, and each of its routes, does to response fields.</summary>
internal sealed class RouteHeaders(NginxBuild build)
{
    /// <summary>What holds for the whole site.</summary>
    public ResponseHeaders Of(Site site)
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

        headers.Apply(site.Headers.Response, upstream: null);
        return headers;
    }

    /// <summary>What holds for a route, the site's own among it.</summary>
    public ResponseHeaders Of(Route route, ResponseHeaders site)
    {
        UpstreamTarget? upstream = route.Proxy is { } proxy ? build.Upstreams.TargetOf(proxy.Upstream) : null;
        var headers = new ResponseHeaders(site);
        if (upstream?.SetCookie is { } cookie)
        {
            headers.Add("Set-Cookie", cookie);
        }

        if (route.ForwardAuth?.SignIn is { } signIn)
        {
            headers.Add("Set-Cookie", "$" + SignInBuilder.CookieOf(build, signIn));
        }

        if (route.Action is FilesAction files)
        {
            // RFC 9110, section 15.5.6: a 405 lists what is allowed.
            headers.Add("Allow", "$" + SharedVariables.AllowForFiles);
            if (files.Precompressed.Count > 0)
            {
                // gzip_vary speaks only where a compressed file is found: a cache must know before.
                headers.Add("Vary", "$" + SharedVariables.VaryOfFiles);
            }
        }

        if (route.Proxy?.FilesFirst is { Precompressed.Count: > 0 })
        {
            headers.Add("Vary", "$" + VaryOfFilesFirst());
        }

        if (route.Cors is { } cors)
        {
            new CorsBuilder(build).Apply(cors, headers);
        }

        if (route.CacheControl is { } cache)
        {
            headers.Cache(build.Text(cache, route.At.Of(RouteFields.CacheControl)));
        }

        headers.Apply(route.Headers.Response, upstream?.HostPort);
        return headers;
    }

    private string VaryOfFilesFirst() =>
        build.Map(
            "vary_of_files_first",
            new MapView
            {
                Purpose = "vary_of_files_first",
                Source = "\"$upstream_addr $status\"",
                Variable = "",
                Lines = [new MapLineView("default", "\"\""), new MapLineView("\"~^ [23]\"", "Accept-Encoding")],
            }
        );

    // RFC 6797, section 7.2: never over plain HTTP, as in the 400 to a plain request on a TLS port.
    private string Hsts(string value) =>
        build.Map(
            "hsts",
            new MapView
            {
                Purpose = "hsts",
                Source = "$scheme",
                Variable = "",
                Lines = [new MapLineView("default", "\"\""), new MapLineView("https", value)],
            }
        );
}
