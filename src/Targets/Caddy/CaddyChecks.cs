using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Caddy.Building;
using static Confgen.Targets.Caddy.CaddyDifferences;

namespace Confgen.Targets.Caddy;

/// <summary>Finds what depends on several fields.</summary>
internal static class CaddyChecks
{
    /// <summary>Reports what depends on several fields.</summary>
    public static void Check(RenderContext context)
    {
        foreach (Upstream upstream in Upstreams(context.Spec))
        {
            Check(context, upstream);
        }

        CaddyRawLines.Check(context);
        List<(Site Site, HostPattern Host)> leading =
        [
            .. context
                .Spec.Sites.SelectMany(static site => site.Hosts.Select(host => (site, host)))
                .Where(static each => each.host.Kind == HostPatternKind.Wildcard),
        ];
        foreach (Site site in context.Spec.Sites)
        {
            if (AccessLogs.Logs(site) && AccessLogs.CommonOf(context.Spec) is null)
            {
                context.Apply(UnloggedHosts, site.At.Of(SiteFields.Log));
            }

            if (
                site.Hosts.Any(host =>
                    leading.Exists(other => !ReferenceEquals(other.Site, site) && Listeners.ComesFirst(host, other.Host))
                )
            )
            {
                context.Apply(BothStars, site.At.Of(SiteFields.Host));
            }

            if (HostNames.KeepsCase(site))
            {
                context.Apply(HostKeepsCase, site.At.Of(SiteFields.Host));
            }

            if (site.Listen.FirstOrDefault(static listen => listen.SocketPath is not null) is not null)
            {
                context.Apply(SocketPeers, site.At.Of(SiteFields.Listen));
            }

            foreach (Route route in site.Routes)
            {
                Check(context, site, route);
            }
        }

        foreach (
            IGrouping<int, Site> listener in context
                .Spec.Sites.SelectMany(static site => site.Listen.Select(listen => (listen.Port, Site: site)))
                .GroupBy(static each => each.Port, static each => each.Site)
        )
        {
            long highest = listener.Max(static site => site.Limits.Head);
            foreach (Site site in listener.Where(site => site.Limits.Head != highest && site.Limits.At.Wrote(LimitsFields.Head)))
            {
                context.Apply(DifferentHeads, site.Limits.At.Of(LimitsFields.Head));
            }
        }

        var listeners = new Listeners(context.Spec);
        if (listeners.WithoutFallback.FirstOrDefault() is { } own)
        {
            context.Apply(UnknownName, own.At.Of(SiteFields.Tls));
        }

        if (listeners.Crowded is { } crowded)
        {
            context.Apply(ManyNames, crowded.At.Of(SiteFields.Tls));
        }

        if (context.Spec.TrustedProxies.Any(static block => !AddressPattern.IsExact(block)))
        {
            context.Apply(IPv6Behind, context.Spec.At.Of(SpecFields.TrustedProxies));
        }
    }

    private static void Check(RenderContext context, Upstream upstream)
    {
        List<UpstreamServer> main = [.. upstream.Servers.Where(static server => server is { Backup: false, Down: false })];
        if (
            upstream.PassiveHealth is null
            && upstream.Retries > 0
            && (main.Count > 1 || upstream.Servers.Any(static server => server.Backup))
            && UpstreamBuilder.KeepsToServer(upstream.Balance.Policy)
            && upstream.At.Wrote(UpstreamFields.Balance)
        )
        {
            context.Apply(FailedForRetry, upstream.At.Of(UpstreamFields.Balance));
        }

        bool roundRobin = upstream.Balance.Policy is BalancePolicy.RoundRobin or BalancePolicy.First;
        foreach (UpstreamServer server in upstream.Servers)
        {
            if (server.Backup && (main.Count != 1 || !roundRobin))
            {
                context.Apply(BackupAmongSeveral, server.At.Of(ServerFields.Backup));
            }

            if (server.MaxConns != upstream.Servers.Max(static each => each.MaxConns))
            {
                context.Apply(DifferentMaxConns, server.At.Of(ServerFields.MaxConns));
            }

            if (
                server.Weight != 1
                && upstream.Servers.Any(each => each.Weight != server.Weight)
                && upstream.Balance.Policy is not (BalancePolicy.RoundRobin or BalancePolicy.Random)
            )
            {
                context.Apply(WeightIgnored, server.At.Of(ServerFields.Weight));
            }
        }
    }

    private static void Check(RenderContext context, Site site, Route route)
    {
        if (route.Proxy is { } proxy)
        {
            if (proxy.Tunnel is not null)
            {
                context.Apply(Tunnel, route.At.Of(RouteFields.Proxy));
            }

            if (proxy.Upstream.Scheme != Model.Units.ServerScheme.Https && proxy.Timeouts.At.Wrote(TimeoutsFields.Send))
            {
                context.Apply(NoSendLimit, proxy.Timeouts.At.Of(TimeoutsFields.Send));
            }

            if (
                proxy is { Upstream.Scheme: Model.Units.ServerScheme.Unix, WebSocket: not WebSocketMode.Never }
                && route.At.Wrote(RouteFields.WebSocket)
            )
            {
                context.Apply(SocketIdle, route.At.Of(RouteFields.WebSocket));
            }

            if (proxy.Upstream.Scheme == Model.Units.ServerScheme.H2c && proxy.Timeouts.At.Wrote(TimeoutsFields.Read))
            {
                context.Apply(SocketSilence, proxy.Timeouts.At.Of(TimeoutsFields.Read));
            }
        }

        if (route.Proxy?.ResponseRewrite is { AutoLocation: true })
        {
            context.Apply(UnknownOwnHost, route.At.Of(RouteFields.RewriteResponse));
        }

        if (route.Log is { Format: not AccessLogFormat.Off } log && !log.Equals(site.Log))
        {
            context.Apply(DifferentLog, route.At.Of(RouteFields.Log));
        }
    }

    private static IEnumerable<Upstream> Upstreams(Spec spec) =>
        spec
            .Sites.SelectMany(static site => site.Routes)
            .SelectMany(static route =>
                (IEnumerable<Upstream?>)[route.Proxy?.Upstream, .. route.Errors.Pages.Select(static page => page.Proxy)]
            )
            .OfType<Upstream>()
            .Distinct();
}
