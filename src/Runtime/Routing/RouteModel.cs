using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Routing;

/// <summary>A route made ready to be served.</summary>
internal sealed class RouteModel
{
    public RouteModel(
        Site site,
        Route config,
        Func<Confgen.Model.Upstreams.Upstream, UpstreamState> upstreams,
        string? altSvc,
        Func<Route, IRouteGuards> guards
    )
    {
        Config = config;
        Upstream = config.Proxy is { } proxy ? upstreams(proxy.Upstream) : null;
        Guards = guards(config);
        Rewriter = new TargetRewriter(config.Path, config.Rewrite);
        RequestEdits = FieldEditor.Of(EffectiveHeaders.Request(site, config));
        SuccessEdits = EditsOf(site, config, altSvc, success: true);
        ErrorEdits = EditsOf(site, config, altSvc, success: false);
        Addresses = ResponseAddresses.Of(config);
        AskedFields =
        [
            .. new[] { RequestEdits, SuccessEdits, ErrorEdits }
                .SelectMany(edits => edits.Placeholders)
                .Concat(config.Locations.SelectMany(to => to.Parts).Where(part => part.Literal is null))
                .Where(part => part.Placeholder == Placeholder.Header)
                .Select(part => part.Name)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        ErrorUpstreams = config
            .Errors.Pages.Where(p => p.Proxy is not null)
            .ToDictionary(p => p, p => upstreams(p.Proxy ?? throw new InvalidOperationException()));
    }

    /// <summary>The route as the spec says it.</summary>
    public Route Config { get; }

    /// <summary>The upstream of a proxy route; else null.</summary>
    public UpstreamState? Upstream { get; }

    /// <summary>Its counts.</summary>
    public RouteMetrics Metrics { get; set; } = new();

    /// <summary>What stands before its action.</summary>
    public IRouteGuards Guards { get; }

    /// <summary>Makes the target that the upstream sees.</summary>
    public TargetRewriter Rewriter { get; }

    /// <summary>The header rules on requests, the site's first.</summary>
    public FieldEditor RequestEdits { get; }

    /// <summary>The header rules on responses that succeed, the site's first.</summary>
    public FieldEditor SuccessEdits { get; }

    /// <summary>The header rules on the others.</summary>
    public FieldEditor ErrorEdits { get; }

    /// <summary>What is rewritten in the upstream's responses; null for nothing.</summary>
    public ResponseAddresses? Addresses { get; }

    /// <summary>The request's fields that values of the route ask for.</summary>
    public IReadOnlyList<string> AskedFields { get; }

    /// <summary>The upstreams of the error pages that have one.</summary>
    public IReadOnlyDictionary<ErrorPage, UpstreamState> ErrorUpstreams { get; }

    private static FieldEditor EditsOf(Site site, Route config, string? altSvc, bool success) =>
        (altSvc is null ? new FieldEditor() : new FieldEditor().Set(AltSvc.Name, altSvc)).Then(
            EffectiveHeaders.Response(site, config, success)
        );
}
