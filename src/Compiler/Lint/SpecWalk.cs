using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint;

/// <summary>The parts of a spec in the order in which rules look at them.</summary>
internal static class SpecWalk
{
    /// <summary>Every route with its site.</summary>
    public static IEnumerable<RouteInSite> Routes(this Spec spec)
    {
        foreach (Site site in spec.Sites)
        {
            foreach (Route route in site.Routes)
            {
                yield return new RouteInSite(site, route);
            }
        }
    }

    /// <summary>Every route that forwards, with its site.</summary>
    public static IEnumerable<ProxyRoute> ProxyRoutes(this Spec spec)
    {
        foreach ((Site site, Route route) in spec.Routes())
        {
            if (route.Action is ProxyAction proxy)
            {
                yield return new ProxyRoute(site, route, proxy);
            }
        }
    }

    /// <summary>Every upstream once: those with a name, then those that are written as a URL where they are used.</summary>
    public static IEnumerable<Upstream> AllUpstreams(this Spec spec)
    {
        foreach (Upstream upstream in spec.Upstreams)
        {
            yield return upstream;
        }

        foreach ((_, Route route) in spec.Routes())
        {
            if (route.Action is ProxyAction { Tunnel: null, Upstream: { IsInline: true } inline })
            {
                yield return inline;
            }

            foreach (ErrorPage page in route.Errors.Pages)
            {
                if (page.Proxy is { IsInline: true } fallback)
                {
                    yield return fallback;
                }
            }
        }

        foreach (Upstream inline in spec.Streams.SelectMany(static s => s.Upstreams).Where(static u => u.IsInline))
        {
            yield return inline;
        }
    }

    /// <summary>Whether the node wrote the field itself, rather than a level around it.</summary>
    public static bool WroteItself(this SpecNode node, string field)
    {
        return node.At.Wrote(field) && node.At.Span.Contains(node.At.Of(field));
    }
}
