using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.HAProxy.Building;
using static Confgen.Targets.HAProxy.HAProxyDifferences;

namespace Confgen.Targets.HAProxy;

/// <summary>Finds what depends on several fields.</summary>
internal static class HAProxyChecks
{
    /// <summary>Reports what depends on several fields.</summary>
    public static void Run(RenderContext context)
    {
        foreach (ListenerModel listener in Listeners.Of(context.Spec))
        {
            Check(context, listener);
        }

        foreach (Site site in context.Spec.Sites)
        {
            if (site.Tls is { Cert: { } cert, Key: { } key } tls && !HAProxyCertificates.Finds(context.Version, cert, key))
            {
                context.Apply(OtherKey, tls.At.Of(TlsFields.Key));
            }

            if (LenientPathRegex.RefusesSeveral(site))
            {
                context.Apply(GuardedReadings, site.At.Of(SiteFields.Routes));
            }

            foreach (ProxyAction proxy in site.Routes.Select(static route => route.Proxy).OfType<ProxyAction>())
            {
                Check(context, site, proxy);
            }
        }
    }

    private static void Check(RenderContext context, ListenerModel listener)
    {
        IReadOnlyList<AccessLog> logs = AccessLogLines.Of(listener);
        if (logs.FirstOrDefault(log => log.Format != logs[0].Format || log.Output != logs[0].Output) is { } other)
        {
            context.Apply(MixedLogs, other.At.Of(LogFields.Format));
        }

        IList<Site> sites = listener.Sites;
        foreach (Site site in sites)
        {
            if (
                site.Tls is not null
                && sites.Count > 1
                && site.Hosts.Any(static host => host.Kind is HostPatternKind.Any or HostPatternKind.Trailing)
            )
            {
                context.Apply(TrailingStar, site.At.Of(SiteFields.Host));
            }

            if (site.Limits.Head != sites.Max(static each => each.Limits.Head))
            {
                context.Apply(MixedHeads, site.Limits.At.Of(LimitsFields.Head));
            }
        }
    }

    private static void Check(RenderContext context, Site site, ProxyAction proxy)
    {
        Upstream upstream = proxy.Upstream;
        if (proxy.Host.Kind == HostHeaderKind.Upstream && upstream.Servers.Count > 1)
        {
            context.Apply(HostOfMany, site.Routes.First(route => ReferenceEquals(route.Action, proxy)).At.Of(RouteFields.Host));
        }

        if (proxy.Host.Kind == HostHeaderKind.Upstream && upstream.Discover is not null)
        {
            context.Apply(HostOfFound, site.Routes.First(route => ReferenceEquals(route.Action, proxy)).At.Of(RouteFields.Host));
        }

        if (upstream.Tls is { Cert: { } cert, Key: { } key } tls && !HAProxyCertificates.Finds(context.Version, cert, key))
        {
            context.Apply(OtherClientKey, tls.At.Of(UpstreamTlsFields.Key));
        }

        foreach (UpstreamServer server in upstream.Servers)
        {
            ServerAddress address = server.Address;
            if (address is { Scheme: ServerScheme.Https, IsAddress: true } && upstream.Tls is { Verify: true, ServerName: null })
            {
                context.Apply(VerifiedAddress, server.At.Of(ServerFields.Url));
            }

            if (address.Scheme == ServerScheme.H2c)
            {
                context.Apply(CutUploads, server.At.Of(ServerFields.Url));
            }

            if (server.Backup && upstream.ActiveHealth is null)
            {
                context.Apply(BackupUnasked, server.At.Of(ServerFields.Backup));
            }

            if (address is { SocketPath: null, IsAddress: false })
            {
                context.Apply(NamedServer, server.At.Of(ServerFields.Url));
            }
        }
    }
}
