using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Files;
using Confgen.Model.Routes;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a whole spec.</summary>
internal static class CaddyfileBuilder
{
    /// <summary>
    /// An import copies all words of the file, so that the time Caddy needs to read it grows with the product of both: 8 s for 1,000 sites, minutes
    /// for 5,000.
    /// </summary>
    private const int MostImports = 100;

    public static CaddyfileView Build(RenderContext context, CaddyVersion version)
    {
        bool complete = context.Layout == Layout.Complete;
        Spec spec = context.Spec;
        var texts = new CaddyQuoter(context, version, imports: complete ? 0 : 1);
        var listeners = new Listeners(spec);
        RequestsView requests = Requests(texts, spec);
        bool many = spec.Sites.Count > MostImports;
        bool shared = !many && (!complete || spec.Sites.Count > 1);
        var compressions = new Compressions(spec, shared: !many);
        bool addsVia = ProxyBuilder.AddsVia(version);
        int proxies = spec.Sites.Sum(site => addsVia
            ? site.Routes.Sum(static route => (route.Proxy is null ? 0 : 1) + (route.ForwardAuth is null ? 0 : 1))
            : site.Routes.Count(route => route.Proxy is not null && ProxyBuilder.AddsServerHeader(version, site, route)));
        bool sharesOwnHeaders = proxies is > 2 and <= MostImports;
        var logs = new AccessLogs(texts, spec);
        RefusalsView refusals = Refusals.Build(texts, shared: !many && (!complete || listeners.HasSeveralBlocks));
        var sites = new SiteBuilder(texts, listeners, logs, refusals, requests, shared, compressions, sharesOwnHeaders);
        string? email = context.Settings.Text("email");
        return new CaddyfileView
        {
            Version = version.ToString(),
            Complete = complete,
            Email = email is null ? null : texts.Argument(email, context.Settings.At.Of("email")),
            OwnRedirects = listeners.HasTls,
            InternalCertificates = listeners.HasInternalCertificates,
            DefaultSni = listeners.DefaultSni,
            HasFallbackSni = version >= Listeners.FallbackSniSince && listeners.WithoutFallback.Any(),
            Servers = listeners.Options(texts.KnowsClients ? texts.TrustedProxies : null),
            Refusals = refusals,
            Requests = shared ? requests : null,
            WrittenOut = many,
            ServerHeader = sharesOwnHeaders && !addsVia,
            Via = sharesOwnHeaders && addsVia,
            MarksResponses = requests.MarksResponses,
            MediaTypes = spec.Sites.Any(static site => site.Routes.Any(static route => route.Action is FilesAction)) ? MediaTypeRows(texts) : [],
            DefaultMediaType = MediaTypes.Default,
            Compressions = compressions.Shared,
            Sites = [.. ErrorScopes.Close([.. spec.Sites.SelectMany(sites.Build, static (site, view) => (site, view))])],
            CatchAllSites = [.. listeners.CatchAllSites(texts, logs, refusals)],
        };
    }

    private static List<MediaTypeView> MediaTypeRows(CaddyQuoter texts) =>
    [
        .. MediaTypes.All.Select(row => new MediaTypeView(
            texts.Regex("~(?i)^\\.(?:" + string.Join('|', row.Suffixes.Select(PathPattern.Escape)) + ")$", Model.Sources.SourceSpan.None),
            texts.Value(row.Type, Model.Sources.SourceSpan.None))),
    ];

    private static RequestsView Requests(CaddyQuoter texts, Spec spec) => new()
    {
        ClientAddress = texts.ClientAddress,
        DropsVia = ProxyBuilder.AddsVia(texts.Version) && spec.Sites.Any(static site => site.Routes.Any(static route => route.Proxy is not null || route.ForwardAuth is not null || route.Errors.Pages.Any(static page => page.Proxy is not null))),
        MarksResponses = spec.Sites.Any(static site => site.Compress.Count > 0 || site.Routes.Any(static route => route is { Action: ProxyAction, CacheControl: not null })),
        KeepsSuccess = spec.Sites.Any(static site => site.Routes.Any(static route => route is { Action: ProxyAction, CacheControl: not null })),
        NormalizesPath = NormalizedPaths.AreUsed(spec),
        TrustedProxies = texts.TrustedProxies,
        ForwardedClient = texts.TrustedProxies is null || texts.KnowsClients
            ? null
            : AddressPattern.LastOutside(spec.TrustedProxies),
        UnmapsClient = texts.TrustedProxies is not null && texts.KnowsClients,
        HasSockets = spec.Sites.Any(static site => site.Listen.Any(static listen => listen.SocketPath is not null)),
    };
}
