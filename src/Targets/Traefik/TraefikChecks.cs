using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.Traefik.Building;
using static Confgen.Targets.Traefik.TraefikDifferences;

namespace Confgen.Targets.Traefik;

/// <summary>Finds what depends on several fields.</summary>
internal static class TraefikChecks
{
    /// <summary>Reports what depends on several fields.</summary>
    public static void Run(RenderContext context)
    {
        foreach (ListenerModel listener in Listeners.Of(context.Spec))
        {
            foreach (Site site in listener.Sites)
            {
                if (site.Limits.Head != listener.Sites.Max(static each => each.Limits.Head))
                {
                    context.Apply(MixedHeads, site.Limits.At.Of(LimitsFields.Head));
                }

                if (site.Http3 && listener.Sites.Any(static each => !each.Http3))
                {
                    context.Apply(SharedHttp3, site.At.Of(SiteFields.Http3));
                }
            }
        }

        CheckHandshakes(context);
        if (TraefikSettings.Of(context).WritesLabels)
        {
            foreach (Site site in context.Spec.Sites.Where(TlsBuilder.NeedsFiles))
            {
                context.Apply(FilesInLabels, site.At.Of(SiteFields.Tls));
            }
        }

        CheckLogs(context);
        if (context.Spec.TrustedProxies.Count > 0)
        {
            foreach (Route route in context.Spec.Sites.SelectMany(static site => site.Routes))
            {
                CheckProxied(context, route);
            }
        }
    }

    private static void CheckHandshakes(RenderContext context)
    {
        Site[] starred = [.. context.Spec.Sites.Where(static site => site.Tls is not null && !TlsBuilder.IsNamed(site))];
        foreach (Site site in starred)
        {
            if (site.Tls?.Source == CertificateSource.Auto)
            {
                context.Apply(WildcardByAcme, site.At.Of(SiteFields.Tls));
            }

            if (TlsBuilder.Differs(site, starred[0]))
            {
                context.Apply(OtherHandshakes, site.At.Of(SiteFields.Tls));
            }
        }
    }

    private static void CheckLogs(RenderContext context)
    {
        AccessLog? log = AccessLogs.Of(context.Spec);
        foreach (Site site in context.Spec.Sites)
        {
            if (site.Log is { Format: not AccessLogFormat.Off } own && (own.Format, own.Output) != (log?.Format, log?.Output))
            {
                context.Apply(SeveralLogs, site.At.Of(SiteFields.Log));
            }

            foreach (Route route in site.Routes)
            {
                if (route.Log is { Format: not AccessLogFormat.Off } other && (other.Format, other.Output) != (log?.Format, log?.Output))
                {
                    context.Apply(SeveralRouteLogs, route.At.Of(RouteFields.Log));
                }
            }

            if (
                site.Log is { Format: not AccessLogFormat.Off }
                && context.Spec.Sites.Any(static each =>
                    each.Log is not { Format: not AccessLogFormat.Off }
                    || each.Routes.Any(static route => route.Log is { Format: AccessLogFormat.Off })
                )
            )
            {
                context.Apply(PartlyLogged, site.At.Of(SiteFields.Log));
            }
        }
    }

    private static void CheckProxied(RenderContext context, Route route)
    {
        if (route.Access.Deny.Count > 0)
        {
            context.Apply(DeniedBehindProxies, route.At.Of(RouteFields.Deny));
        }

        if (route.Access.Allow.Count > 0)
        {
            context.Apply(AllowedBehindProxies, route.At.Of(RouteFields.Allow));
        }

        if (route.Match.AsksClient)
        {
            context.Apply(ClientBehindProxies, route.At.Of(RouteFields.Match));
        }

        if (route.ForwardAuth is not null)
        {
            context.Apply(AskedBehindProxies, route.At.Of(RouteFields.ForwardAuth));
        }

        if (route.Proxy?.Upstream is { Balance.Policy: BalancePolicy.IpHash } upstream)
        {
            context.Apply(HashedBehindProxies, upstream.At.Of(UpstreamFields.Balance));
        }
    }
}
