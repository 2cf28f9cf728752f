using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Files;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Traefik.Syntax;
using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik.Building;

/// <summary>What requests of a route and their responses pass, the outermost first.</summary>
internal sealed class RouteChain(RenderContext context, Middlewares middlewares, TraefikTexts texts)
{
    private readonly RouteHeaders _headers = new(middlewares, texts);

    private IReadOnlyList<string> Proxies =>
        [.. context.Spec.TrustedProxies.Select(static block => TraefikQuoting.Scalar(block.ToString()))];

    /// <summary>What changes responses, whoever made them.</summary>
    public IEnumerable<string> Responses(Site site, Route route) => _headers.Response(site, route);

    /// <summary>All of it.</summary>
    public IReadOnlyList<string> Of(Site site, Route route)
    {
        IEnumerable<string> ends = route.Action switch
        {
            ProxyAction proxy => Forwarded(site, route, proxy),
            RespondAction respond => [middlewares.Refuse(respond.Status)],
            RedirectAction redirect => [Redirect(site, route, redirect)],
            _ => [],
        };
        return [.. Responses(site, route), .. Guards(site, route), .. ends];
    }

    /// <summary>What sends plain requests of a site to https.</summary>
    public string ToHttps(Site site, HttpsRedirect redirect)
    {
        string authority = Listeners.HttpsAuthority(site, "${2}");
        bool permanent = redirect.Status is 301 or 308;
        return middlewares.Use(
            "to-https",
            $"redirect {authority} {permanent}",
            name => new MiddlewareView
            {
                Name = name,
                Redirect = new RedirectView(
                    TraefikQuoting.Scalar(TraefikTexts.Url),
                    TraefikQuoting.Scalar($"https://{authority}${{4}}${{5}}"),
                    permanent
                ),
            }
        );
    }

    private string Redirect(Site site, Route route, RedirectAction redirect)
    {
        string to = texts.Location(redirect.To, redirect.At.Of(RedirectFields.To));
        bool permanent = redirect.Status is 301 or 308;
        return middlewares.Use(
            $"{TraefikNames.Of(site, route)}-redirect",
            $"redirect {to} {permanent}",
            name => new MiddlewareView
            {
                Name = name,
                Redirect = new RedirectView(TraefikQuoting.Scalar(TraefikTexts.Url), TraefikQuoting.Scalar(to), permanent),
            }
        );
    }

    private IEnumerable<string> Guards(Site site, Route route)
    {
        string wish = TraefikNames.Of(site, route);
        if (route.Access.Allow.Count > 0)
        {
            string ranges = string.Join(' ', route.Access.Allow);
            yield return middlewares.Use(
                $"{wish}-allow",
                "allow " + ranges,
                name => new MiddlewareView
                {
                    Name = name,
                    Allow = new AllowListView(
                        [.. route.Access.Allow.Select(static block => TraefikQuoting.Scalar(block.ToString()))],
                        Proxies
                    ),
                }
            );
        }

        // Routes don't share a count, so each has a middleware of its own.
        if (route.RateLimit is { } limit)
        {
            yield return middlewares.Use(
                $"{wish}-rate",
                $"rate {wish} {middlewares.All.Count}",
                name => new MiddlewareView
                {
                    Name = name,
                    RateLimit = new RateLimitView(
                        limit.Rate.Count,
                        TraefikUnits.Time(limit.Rate.Per),
                        limit.Burst + 1,
                        limit.KeyHeader is { } header ? TraefikQuoting.Scalar(header) : null,
                        Proxies
                    ),
                }
            );
        }

        if (route.BasicAuth is { } auth)
        {
            string[] users = [.. auth.Users.Select(static user => $"{user.Name}:{user.Hash}")];
            yield return middlewares.Use(
                $"{wish}-users",
                $"users {auth.Realm}\n{string.Join('\n', users)}",
                name => new MiddlewareView
                {
                    Name = name,
                    BasicAuth = new BasicAuthView(TraefikQuoting.Scalar(auth.Realm), [.. users.Select(TraefikQuoting.Scalar)]),
                }
            );
        }

        if (route.ForwardAuth is { } asked)
        {
            string url = asked.Server + asked.Target;
            string[] copied = [.. asked.CopyHeaders.Select(static header => header.Name)];
            string[] tls = asked.Server.Scheme == ServerScheme.Https ? [.. AuthTls(asked.Tls)] : [];
            yield return middlewares.Use(
                $"{wish}-auth",
                $"auth {url} {string.Join(' ', copied)} {string.Join(' ', tls)}",
                name => new MiddlewareView
                {
                    Name = name,
                    ForwardAuth = new ForwardAuthView(
                        TraefikQuoting.Scalar(url),
                        [.. copied.Select(TraefikQuoting.Scalar)],
                        tls,
                        context.Version >= TraefikVersions.KeepsLocation
                    ),
                }
            );
        }
    }

    private static IEnumerable<string> AuthTls(UpstreamTls tls)
    {
        if (!tls.Verify)
        {
            yield return "insecureSkipVerify: true";
        }

        if (tls.Ca is { } ca)
        {
            yield return "ca: " + TraefikQuoting.Scalar(ca);
        }

        if (tls is { Cert: { } cert, Key: { } key })
        {
            yield return "cert: " + TraefikQuoting.Scalar(cert);
            yield return "key: " + TraefikQuoting.Scalar(key);
        }
    }

    private IEnumerable<string> Forwarded(Site site, Route route, ProxyAction proxy)
    {
        if (site.Compress.Count > 0 && !proxy.Sse)
        {
            yield return Compress(site);
        }

        foreach (ReplacementView replacement in PathRewrites.Of(route))
        {
            yield return middlewares.Use(
                $"{TraefikNames.Of(site, route)}-path",
                $"path {replacement.Regex} {replacement.To}",
                name => new MiddlewareView { Name = name, Path = replacement }
            );
        }

        foreach (string name in _headers.Request(site, route, proxy))
        {
            yield return name;
        }

        int others = proxy.Upstream.Servers.Count(static server => !server.Down) - 1;
        if (Math.Min(proxy.Upstream.Retries, others) is > 0 and var retries)
        {
            yield return middlewares.Use("retry", $"retry {retries}", name => new MiddlewareView { Name = name, Attempts = retries + 1 });
        }
    }

    private string Compress(Site site)
    {
        IEnumerable<string> codings = site.Compress.Select(static coding =>
            coding switch
            {
                ContentCoding.Gzip => "gzip",
                ContentCoding.Brotli => "br",
                _ => "zstd",
            }
        );
        string[] encodings = context.Version >= TraefikVersions.LimitsHeads ? [.. codings] : [];
        return middlewares.Use(
            "compress",
            "compress " + string.Join(' ', encodings),
            name => new MiddlewareView
            {
                Name = name,
                Compress = new CompressView(encodings, [.. MediaTypes.Compressible.Select(TraefikQuoting.Scalar)]),
            }
        );
    }
}
