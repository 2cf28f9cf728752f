using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Building;

namespace Confgen.Targets.Nginx;

/// <summary>What the capabilities can't say by themselves, because it depends on several fields or on the settings.</summary>
internal static partial class NginxChecks
{
    // A word of nginx's has at most 4 KiB, a variable's name less.
    private const int LongestName = 200;

    public static void Run(RenderContext context)
    {
        NginxSettings settings = NginxSettings.Of(context.Settings);
        foreach (Upstream upstream in Upstreams(context.Spec))
        {
            CheckUpstream(context, settings, upstream);
        }

        foreach (Site site in context.Spec.Sites)
        {
            CheckSite(context, settings, site);
        }

        CheckListeners(context);
        NginxRawLines.Check(context);
    }

    private static IEnumerable<Upstream> Upstreams(Spec spec)
    {
        var seen = new HashSet<Upstream>(ReferenceEqualityComparer.Instance);
        foreach (Route route in spec.Sites.SelectMany(site => site.Routes))
        {
            if (route.Proxy is { } proxy && seen.Add(proxy.Upstream))
            {
                yield return proxy.Upstream;
            }

            foreach (Upstream other in route.Errors.Pages.Select(page => page.Proxy).OfType<Upstream>().Where(seen.Add))
            {
                yield return other;
            }
        }
    }

    private static void CheckUpstream(RenderContext context, NginxSettings settings, Upstream upstream)
    {
        bool several = upstream.Servers.Count > 1;
        bool plain = !several && upstream.Servers.All(server => UpstreamBuilder.IsPlain(server, upstream));
        foreach (UpstreamServer server in upstream.Servers)
        {
            SourceSpan span = UrlOf(server);
            if (server.Address.Scheme == ServerScheme.H2c)
            {
                context.Apply(NginxDifferences.Http2Upstream, span);
            }

            bool name = server.Address is { SocketPath: null, IsAddress: false } and not { Host: "localhost" };
            if (name && settings.Resolver.Count == 0)
            {
                context.Apply(NginxDifferences.NameOnce, span);
            }
            else if (name && !plain)
            {
                context.Apply(NginxDifferences.NamesOnce, span);
            }

            if (server.Address is { Scheme: ServerScheme.Https, IsAddress: true } && upstream.Tls is { Verify: true, ServerName: null })
            {
                context.Apply(NginxDifferences.VerifiedAddress, span);
            }

            bool hashed =
                upstream.Balance.Policy is BalancePolicy.IpHash or BalancePolicy.UriHash or BalancePolicy.Header or BalancePolicy.Random;
            if (server.Backup && hashed)
            {
                context.Apply(NginxDifferences.BackupOfHash, server.At.Of(ServerFields.Backup));
            }

            if (server.Backup && several && upstream.Balance.Policy == BalancePolicy.Cookie)
            {
                context.Apply(NginxDifferences.BackupOfCookie, server.At.Of(ServerFields.Backup));
            }
        }

        if (
            several
            && upstream is { Scheme: ServerScheme.Https, Tls.ServerName: null }
            && upstream.Servers.Select(server => server.Address.Host).Distinct(StringComparer.Ordinal).Count() > 1
        )
        {
            context.Apply(
                upstream.Tls.Verify ? NginxDifferences.VerifiedNames : NginxDifferences.UnverifiedNames,
                upstream.At.Of(UpstreamFields.Servers)
            );
        }

        if (upstream.Discover is not null && settings.Resolver.Count == 0 && context.Version >= new TargetVersion(1, 27, 3))
        {
            context.Apply(NginxDifferences.DiscoverWithout, upstream.At.Of(UpstreamFields.Discover));
        }
    }

    private static void CheckSite(RenderContext context, NginxSettings settings, Site site)
    {
        ContentCoding[] have = [.. site.Compress.Where(coding => Has(settings, coding))];
        if (site.Compress.Count > 0 && have.Length == 0)
        {
            context.Apply(NginxDifferences.NoCoding, site.At.Of(SiteFields.Compress));
        }
        else if (have.Length < site.Compress.Count)
        {
            context.Apply(NginxDifferences.FewerCodings, site.At.Of(SiteFields.Compress));
        }

        CheckHeaders(context, settings, site.Headers);
        foreach (
            (string name, SourceSpan at) in site
                .Headers.Request.Add.Select(static added => (added.Name, added.At.Span))
                .Concat(ReadByTemplates(site.Headers))
        )
        {
            CheckReadName(context, name, at);
        }

        foreach (Route route in site.Routes)
        {
            CheckHeaders(context, settings, route.Headers);
            CheckReadNames(context, route);
            CheckRoute(context, settings, site, route);
        }
    }

    private static void CheckRoute(RenderContext context, NginxSettings settings, Site site, Route route)
    {
        if (
            route.ForwardAuth is { } auth
            && auth.CopyHeaders.Select(static header => NginxNames.HeaderVariable(header.Name)).Distinct(StringComparer.Ordinal).Count()
                < auth.CopyHeaders.Count
        )
        {
            context.Apply(NginxDifferences.SameVariable, auth.At.Of(ForwardAuthFields.CopyHeaders));
        }

        if (route.Files is { } files && files.Precompressed.Any(coding => !Has(settings, coding)))
        {
            context.Apply(
                route.Action is FilesAction ? NginxDifferences.NoPrecompressed : NginxDifferences.NoPrecompressedFirst,
                files.At.Of(FilesFields.Precompressed)
            );
        }

        if (route.Proxy is not { } proxy)
        {
            return;
        }

        if (proxy.FastCgi is not null && site.Headers.Request.Add.Concat(route.Headers.Request.Add).FirstOrDefault() is { } added)
        {
            context.Apply(NginxDifferences.AddedParameter, added.At.Span);
        }

        if (proxy.Tunnel is not null)
        {
            context.Apply(NginxDifferences.Tunnel, route.At.Of(RouteFields.Proxy));
        }

        if (proxy.Host.Kind == HostHeaderKind.Upstream && proxy.Upstream.Servers.Count != 1)
        {
            context.Apply(NginxDifferences.HostOfMany, route.At.Of(RouteFields.Host));
        }

        if (proxy.Upstream.Scheme == ServerScheme.H2c && route.Rewrite is not null)
        {
            context.Apply(NginxDifferences.RewriteOverHttp2, route.At.Of(RouteFields.Proxy));
        }

        if (proxy.ResponseRewrite is not null && proxy.Upstream.Scheme == ServerScheme.H2c)
        {
            context.Apply(NginxDifferences.AddressesOverHttp2, route.At.Of(RouteFields.RewriteResponse));
        }

        if (ResponseUrls.Location(route).Any(static rule => !ResponseAddresses.IsExpressible(rule)))
        {
            context.Apply(NginxDifferences.OwnPrefix, route.At.Of(RouteFields.RewriteResponse));
        }

        if (route.Errors.Intercept.Any(pattern => pattern.Matches(499)))
        {
            context.Apply(NginxDifferences.No499, route.Errors.At.Of(ErrorsFields.Intercept));
        }

        int[] paged = [.. new[] { 502, 503, 504 }.Where(status => route.Errors.Pages.Any(page => page.When.Matches(status)))];
        if (route.Errors.Intercept.Count > 0 && paged.Any(status => !route.Errors.Intercept.Any(pattern => pattern.Matches(status))))
        {
            context.Apply(NginxDifferences.InterceptsMore, route.Errors.At.Of(ErrorsFields.Intercept));
        }

        if (
            route.Errors.Intercept.Count > 0
            && new[] { 502, 503, 504 }.Except(paged).Any(status => !route.Errors.Intercept.Any(pattern => pattern.Matches(status)))
        )
        {
            context.Apply(NginxDifferences.OwnPageLeft, route.Errors.At.Of(ErrorsFields.Intercept));
        }
    }

    private static void CheckListeners(RenderContext context)
    {
        foreach (
            IGrouping<string, Site> listener in context
                .Spec.Sites.SelectMany(site => site.Listen.Select(listen => (Listen: listen.ToString(), Site: site)))
                .GroupBy(one => one.Listen, one => one.Site, StringComparer.Ordinal)
        )
        {
            Site[] secure = [.. listener.Where(site => site.Tls is not null)];
            foreach (Site site in secure.Where(site => site.Tls?.MinVersion != secure[0].Tls?.MinVersion))
            {
                context.Apply(NginxDifferences.MixedVersions, site.Tls?.At.Of(TlsFields.MinVersion) ?? site.At.Span);
            }

            foreach (Site site in secure.Where(site => site.Http2 != secure[0].Http2))
            {
                context.Apply(NginxDifferences.MixedHttp2, site.At.Of(SiteFields.Http2));
            }

            Site first = listener.First();
            foreach (Site site in listener.Where(site => site.Limits.Head != first.Limits.Head))
            {
                context.Apply(NginxDifferences.MixedHeads, site.Limits.At.Of(LimitsFields.Head));
            }
        }
    }

    private static bool Has(NginxSettings settings, ContentCoding coding) =>
        coding switch
        {
            ContentCoding.Brotli => settings.HasBrotli,
            ContentCoding.Zstd => settings.HasZstd,
            _ => true,
        };

    private static bool IsOwn(string header, NginxSettings settings) =>
        header.Equals("Date", StringComparison.OrdinalIgnoreCase)
        || (header.Equals("Server", StringComparison.OrdinalIgnoreCase) && !settings.HasHeadersMore);

    private static SourceSpan UrlOf(UpstreamServer server) => server.At.Of(ServerFields.Url);
}
