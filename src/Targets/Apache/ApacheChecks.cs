using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Apache.Building;
using static Confgen.Targets.Apache.ApacheDifferences;

namespace Confgen.Targets.Apache;

/// <summary>Finds what depends on several fields.</summary>
internal static class ApacheChecks
{
    private const int MostWeight = 100;

    /// <summary>Reports what depends on several fields.</summary>
    public static void Run(RenderContext context)
    {
        foreach (ListenerModel listener in Listeners.Of(context.Spec))
        {
            Check(context, listener);
        }

        long head = context.Spec.Sites.Select(static site => site.Limits.Head).DefaultIfEmpty(0).Max();
        foreach (Site site in context.Spec.Sites)
        {
            if (site.Limits.Head != head)
            {
                context.Apply(MixedHeads, site.Limits.At.Of(LimitsFields.Head));
            }

            if (LenientPathRegex.RefusesSeveral(site))
            {
                context.Apply(GuardedReadings, site.At.Of(SiteFields.Routes));
            }

            foreach (Route route in site.Routes)
            {
                if (route.Proxy is { } proxy)
                {
                    Check(context, route, proxy);
                }
            }
        }
    }

    private static void Check(RenderContext context, ListenerModel listener)
    {
        foreach (Site site in HostOrder.Overtaken(listener))
        {
            context.Apply(OvertakenHost, site.At.Of(SiteFields.Host));
        }

        bool takesMore = listener.Sites.Any(static site =>
            site.Hosts.Any(static host => host.Kind is HostPatternKind.Any or HostPatternKind.Trailing)
        );
        foreach (Site site in listener.Sites.Where(static site => site.Hosts.Any(static host => host.Kind == HostPatternKind.Wildcard)))
        {
            if (takesMore && !site.Hosts.Any(static host => host.Kind == HostPatternKind.Any))
            {
                context.Apply(ManyLabels, site.At.Of(SiteFields.Host));
            }
        }
    }

    private static void Check(RenderContext context, Route route, ProxyAction proxy)
    {
        Upstream upstream = proxy.Upstream;
        if (upstream.Scheme == ServerScheme.Https && proxy.Host.Kind != HostHeaderKind.Upstream)
        {
            context.Apply(upstream.Tls.Verify ? OwnHostOverTls : OwnHostUnverified, route.At.Of(RouteFields.Proxy));
        }

        foreach (UpstreamServer server in upstream.Servers)
        {
            ServerAddress address = server.Address;
            if (address is { Scheme: ServerScheme.Https, IsAddress: true } && upstream.Tls.Verify)
            {
                context.Apply(VerifiedAddress, server.At.Of(ServerFields.Url));
            }

            if (address is { SocketPath: null, IsAddress: false })
            {
                context.Apply(NamedServer, server.At.Of(ServerFields.Url));
            }

            if (server.Weight > MostWeight)
            {
                context.Apply(HeavyServer, server.At.Of(ServerFields.Weight));
            }
        }
    }
}
