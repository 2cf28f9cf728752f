using System.Globalization;
using Confgen.Compiler.Language;
using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>A redirect ends somewhere.</summary>
internal sealed class RedirectLoopRule : LintRule
{
    private const int MaxHops = 8;

    public static readonly Rule Definition = new("CFG0212", "redirect-loop", Severity.Error, "A redirect that leads back to itself")
    {
        Why =
            "The place that the client is sent to is answered by the same redirect, so it would be sent there again, and browsers give up "
            + "with \"too many redirects\". Often a site lists both names of a host, and its redirect sends them to one of the two.",
        Bad = """
            sites:
              - host: [example.com, www.example.com]
                routes:
                  - { path: /, redirect: "http://example.com{uri}" }

            """,
        Good = """
            sites:
              - { host: example.com, proxy: "http://127.0.0.1:3000" }
              - { host: www.example.com, redirect: "http://example.com{uri}" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var routes = new RouteChoice();
        SiteChoice? sites = null;
        foreach ((Site site, Route route) in spec.Routes())
        {
            if (route.Action is RedirectAction redirect && route.Match.Count == 0)
            {
                sites ??= new SiteChoice(spec);
                if (Loop(sites, routes, site, route) is { } url)
                {
                    context.Report(
                        route.At.Of(RouteFields.Redirect),
                        $"this redirect leads back to itself: {url} is sent to {redirect.To}",
                        "send it to a host or a path that another route answers"
                    );
                }
            }
        }
    }

    // The first URL of the route from which a client never gets away, or null.
    private static string? Loop(SiteChoice sites, RouteChoice routes, Site site, Route route)
    {
        IEnumerable<string> hosts = site
            .Hosts.Take(16)
            .Select(h =>
                h.Kind switch
                {
                    HostPatternKind.Exact => h.Name,
                    HostPatternKind.Wildcard => "any." + h.Name,
                    HostPatternKind.Trailing => h.Name + ".invalid",
                    _ => "any.invalid",
                }
            );
        foreach (string host in hosts)
        {
            foreach (ListenAddress listen in site.Listen.Where(l => l.SocketPath is null).Take(4))
            {
                foreach (string path in Paths(route.Path))
                {
                    var start = new Place(site.Tls is not null, host, listen.Port, path);
                    if (ReferenceEquals(routes.Certain(site, path), route) && NeverEnds(sites, routes, start))
                    {
                        return start.ToString();
                    }
                }
            }
        }

        return null;
    }

    private static string[] Paths(PathMatcher matcher) =>
        matcher.Kind switch
        {
            PathMatcherKind.Exact => [matcher.Text],
            PathMatcherKind.Prefix => [matcher.Text, matcher.Text == "/" ? "/page" : matcher.Text + "/page"],
            _ => RegexShape.LiteralPrefix(matcher.Text) is { } prefix ? [prefix.Length == 0 ? "/" : prefix] : [],
        };

    private static bool NeverEnds(SiteChoice sites, RouteChoice routes, Place start)
    {
        Place? at = start;
        for (int hop = 0; hop < MaxHops; hop++)
        {
            at = Next(sites, routes, at);
            if (at is null)
            {
                return false;
            }

            if (at == start)
            {
                return true;
            }
        }

        return true;
    }

    // Where the client is sent from a place of this spec, or null where it gets a response or leaves.
    private static Place? Next(SiteChoice sites, RouteChoice routes, Place at)
    {
        if (!at.Tls && sites.FindRedirect(at.Port, at.Host) is { } secure)
        {
            return at with { Tls = true, Port = secure.RedirectPort() };
        }

        return
            sites.Find(at.Port, at.Host) is { } site
            && (site.Tls is not null) == at.Tls
            && routes.Certain(site, at.Path) is { Action: RedirectAction redirect }
            ? Resolve(redirect.To, at)
            : null;
    }

    private static Place? Resolve(TextTemplate to, Place at)
    {
        string location = to.Expand(p =>
            p.Placeholder switch
            {
                Placeholder.Host => at.Host,
                Placeholder.Scheme => at.Tls ? "https" : "http",
                Placeholder.Path or Placeholder.Uri => at.Path,
                Placeholder.Query => "",
                Placeholder.Port => at.Port.ToString(CultureInfo.InvariantCulture),
                _ => "x",
            }
        );
        if (location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal))
        {
            return at with { Path = PathOf(location) };
        }

        return Uri.TryCreate(location, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? new Place(uri.Scheme == "https", uri.Host, uri.Port, uri.AbsolutePath)
            : null;
    }

    private static string PathOf(string location)
    {
        int end = location.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? location : location[..end];
    }

    private sealed record Place(bool Tls, string Host, int Port, string Path)
    {
        public override string ToString() =>
            string.Create(null, $"{(Tls ? "https" : "http")}://{Host}{(Port == (Tls ? 443 : 80) ? "" : ":" + Port)}{Path}");
    }
}
